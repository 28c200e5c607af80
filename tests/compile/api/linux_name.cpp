// Must not compile as if on another system: see as_macos.hpp.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__APPLE__)
long nanoseconds_of(const struct stat& file) { return file.st_mtim.tv_nsec; }
#elif defined(__OpenBSD__)
int most() { return RLIMIT_AS; }
#else
int thread() { return gettid(); }
#endif
