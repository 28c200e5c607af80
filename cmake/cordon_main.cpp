// cordon::main is compiled from this file only. A program may have a main() of its own that calls cordon::run().
// Windows has no weak symbols: such a program compiles the engine itself there, with CORDON_IMPLEMENT.
#if defined(__GNUC__) && !defined(_WIN32)
__attribute__((weak)) int main(int, char**);
#endif
#define CORDON_MAIN
#include <cordon/cordon.hpp>
