#include <unistd.h>

// A library whose end can be seen.

namespace {

struct speaker {
    ~speaker() { static_cast<void>(!write(1, "library object\n", 15)); }
} global;

__attribute__((destructor)) void at_the_end() { static_cast<void>(!write(1, "library function\n", 17)); }

}  // namespace
