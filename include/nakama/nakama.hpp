// The Nakama client. Logs, metrics, the store in files and the sandbox have headers of their own:
// fan_out.hpp, log_sink.hpp, metrics_sink.hpp, file_session_store.hpp, sandbox/server.hpp.
#pragma once

#include <nakama/call_options.hpp>
#include <nakama/cancellation_source.hpp>
#include <nakama/client.hpp>
#include <nakama/clock.hpp>
#include <nakama/deadline.hpp>
#include <nakama/error.hpp>
#include <nakama/event_stream.hpp>
#include <nakama/observer.hpp>
#include <nakama/retry.hpp>
#include <nakama/session.hpp>
#include <nakama/session_store.hpp>
#include <nakama/socket.hpp>
#include <nakama/tls_options.hpp>
#include <nakama/transport.hpp>
