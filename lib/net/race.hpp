// Connects to the first of several addresses that answers.
#pragma once

#include <nakama/clock.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <vector>

namespace nakama::net {

namespace asio = boost::asio;

/// The order to try addresses in: the resolver's, but the two families in turn, so that a network which lost
/// one of them costs one attempt and not many (RFC 8305, 4).
std::vector<asio::ip::tcp::endpoint> in_turn(const std::vector<asio::ip::tcp::endpoint>& found);

/// Begins with the first address and adds the next one whenever one has failed or 250 ms have passed, until
/// one connects; the others are given up then (RFC 8305, 5). Throws boost::system::system_error with the
/// first failure if all of them fail, or with asio::error::operation_aborted if it is cancelled.
asio::awaitable<asio::ip::tcp::socket> connect_to_first(std::vector<asio::ip::tcp::endpoint> addresses,
                                                        std::shared_ptr<clock> clock);

} // namespace nakama::net
