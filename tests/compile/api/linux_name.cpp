// Must not compile as if on macOS: see as_macos.hpp.
#include <sys/stat.h>

long nanoseconds_of(const struct stat& file) { return file.st_mtim.tv_nsec; }
