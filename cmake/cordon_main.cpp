// The one file that cordon::main is compiled from.
#define CORDON_MAIN
#include <cordon/cordon.hpp>
