// All of the Satori client.
#pragma once

#include <nakama/call_options.hpp>
#include <nakama/clock.hpp>
#include <nakama/deadline.hpp>
#include <nakama/error.hpp>
#include <nakama/observer.hpp>
#include <nakama/retry.hpp>
#include <nakama/session_store.hpp>
#include <nakama/tls_options.hpp>
#include <nakama/transport.hpp>
#include <satori/client.hpp>
#include <satori/session.hpp>
