// A certificate that nobody vouches for, for measurements.
#pragma once

#include <boost/asio/ssl/context.hpp>

namespace bench {

/// Makes a key and a certificate for this process alone. Throws std::runtime_error.
void use_throwaway_certificate(boost::asio::ssl::context& context);

} // namespace bench
