// cordon::main is compiled from this file only. A program may have a main() of its own that calls cordon::run().
#if defined(__GNUC__)
__attribute__((weak)) int main(int, char**);
#endif
#define CORDON_MAIN
#include <cordon/cordon.hpp>
