// Boost.JSON, for systems that have its headers but not its library.
#include <boost/json/src.hpp>
