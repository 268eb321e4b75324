// Boost.JSON from its headers: the generator needs no library then, also where it is built for another
// machine.
#include <boost/json/src.hpp>
