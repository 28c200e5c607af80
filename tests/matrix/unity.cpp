// All files of a program as one, with the engine between the tests, as CMake's UNITY_BUILD makes it.
#include "endings.cpp"
#define CORDON_MAIN
#include <cordon/cordon.hpp>
#undef CORDON_MAIN
#include "features.cpp"
#include "library.cpp"
