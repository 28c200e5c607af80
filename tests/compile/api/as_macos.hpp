#pragma once

// Compiles the portable engine as if on macOS: included before everything else, by -include. Each stand-in names the
// header of macOS that it stands for. It shows that no name is used that only Linux has; it does not show that the
// engine works there.

// <sys/stat.h>: struct stat has st_mtimespec (and the macro st_mtime stands for st_mtimespec.tv_sec), no st_mtim.
#define st_atim st_atimespec
#define st_mtim st_mtimespec
#define st_ctim st_ctimespec
#include <sys/stat.h>
#undef st_atim
#undef st_mtim
#undef st_ctim
#undef st_atime
#undef st_mtime
#undef st_ctime
#define st_atime st_atimespec.tv_sec
#define st_mtime st_mtimespec.tv_sec
#define st_ctime st_ctimespec.tv_sec

// All other headers of the engine, before names are taken away.
#include <arpa/inet.h>
#include <cxxabi.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <algorithm>
#include <any>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <exception>
#include <functional>
#include <limits>
#include <locale>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <typeinfo>
#include <utility>
#include <variant>
#include <vector>

// <fcntl.h> has no such flags.
#undef O_PATH
#undef O_TMPFILE
// <sys/socket.h> has SO_NOSIGPIPE instead.
#undef SOCK_CLOEXEC
#undef SOCK_NONBLOCK
// <signal.h>: no real-time signals, and none of these; NSIG without the underscore.
#undef SIGRTMIN
#undef SIGRTMAX
#undef SIGPWR
#undef SIGSTKFLT
#undef _NSIG
// <poll.h>
#undef POLLRDHUP
// <unistd.h>, <poll.h>, <signal.h>, <stdlib.h>, <string.h>, <time.h> and <sys/...> of macOS do not declare these.
#pragma GCC poison pipe2 dup3 execvpe fexecve ppoll sigtimedwait sigwaitinfo signalfd eventfd epoll_create1 memfd_create
#pragma GCC poison prctl accept4 clock_nanosleep secure_getenv strchrnul mempcpy get_current_dir_name renameat2 statx
#pragma GCC poison quick_exit at_quick_exit sched_getaffinity program_invocation_name gettid tgkill process_vm_readv

#define __APPLE__ 1
