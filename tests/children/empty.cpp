// A program without tests.

#include <cordon/cordon.hpp>
