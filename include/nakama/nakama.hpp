// All of the Nakama client.
#pragma once

#include <nakama/call_options.hpp>
#include <nakama/client.hpp>
#include <nakama/clock.hpp>
#include <nakama/deadline.hpp>
#include <nakama/error.hpp>
#include <nakama/event_stream.hpp>
#include <nakama/fan_out.hpp>
#include <nakama/log_sink.hpp>
#include <nakama/metrics_sink.hpp>
#include <nakama/observer.hpp>
#include <nakama/retry.hpp>
#include <nakama/session.hpp>
#include <nakama/socket.hpp>
#include <nakama/transport.hpp>
