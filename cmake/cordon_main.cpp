// cordon::main is compiled from this file only.
#define CORDON_MAIN
#include <cordon/cordon.hpp>
