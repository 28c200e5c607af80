#define CORDON_MAIN
#include <cordon/cordon.hpp>
