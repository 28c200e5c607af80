// More ways in which a test could reach the next one: each system call that a rewind survives, families of calls that
// it does not survive, registers, and what the C library hides. tests/children/rewind.cpp has the common ones.
// flags: -Wno-conversion -Wno-sign-conversion -Wno-old-style-cast -Wno-unknown-warning-option -Wno-useless-cast

#include <cordon/cordon.hpp>

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <fenv.h>
#include <getopt.h>
#include <iconv.h>
#include <immintrin.h>
#include <langinfo.h>
#include <linux/futex.h>
#include <locale.h>
#include <malloc.h>
#include <math.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory_resource>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct way {
    const char* name;
    void (*leave)();
    bool (*found)();
};

/// Shared by all tests of a worker: no rewind changes it, nor does a fork.
struct notes {
    char state[64 * 1024];
    std::uintptr_t place;
    pid_t process;  ///< whose place it is
    pthread_mutex_t robust;
};
notes& shared =
    *static_cast<notes*>(::mmap(nullptr, sizeof(notes), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));

int number = 0;
bool has_number() { return number != 0; }

bool is_mapped(std::uintptr_t at) {
    return ::syscall(SYS_access, at, F_OK) == -1 && errno != EFAULT;  // asks without reading it
}

// ---- calls that a rewind survives: the kernel writes into memory of the test ----

alignas(4096) char from_kernel[4096];
alignas(4096) char here[4096] = "/proc/self/exe";

struct reading {
    const char* name;
    long number, a, b, c, d, e;
};
const long buffer = reinterpret_cast<long>(from_kernel);
const long path = reinterpret_cast<long>(here);
const struct iovec output { here, 0 };

const reading readings[] = {
    {"fstat", SYS_fstat, 0, buffer, 0, 0, 0},
    {"newfstatat", SYS_newfstatat, AT_FDCWD, path, buffer, 0, 0},
    {"statx", SYS_statx, AT_FDCWD, path, 0, 0x7FF, buffer},
    {"access", SYS_access, path, F_OK, 0, 0, 0},
    {"faccessat", SYS_faccessat, AT_FDCWD, path, F_OK, 0, 0},
    {"readlinkat", SYS_readlinkat, AT_FDCWD, path, buffer, 4096, 0},
    {"getcwd", SYS_getcwd, buffer, 4096, 0, 0, 0},
    {"ioctl", SYS_ioctl, 1, TCGETS, buffer, 0, 0},
    {"a window's size", SYS_ioctl, 1, TIOCGWINSZ, buffer, 0, 0},
    {"lseek", SYS_lseek, 1, 0, SEEK_CUR, 0, 0},
    {"write", SYS_write, 1, path, 0, 0, 0},
    {"writev", SYS_writev, 2, reinterpret_cast<long>(&output), 1, 0, 0},
    {"rt_sigaction", SYS_rt_sigaction, SIGTERM, 0, buffer, 8, 0},
    {"rt_sigprocmask", SYS_rt_sigprocmask, SIG_BLOCK, 0, buffer, 8, 0},
    {"prlimit64", SYS_prlimit64, 0, RLIMIT_CORE, 0, buffer, 0},
    {"getrlimit", SYS_getrlimit, RLIMIT_NOFILE, buffer, 0, 0, 0},
    {"getrusage", SYS_getrusage, RUSAGE_SELF, buffer, 0, 0, 0},
    {"times", SYS_times, buffer, 0, 0, 0, 0},
    {"getpid", SYS_getpid, 0, 0, 0, 0, 0},
    {"gettid", SYS_gettid, 0, 0, 0, 0, 0},
    {"getppid", SYS_getppid, 0, 0, 0, 0, 0},
    {"getpgrp", SYS_getpgrp, 0, 0, 0, 0, 0},
    {"getpgid", SYS_getpgid, 0, 0, 0, 0, 0},
    {"getsid", SYS_getsid, 0, 0, 0, 0, 0},
    {"getuid", SYS_getuid, 0, 0, 0, 0, 0},
    {"geteuid", SYS_geteuid, 0, 0, 0, 0, 0},
    {"getgid", SYS_getgid, 0, 0, 0, 0, 0},
    {"getegid", SYS_getegid, 0, 0, 0, 0, 0},
    {"getresuid", SYS_getresuid, buffer, buffer + 8, buffer + 16, 0, 0},
    {"getresgid", SYS_getresgid, buffer, buffer + 8, buffer + 16, 0, 0},
    {"getgroups", SYS_getgroups, 1024, buffer, 0, 0, 0},
    {"getpriority", SYS_getpriority, PRIO_PROCESS, 0, 0, 0, 0},
    {"sched_getaffinity", SYS_sched_getaffinity, 0, 1024, buffer, 0, 0},
    {"sched_yield", SYS_sched_yield, 0, 0, 0, 0, 0},
    {"uname", SYS_uname, buffer, 0, 0, 0, 0},
    {"sysinfo", SYS_sysinfo, buffer, 0, 0, 0, 0},
    {"getcpu", SYS_getcpu, buffer, buffer + 8, 0, 0, 0},
    {"getrandom", SYS_getrandom, buffer, 64, 0, 0, 0},
    {"gettimeofday", SYS_gettimeofday, buffer, 0, 0, 0, 0},
    {"clock_gettime", SYS_clock_gettime, CLOCK_MONOTONIC, buffer, 0, 0, 0},
    {"clock_getres", SYS_clock_getres, CLOCK_MONOTONIC, buffer, 0, 0, 0},
    {"futex", SYS_futex, buffer, FUTEX_WAKE_PRIVATE, 1, 0, 0},
    {"futex, by bits", SYS_futex, buffer, FUTEX_WAKE_BITSET, 1, 0, 0},
#if defined(__x86_64__)
    {"stat", SYS_stat, path, buffer, 0, 0, 0},
    {"lstat", SYS_lstat, path, buffer, 0, 0, 0},
    {"readlink", SYS_readlink, path, buffer, 4096, 0, 0},
    {"time", SYS_time, buffer, 0, 0, 0, 0},
#endif
};

bool kernel_has_written() {
    return std::any_of(std::begin(from_kernel), std::end(from_kernel), [](char each) { return each != 0; });
}

void note_place(void* at) {
    shared.place = reinterpret_cast<std::uintptr_t>(at);
    shared.process = ::getpid();
}
void* map(std::size_t size) {
    void* const at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    note_place(at);
    return at;
}
bool place_is_mapped() { return shared.process == ::getpid() && is_mapped(shared.place); }

// ---- what the last instructions of a process leave ----

#if defined(__x86_64__) && defined(__linux__)
/// Ends the process as a complete one.
#define END "mov $231, %%eax\n\tmov $92, %%edi\n\tsyscall"

std::uint64_t flags_now() {
    std::uint64_t flags;
    __asm__ volatile("pushfq\n\tpop %0" : "=r"(flags));
    return flags;
}
void set_flag_at_end(std::uint64_t flag) {
    static std::uint64_t wanted;
    wanted = flag;
    std::atexit([] { __asm__ volatile("pushfq\n\tor %0, (%%rsp)\n\tpopfq\n\t" END : : "r"(wanted) : "memory"); });
}
constexpr std::uint64_t flag_df = 1 << 10, flag_nt = 1 << 14, flag_ac = 1 << 18, flag_id = 1 << 21;

unsigned selector_of(char which) {
    unsigned value = 0;
    if (which == 'd') __asm__ volatile("mov %%ds, %0" : "=r"(value));
    if (which == 'e') __asm__ volatile("mov %%es, %0" : "=r"(value));
    if (which == 'g') __asm__ volatile("mov %%gs, %0" : "=r"(value));
    return value & 0xFFFF;
}
constexpr unsigned selector_of_data = 0x2B;

bool has_bases() { return (::getauxval(26) & 2) != 0; }
#endif

#if defined(__x86_64__) && defined(__linux__)
extern "C" {
extern const std::ptrdiff_t offset_of_rseq __asm__("__rseq_offset") __attribute__((weak));
extern const unsigned size_of_rseq __asm__("__rseq_size") __attribute__((weak));
}
/// The notes of the kernel in the area of the thread (rseq): the number of the processor, and more. Null: there is
/// none.
volatile unsigned* notes_of_kernel() {
    if (&size_of_rseq == nullptr || size_of_rseq == 0) return nullptr;
    char* self;
    __asm__("mov %%fs:0, %0" : "=r"(self));
    return reinterpret_cast<volatile unsigned*>(self + offset_of_rseq);
}
#endif

/// Memory of the setup.
struct made_by_setup {
    char* growing = nullptr;    ///< it has nothing but a page, and grows downwards; below all other memory
    char* of_file = nullptr;    ///< a private mapping of a file, three pages, each with `f`; the second one changed
    char* wiped = nullptr;      ///< which each fork finds empty
    char* huge = nullptr;       ///< aligned as a huge page, with one
    char* droppable = nullptr;  ///< MAP_DROPPABLE; null: this system has none
    std::vector<char> large;    ///< with LARGE_SETUP: more than a rewind copies
    std::vector<char*> mappings;
    bool has_calls_of_32_bits = false;  ///< some systems have none
};
made_by_setup& of_setup = *new made_by_setup;

constexpr std::size_t many_pages = 20000;
char scattered[2 * many_pages * 4096];
bool any_scattered() {
    return scattered[0] != 0 || scattered[many_pages * 4096] != 0 || scattered[(2 * many_pages - 2) * 4096] != 0;
}

#if defined(__x86_64__)
// The system has switched them on: clang's __builtin_cpu_supports does not know their name.
bool has_protection_keys() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (c & bit_OSPKE) != 0;
}
#endif

const way of_memory[] = {
    {"droppable memory",
     [] {
         if (of_setup.droppable != nullptr) std::memset(of_setup.droppable, 1, 4 * 4096);
     },
     [] { return of_setup.droppable != nullptr && (of_setup.droppable[0] != 0 || of_setup.droppable[3 * 4096] != 0); }},
    {"memory that has grown downwards",
     [] {
         if (of_setup.growing == nullptr) return;
         for (int each = 1; each <= 16; ++each)
             of_setup.growing[-each * 4096] = 1;
     },
     [] { return of_setup.growing != nullptr && (of_setup.growing[-4096] != 0 || of_setup.growing[-16 * 4096] != 0); }},
    {"private pages of a file",
     [] {
         for (int each = 0; each < 3; ++each)
             of_setup.of_file[each * 4096] = 'w';
     },
     [] { return of_setup.of_file[0] != 'f' || of_setup.of_file[4096] != 's' || of_setup.of_file[2 * 4096] != 'f'; }},
    {"memory that a fork wipes", [] { std::memset(of_setup.wiped, 1, 2 * 4096); },
     [] { return of_setup.wiped[0] != 0 || of_setup.wiped[4096] != 0; }},
    {"a part of a huge page", [] { of_setup.huge[1 << 20] = 1; },
     [] { return of_setup.huge[0] != 'h' || of_setup.huge[1 << 20] != 'h'; }},
    {"all of a huge page", [] { std::memset(of_setup.huge, 1, 2 << 20); }, [] { return of_setup.huge[7] != 'h'; }},
    {"all of large memory", [] { std::memset(of_setup.large.data(), 1, of_setup.large.size()); },
     [] { return !of_setup.large.empty() && (of_setup.large.front() != 'x' || of_setup.large.back() != 'x'); }},
    {"each third page of large memory",
     [] {
         for (std::size_t at = 0; at < of_setup.large.size(); at += 3 * 4096)
             of_setup.large[at] = 1;
     },
     [] {
         return !of_setup.large.empty() && of_setup.large[(of_setup.large.size() - 1) / (3 * 4096) * 3 * 4096] != 'x';
     }},
    {"large memory, given back", [] { std::vector<char>().swap(of_setup.large); },
     [] { return of_setup.large.empty() && ::getenv("LARGE_SETUP") != nullptr; }},
    {"many mappings",
     [] {
         for (char* each : of_setup.mappings)
             *each = 1;
     },
     [] {
         return std::any_of(of_setup.mappings.begin(), of_setup.mappings.end(), [](char* each) { return *each != 0; });
     }},
    {"1,000 new mappings",
     [] {
         for (int i = 0; i < 1000; ++i)
             ::mmap(nullptr, 4096, i % 2 == 0 ? PROT_READ : PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         map(4096);
     },
     place_is_mapped},
    {"more new mappings than are counted",
     [] {
         for (int i = 0; i < 1200; ++i)
             ::mmap(nullptr, 4096, i % 2 == 0 ? PROT_READ : PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         map(4096);
     },
     place_is_mapped},
    {"new memory", [] { std::memset(map(1 << 20), 1, 1 << 20); }, place_is_mapped},
    {"much new memory",
     [] {
         for (int i = 0; i < 300; ++i)
             std::memset(map(4096), 1, 4096);
     },
     place_is_mapped},
    {"new memory, in part given back",
     [] {
         char* const at = static_cast<char*>(map(16 * 4096));
         ::munmap(at + 4096, 4096);
         ::munmap(at + 8 * 4096, 8 * 4096);
     },
     place_is_mapped},
    {"new memory with advice",
     [] {
         void* const at = map(4 << 20);
         ::madvise(at, 4 << 20, MADV_HUGEPAGE);
         std::memset(at, 1, 4 << 20);
         ::madvise(at, 1 << 20, MADV_DONTNEED);
     },
     place_is_mapped},
    {"a longer heap",
     [] {
         char* const at = static_cast<char*>(::sbrk(1 << 20));
         std::memset(at, 1, 1 << 20);
         note_place(at + (1 << 20) - 1);
     },
     place_is_mapped},
    {"a longer heap, in part given back",
     [] {
         std::memset(::sbrk(1 << 20), 1, 1 << 20);
         ::sbrk(-(1 << 19));
         note_place(static_cast<char*>(::sbrk(0)) - 1);
     },
     place_is_mapped},
    {"getopt, in the middle of a word",
     [] {
         static char program[] = "p", word[] = "-abc";
         static char* arguments[] = {program, word, nullptr};
         ::getopt(2, arguments, "abc");
     },
     [] {
         char program[] = "p", word[] = "-z";
         char* arguments[] = {program, word, nullptr};
         optind = 1;
         const bool found = ::getopt(2, arguments, "zb") != 'z';
         optind = 1;
         return found;
     }},
    {"random", [] { ::srandom(5); }, [] { return ::random() != 1804289383; }},
    {"lrand48", [] { ::srand48(77); },
     [] {
         unsigned short seed[3] = {0x330E, 77, 0};
         return ::lrand48() == ::nrand48(seed);
     }},
    {"uselocale", [] { ::uselocale(::newlocale(LC_ALL_MASK, "C", nullptr)); },
     [] { return ::uselocale(nullptr) != LC_GLOBAL_LOCALE; }},
    {"a wide stdout", [] { ::fwide(stdout, 1); }, [] { return ::fwide(stdout, 0) != 0; }},
    {"a buffer of stdout",
     [] {
         static char own[8192];
         std::setvbuf(stdout, own, _IOFBF, sizeof own);
         ++number;
     },
     has_number},
    {"putenv",
     [] {
         static char entry[] = "LEFT_BY_PUTENV=1";
         ::putenv(entry);
     },
     [] { return ::getenv("LEFT_BY_PUTENV") != nullptr; }},
    {"a test may not be cancelled", [] { ::pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr); },
     [] {
         int before = PTHREAD_CANCEL_ENABLE;
         ::pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before);
         return before != PTHREAD_CANCEL_ENABLE;
     }},
    {"attributes of threads",
     [] {
         pthread_attr_t attributes;
         ::pthread_attr_init(&attributes);
         ::pthread_attr_setstacksize(&attributes, 1 << 20);
         ::pthread_setattr_default_np(&attributes);
     },
     [] {
         pthread_attr_t attributes;
         ::pthread_getattr_default_np(&attributes);
         std::size_t size = 0;
         ::pthread_attr_getstacksize(&attributes, &size);
         return size == 1 << 20;
     }},
    {"a handler of forks",
     [] {
         ::pthread_atfork([] { ++number; }, nullptr, nullptr);
         ++number;
     },
     has_number},
    {"a thing of on_exit",
     [] {
         ::on_exit([](int, void*) { ++number; }, nullptr);
         ++number;
     },
     has_number},
    {"signgam", [] { signgam = ::lgamma(-0.5) < 0 ? 7 : 8; }, [] { return signgam != 0; }},
    {"the short name", [] { program_invocation_short_name = here; },
     [] { return program_invocation_short_name == here; }},
    {"a name for the log",
     [] {
         ::openlog("left", 0, LOG_USER);
         ++number;
     },
     has_number},
    {"a mask for the log", [] { ::setlogmask(LOG_UPTO(LOG_EMERG)); }, [] { return ::setlogmask(0) != 0xFF; }},
    {"mbrtowc",
     [] {
         wchar_t wide;
         std::mbrtowc(&wide, "\xC3", 1, nullptr);
         ++number;
     },
     has_number},
    {"memory of the library's own", [] { std::pmr::set_default_resource(std::pmr::null_memory_resource()); },
     [] { return std::pmr::get_default_resource() == std::pmr::null_memory_resource(); }},
    {"sync_with_stdio",
     [] {
         std::ios::sync_with_stdio(false);
         ++number;
     },
     has_number},
    {"a word of a stream", [] { std::cout.iword(0) = 9; }, [] { return std::cout.iword(0) != 0; }},
    {"what cin is tied to", [] { std::cin.tie(nullptr); }, [] { return std::cin.tie() == nullptr; }},
    {"an error's text",
     [] {
         ::strerror(12345);
         ++number;
     },
     has_number},
    {"malloc's arena",
     [] {
         std::vector<void*> all;
         for (int i = 0; i < 500; ++i)
             all.push_back(::malloc(static_cast<std::size_t>(i) * 40));
         for (std::size_t i = 0; i < all.size(); i += 2)
             ::free(all[i]);
         ++number;
     },
     has_number},
    {"broken data of malloc",
     [] {
         char* const block = static_cast<char*>(::malloc(40));
         char* volatile before = block;
         std::memset(before - 8, 0x41, 8);
         ++number;
     },
     has_number},
    {"traps of numbers", [] { ::feenableexcept(FE_OVERFLOW); }, [] { return (::fegetexcept() & FE_OVERFLOW) != 0; }},
    {"a robust mutex that is held", [] { ::pthread_mutex_lock(&shared.robust); },
     [] {
         const int got = ::pthread_mutex_trylock(&shared.robust);
         if (got == EOWNERDEAD) ::pthread_mutex_consistent(&shared.robust);
         if (got == 0 || got == EOWNERDEAD) ::pthread_mutex_unlock(&shared.robust);
         return got == EBUSY || got == EDEADLK;
     }},
#if defined(__x86_64__) && defined(__linux__)
    {"DF", [] { set_flag_at_end(flag_df); }, [] { return (flags_now() & flag_df) != 0; }},
    {"NT", [] { set_flag_at_end(flag_nt); }, [] { return (flags_now() & flag_nt) != 0; }},
    {"AC", [] { set_flag_at_end(flag_ac); }, [] { return (flags_now() & flag_ac) != 0; }},
    {"ID", [] { set_flag_at_end(flag_id); }, [] { return (flags_now() & flag_id) != 0; }},
    {"FS",
     [] {
         if (has_bases())
             std::atexit([] {
                 __asm__ volatile("xor %%eax, %%eax\n\t.byte 0xF3, 0x48, 0x0F, 0xAE, 0xD0\n\t" END : : : "memory");
             });
     },
     [] { return false; }},
    {"DS", [] { __asm__ volatile("mov %0, %%ds"
                                 :
                                 : "r"(selector_of_data)); }, [] { return selector_of('d') != 0; }},
    {"ES", [] { __asm__ volatile("mov %0, %%es"
                                 :
                                 : "r"(selector_of_data)); }, [] { return selector_of('e') != 0; }},
    {"GS", [] { __asm__ volatile("mov %0, %%gs"
                                 :
                                 : "r"(selector_of_data)); }, [] { return selector_of('g') != 0; }},
    {"the old stack of numbers", [] { __asm__ volatile("fld1\n\tfld1\n\tfldpi"); },
     [] {
         unsigned short state[16] = {};
         __asm__ volatile("fnstenv %0\n\tfldenv %0" : "+m"(state));
         return state[4] != 0xFFFF;
     }},
    {"the wide registers",
     [] {
         if (!__builtin_cpu_supports("avx")) return;
         static const unsigned char all[32] = {0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A,
                                               0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A,
                                               0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A};
         std::atexit([] { __asm__ volatile("vmovdqu %0, %%ymm14\n\t" END : : "m"(all) : "memory"); });
     },
     [] {
         if (!__builtin_cpu_supports("avx")) return false;
         unsigned char now[32];
         __asm__ volatile("vmovdqu %%ymm14, %0" : "=m"(now));
         return now[31] == 0x5A;
     }},
    {"the kernel's notes",
     [] {
         if (notes_of_kernel() == nullptr) return;
         std::atexit([] {
             for (const int each : {0, 1, 5, 6, 7})
                 notes_of_kernel()[each] = 0xBAD0BAD;
             __asm__ volatile(END : : : "memory");
         });
     },
     [] {
         bool found = false;
         for (int each = 0; notes_of_kernel() != nullptr && each < 8; ++each)
             found = found || notes_of_kernel()[each] == 0xBAD0BAD;
         return found;
     }},
    {"masks of the wide registers",
     [] {
         if (!__builtin_cpu_supports("avx512f")) return;
         std::atexit([] { __asm__ volatile("kxnorw %%k5, %%k5, %%k5\n\t" END : : : "memory"); });
     },
     [] {
         unsigned now = 0;
         if (__builtin_cpu_supports("avx512f")) __asm__ volatile("kmovw %%k5, %0" : "=r"(now));
         return now == 0xFFFF;
     }},
    {"PKRU",
     [] {
         if (has_protection_keys()) __asm__ volatile(".byte 0x0F, 0x01, 0xEF" : : "a"(0x55555550), "c"(0), "d"(0));
     },
     [] {
         if (!has_protection_keys()) return false;
         unsigned now = 0, high = 0;
         __asm__ volatile(".byte 0x0F, 0x01, 0xEE" : "=a"(now), "=d"(high) : "c"(0));
         return now == 0x55555550;
     }},
    {"a call that no system has, and that cordon uses",
     [] {
         ++number;
         ::syscall(0x7EAD);
     },
     has_number},
#endif
};

// ---- families of calls that use a process up ----

std::string contents_of(const std::string& file) {
    std::ifstream in(file);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string link_of(const std::string& file) {
    char to[4096] = "";
    return ::readlink(file.c_str(), to, sizeof to - 1) > 0 ? to : "";
}

std::string descriptors() {
    std::vector<std::string> all;
    DIR* const folder = ::opendir("/proc/self/fd");
    while (const dirent* each = ::readdir(folder)) {
        const int descriptor = std::atoi(each->d_name);
        if (each->d_name[0] != '.' && descriptor < 500 && descriptor != ::dirfd(folder))
            all.push_back(std::string(each->d_name) +
                          (descriptor > 2 ? link_of("/proc/self/fd/" + std::string(each->d_name)) : "") + " " +
                          std::to_string(::fcntl(descriptor, F_GETFD)));
    }
    ::closedir(folder);
    std::sort(all.begin(), all.end());
    std::string text;
    for (const std::string& each : all)
        text += "fd " + each + "\n";
    return text;
}

std::string parts_of_status() {
    std::istringstream lines(contents_of("/proc/self/status"));
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        for (const char* name :
             {"Umask",        "TracerPid",   "Uid",        "Gid",   "Groups",     "Threads", "SigPnd", "ShdPnd",
              "SigBlk",       "SigIgn",      "SigCgt",     "Cap",   "NoNewPrivs", "Seccomp", "Spec",   "Cpus_allowed",
              "Mems_allowed", "THP_enabled", "x86_Thread", "VmLck", "VmPin",      "Name",    "FDSize"}) {
            if (line.rfind(name, 0) == 0 && line.rfind("FDSize", 0) != 0) text += line + "\n";
        }
    }
    return text;
}

std::string numbers_of_kernel() {
    std::ostringstream text;
    for (const int which : {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF}) {
        struct itimerval now {};
        ::getitimer(static_cast<__itimer_which>(which), &now);
        text << "timer " << which << " " << (now.it_value.tv_sec != 0 || now.it_value.tv_usec != 0) << "\n";
    }
    stack_t stack{};
    ::sigaltstack(nullptr, &stack);
    text << "stack " << stack.ss_flags << " " << stack.ss_size << "\n";
    for (int signal = 1; signal < 32; ++signal) {
        struct sigaction now {};
        ::sigaction(signal, nullptr, &now);
        text << "signal " << signal << " " << (now.sa_handler == SIG_DFL) << " " << now.sa_flags << "\n";
    }
    for (const int option : {PR_GET_DUMPABLE, PR_GET_KEEPCAPS, PR_GET_TIMERSLACK, PR_GET_SECUREBITS, PR_GET_THP_DISABLE,
                             PR_GET_NO_NEW_PRIVS, PR_MCE_KILL_GET, PR_GET_TSC})
        text << "prctl " << option << " " << ::prctl(option, 0, 0, 0, 0) << "\n";
    int number_of_prctl = 0;
    ::prctl(PR_GET_CHILD_SUBREAPER, &number_of_prctl);
    text << "subreaper " << number_of_prctl << "\n";
    ::prctl(PR_GET_PDEATHSIG, &number_of_prctl);
    text << "death " << number_of_prctl << "\n";
    int policy = -1;
    ::syscall(SYS_get_mempolicy, &policy, nullptr, 0, nullptr, 0);
    text << "nice " << ::getpriority(PRIO_PROCESS, 0) << " " << ::sched_getscheduler(0) << " " << policy << " "
         << ::syscall(SYS_ioprio_get, 1, 0) << " " << ::personality(0xFFFFFFFF) << " " << (::getsid(0) == ::getpid())
         << (::getpgrp() == ::getpid()) << " " << ::waitpid(-1, nullptr, WNOHANG) << "\n";
    return text.str();
}

std::string state_of_kernel() {
    return parts_of_status() + contents_of("/proc/self/limits") + contents_of("/proc/self/timers") +
           contents_of("/proc/self/oom_score_adj") + link_of("/proc/self/cwd") + link_of("/proc/self/root") + "\n" +
           descriptors() + numbers_of_kernel();
}

// The first test of a worker tells what is right.
void look_at_kernel() {
    const std::string now = state_of_kernel();
    if (shared.state[0] == 0) now.copy(shared.state, std::min(now.size(), sizeof shared.state - 1));
    CHECK(now == std::string(shared.state));
}

sigjmp_buf back;
void jump_back(int) { siglongjmp(back, 1); }
void stay(int) {}

void send(int signal, int flags) {
    struct sigaction action {};
    action.sa_handler = stay;
    action.sa_flags = flags;
    ::sigaction(signal, &action, nullptr);
    ::raise(signal);
}

long call(long number_of_call, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) {
    return ::syscall(number_of_call, a, b, c, d, e);
}
char* whole_page() { return from_kernel; }

struct act {
    const char* name;
    void (*leave)();
};
const act of_kernel[] = {
    {"a one-shot handler", [] { send(SIGUSR1, static_cast<int>(SA_RESETHAND)); }},
    {"a handler that stays in its signal",
     [] {
         if (sigsetjmp(back, 0) == 0) {
             ::signal(SIGUSR1, jump_back);
             ::raise(SIGUSR1);
         }
     }},
    {"a handler that is left by a jump",
     [] {
         if (sigsetjmp(back, 1) == 0) {
             ::signal(SIGUSR2, jump_back);
             ::raise(SIGUSR2);
         }
     }},
    {"a stack that is used once",
     [] {
         static char room[64 * 1024];
         stack_t own{};
         own.ss_sp = room;
         own.ss_size = sizeof room;
         own.ss_flags = static_cast<int>(1u << 31);  // SS_AUTODISARM
         ::sigaltstack(&own, nullptr);
         send(SIGUSR1, SA_ONSTACK);
     }},
    {"a pending signal of the process",
     [] {
         sigset_t set;
         sigemptyset(&set);
         sigaddset(&set, SIGUSR1);
         ::sigprocmask(SIG_BLOCK, &set, nullptr);
         ::kill(::getpid(), SIGUSR1);
     }},
    {"sigqueue",
     [] {
         sigset_t set;
         sigemptyset(&set);
         sigaddset(&set, SIGRTMIN);
         ::sigprocmask(SIG_BLOCK, &set, nullptr);
         ::sigqueue(::getpid(), SIGRTMIN, {});
     }},
    {"a handled fault",
     [] {
         if (sigsetjmp(back, 1) == 0) {
             ::signal(SIGSEGV, jump_back);
             *reinterpret_cast<volatile int*>(8) = 1;
         }
     }},
    {"ignored SIGSYS", [] { ::signal(SIGSYS, SIG_IGN); }},
    {"an interrupting signal",
     [] {
         struct sigaction action {};
         action.sa_handler = stay;
         action.sa_flags = SA_RESTART;
         ::sigaction(SIGUSR1, &action, nullptr);
     }},
    {"a timer of the process",
     [] {
         timer_t made;
         struct sigevent how {};
         how.sigev_notify = SIGEV_NONE;
         ::timer_create(CLOCK_MONOTONIC, &how, &made);
     }},
    {"a timer of user time",
     [] {
         struct itimerval far {};
         far.it_value.tv_sec = 1000;
         ::setitimer(ITIMER_PROF, &far, nullptr);
     }},
    {"timerfd", [] { call(SYS_timerfd_create, CLOCK_MONOTONIC, 0); }},
    {"signalfd", [] { call(SYS_signalfd4, -1, buffer, 8, 0); }},
    {"inotify", [] { call(SYS_inotify_init1, 0); }},
    {"memfd", [] { call(SYS_memfd_create, path, 0); }},
    {"socketpair",
     [] {
         int ends[2];
         ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
     }},
    {"pidfd", [] { call(SYS_pidfd_open, ::getpid(), 0); }},
    {"io_uring", [] { call(SYS_io_uring_setup, 4, buffer); }},
    {"userfaultfd", [] { call(SYS_userfaultfd, 1); }},
    {"an area of the kernel for files", [] { call(SYS_io_setup, 4, buffer); }},
    {"dup", [] { ::dup(0); }},
    {"dup3", [] { ::dup3(0, 60, O_CLOEXEC); }},
    {"a flag of a descriptor", [] { ::fcntl(0, F_SETFD, FD_CLOEXEC); }},
    {"close_range", [] { call(SYS_close_range, 3, 400, 0); }},
    {"another stdout", [] { ::dup2(0, 1); }},
    {"fchdir",
     [] {
         const int root = ::open("/", O_RDONLY);
         ::fchdir(root) == 0 ? ::close(root) : 0;
     }},
    {"chroot", [] { (void)!::chroot("/proc"); }},
    {"unshare", [] { ::unshare(CLONE_FS | CLONE_FILES); }},
    {"a new name for the host", [] { ::unshare(CLONE_NEWUTS); }},
    {"setuid", [] { (void)!::setuid(65534); }},
    {"setgid", [] { (void)!::setgid(65534); }},
    {"setgroups", [] { call(SYS_setgroups, 0, 0); }},
    {"capset",
     [] {
         const struct {
             unsigned version;
             int process;
         } header{0x20080522, 0};
         call(SYS_capset, reinterpret_cast<long>(&header), buffer);
     }},
    {"a dropped right", [] { ::prctl(PR_CAPBSET_DROP, 20, 0, 0, 0); }},
    {"keyctl", [] { call(SYS_keyctl, 1, 0); }},
    {"dumpable", [] { ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }},
    {"timer slack", [] { ::prctl(PR_SET_TIMERSLACK, 77777, 0, 0, 0); }},
    {"no huge pages", [] { ::prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0); }},
    {"a subreaper", [] { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }},
    {"a signal when the parent ends", [] { ::prctl(PR_SET_PDEATHSIG, 0); }},
    {"personality", [] { ::personality(ADDR_NO_RANDOMIZE); }},
    {"another scheduler",
     [] {
         struct sched_param none {};
         ::sched_setscheduler(0, SCHED_BATCH, &none);
     }},
    {"ioprio", [] { call(SYS_ioprio_set, 1, 0, (3 << 13) | 1); }},
    {"mempolicy", [] { call(SYS_set_mempolicy, 1, 0, 0); }},
    {"setpgid", [] { ::setpgid(0, 0); }},
    {"all memory locked", [] { ::mlockall(MCL_CURRENT | MCL_FUTURE); }},
    {"mremap",
     [] {
         void* const at = map(4096);
         (void)!::mremap(at, 4096, 1 << 20, MREMAP_MAYMOVE);
     }},
    {"memory at a place of its own",
     [] {
         ::mmap(reinterpret_cast<void*>(0x200000000), 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
     }},
    {"memory instead of a page",
     [] { ::mmap(whole_page(), 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0); }},
    {"shared memory", [] { ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0); }},
    {"memory of System V",
     [] {
         const int made = ::shmget(IPC_PRIVATE, 4096, 0600);
         ::shmat(made, nullptr, 0);
         ::shmctl(made, IPC_RMID, nullptr);
     }},
    {"a key of memory", [] { call(SYS_pkey_alloc, 0, 0); }},
    {"rseq", [] { call(SYS_rseq, buffer, 32, 0, 0x53053053); }},
    {"another list of robust mutexes", [] { call(SYS_set_robust_list, buffer, 24); }},
    {"another address for the thread's number", [] { call(SYS_set_tid_address, buffer); }},
    {"a tracer", [] { call(SYS_ptrace, 0, 0, 0, 0); }},
    {"a filter of calls", [] { ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), call(SYS_seccomp, 1, 0, 0); }},
    {"stopped calls", [] { ::prctl(59, 0, 0, 0, 0); }},
    {"membarrier", [] { call(SYS_membarrier, 16, 0); }},
    {"a write to itself, as to another process",
     [] {
         static char value = 1;
         const struct iovec from { &value, 1 };
         const struct iovec to { whole_page(), 1 };
         ::process_vm_writev(::getpid(), &from, 1, &to, 1, 0);
     }},
    {"a write to itself, as to a file",
     [] {
         const int file = ::open("/proc/self/mem", O_RDWR);
         CHECK(::pwrite(file, "x", 1, buffer) == 1);
         ::close(file);
     }},
    {"memory that no fork has", [] { ::madvise(whole_page(), 4096, MADV_DONTFORK); }},
    {"memory that forks wipe", [] { ::madvise(map(4096), 4096, MADV_WIPEONFORK); }},
    {"memory that may be merged", [] { ::madvise(whole_page(), 4096, MADV_MERGEABLE); }},
    {"new memory that may be merged", [] { ::madvise(map(4096), 4096, MADV_MERGEABLE); }},
    {"memory that is kept out of core files", [] { ::madvise(whole_page(), 4096, MADV_DONTDUMP); }},
    {"memory that cannot be read", [] { ::madvise(whole_page(), 4096, 102); }},  // MADV_GUARD_INSTALL
    {"a futex with a heir", [] { call(SYS_futex, buffer, FUTEX_LOCK_PI, 0, 0); }},
    {"a moved waiter", [] { call(SYS_futex, buffer, FUTEX_CMP_REQUEUE, 0, 0, buffer + 8); }},
    {"a futex that changes memory", [] { ::syscall(SYS_futex, buffer, FUTEX_WAKE_OP, 0, 0, buffer + 8, 0); }},
    {"a process with the same memory",
     [] {
         alignas(16) static char room[16 * 1024];
         const int made = ::clone([](void*) { return number = 1; }, room + sizeof room, CLONE_VM | SIGCHLD, nullptr);
         int how = 0;
         ::waitpid(made, &how, 0);
     }},
    {"a thread of clone3",
     [] {
         const std::uint64_t arguments[8] = {CLONE_FILES, 0, 0, 0, SIGCHLD, 0, 0, 0};
         const long made = call(435, reinterpret_cast<long>(arguments), sizeof arguments);
         if (made == 0) call(SYS_exit_group, 0);
         int how = 0;
         ::waitpid(static_cast<pid_t>(made), &how, 0);
     }},
    {"a deadline",
     [] {
         const std::uint64_t attributes[6] = {48, 0, 0, 0, 0, 0};
         call(SYS_sched_setattr, 0, reinterpret_cast<long>(attributes), 0);
     }},
    {"landlock", [] { call(444, buffer, 8, 0); }},

    {"memory that all may write", [] { ::mprotect(whole_page(), 4096, PROT_READ | PROT_WRITE | PROT_EXEC); }},
    {"sealed memory", [] { call(462, reinterpret_cast<long>(map(4096)), 4096, 0); }},
    {"swapped memory", [] { ::madvise(whole_page(), 4096, 21); }},  // MADV_PAGEOUT
    {"a mask while it waits",
     [] {
         sigset_t set;
         sigemptyset(&set);
         struct timespec none {
             0, 0
         };
         ::sigtimedwait(&set, nullptr, &none);
     }},
    {"an offset of the input", [] { ::lseek(0, 1, SEEK_CUR); }},
    {"a flag of stdout", [] { ::fcntl(1, F_SETFL, O_NONBLOCK), ::fcntl(1, F_SETFL, 0); }},
    {"vfork",
     [] {
         if (::vfork() == 0) ::_exit(0);
     }},
    {"clone",
     [] {
         if (call(SYS_clone, 0, 0, 0, 0, 0) == 0) call(SYS_exit_group, 0);
     }},
    {"alarm", [] { ::alarm(1000); }},
    {"flock",
     [] {
         const int file = ::open("/proc/self/exe", O_RDONLY);
         ::flock(file, LOCK_SH);
     }},
    {"iconv", [] { ::iconv_open("UTF-16", "ISO-8859-1"); }},
    {"dlopen", [] { ::dlopen("libutil.so.1", RTLD_NOW); }},
    {"getpwuid", [] { ::getpwuid(0); }},
    {"malloc_trim", [] { ::malloc_trim(0); }},
    {"freopen", [] { CHECK(std::freopen("/dev/null", "r", stdin) != nullptr); }},
#if defined(__x86_64__) && defined(__linux__)
    {"a segment of its own",
     [] {
         const unsigned entry[4] = {0, 0x1000, 0xFFFFF, 0x51};
         call(SYS_modify_ldt, 1, reinterpret_cast<long>(entry), sizeof entry);
     }},
    {"arch_prctl", [] { call(SYS_arch_prctl, 0x1001, 0x1234000); }},
    {"ioperm", [] { call(SYS_ioperm, 0x80, 1, 1); }},
    {"a call of 32 bits",
     [] {
         if (!of_setup.has_calls_of_32_bits) return;
         long answer = 60;  // umask
         __asm__ volatile("int $0x80" : "+a"(answer) : "b"(0111) : "memory", "r8", "r9", "r10", "r11");
     }},
    {"a call of x32", [] { call(0x40000000 + SYS_umask, 0111); }},
    {"a call with high bits",
     [] {
         long answer = static_cast<long>(0xABCD00000000) + SYS_umask;
         __asm__ volatile("syscall" : "+a"(answer) : "D"(0111) : "rcx", "r11", "memory");
     }},
#endif
};

template <class Ways>
void look(const Ways& ways) {
    for (const way& each : ways) {
        INFO(each.name);
        CHECK_FALSE(each.found());
    }
    CHECK_FALSE(kernel_has_written());
}

std::vector<int> numbers_to(std::size_t count, int times) {
    std::vector<int> all;
    for (int i = 0; i < static_cast<int>(count) * times; ++i)
        all.push_back(i);
    return all;
}

// ---- a program that writes everywhere ----

alignas(4096) char zeros[300 * 4096];
char contents[100 * 4096] = {1};
thread_local char of_thread[3000];
std::vector<std::vector<char>>* blocks = [] {
    auto* const all = new std::vector<std::vector<char>>;
    for (std::size_t i = 0; i < 400; ++i)
        all->emplace_back(i * 37 % 9000, 'x');
    return all;
}();

__attribute__((noinline)) void dirty(unsigned depth, std::mt19937& random) {
    volatile char frame[3000];
    for (int i = 0; i < 20; ++i)
        frame[random() % sizeof frame] = static_cast<char>(random());
    if (depth != 0) dirty(depth - 1, random);
    frame[0] = 1;
}

void write_somewhere(std::mt19937& random) {
    const auto any = [&](std::size_t size) { return random() % size; };
    const char value = static_cast<char>(random());
    switch (random() % 18) {
        case 0:
            zeros[any(sizeof zeros)] = value;
            break;
        case 1:
            contents[any(sizeof contents)] = value;
            break;
        case 2:
            of_thread[any(sizeof of_thread)] = value;
            break;
        case 3:
            dirty(static_cast<unsigned>(random() % 200), random);
            break;
        case 4:
            (*blocks)[any(blocks->size())].assign(any(20000), value);
            break;
        case 5:
            blocks->emplace_back(any(300000), value);
            break;
        case 6:
            if (blocks->size() > 10) blocks->erase(blocks->begin() + static_cast<std::ptrdiff_t>(any(blocks->size())));
            break;
        case 7:
            std::memset(zeros + any(sizeof zeros / 2), value, any(sizeof zeros / 2));
            break;
        case 8:
            ::setenv(("VARIABLE" + std::to_string(random() % 30)).c_str(), std::string(any(200), 'v').c_str(), 1);
            break;
        case 9:
            try {
                throw std::string(any(3000), value);
            } catch (const std::string&) {
            }
            break;
        case 10:
            std::memset(::malloc(any(2000000)), value, 1);
            break;
        case 11:
            of_setup.of_file[any(3 * 4096)] = value;
            break;
        case 12:
            of_setup.wiped[any(2 * 4096)] = value;
            break;
        case 13:
            of_setup.huge[any(2 << 20)] = value;
            break;
        case 14:
            if (of_setup.growing != nullptr) of_setup.growing[-static_cast<std::ptrdiff_t>(any(30 * 4096))] = value;
            break;
        case 15:
            *of_setup.mappings[any(of_setup.mappings.size())] = value;
            break;
        case 16:
            std::memset(map(any(100000) + 1), value, 1);
            break;
        default:
            std::printf("%d\n", value);
            break;
    }
}

}  // namespace

// AS_ORDINARY_USER: the tests run as an ordinary user.
GLOBAL_SETUP() {
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutex_init(&shared.robust, &attributes);
    constexpr int droppable = 8;  // MAP_DROPPABLE of Linux 6.11
    void* const at = ::mmap(nullptr, 4 * 4096, PROT_READ | PROT_WRITE, droppable | MAP_ANONYMOUS, -1, 0);
    if (at != MAP_FAILED) of_setup.droppable = static_cast<char*>(at);
    const int growing = MAP_GROWSDOWN | MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
    void* const low = ::mmap(reinterpret_cast<void*>(0x2000000), 4096, PROT_READ | PROT_WRITE, growing, -1, 0);
    if (low != MAP_FAILED) of_setup.growing = static_cast<char*>(low);
    const int file = ::memfd_create("file", 0);
    REQUIRE(::ftruncate(file, 3 * 4096) == 0);
    for (int i = 0; i < 3; ++i)
        REQUIRE(::pwrite(file, "f", 1, i * 4096) == 1);
    of_setup.of_file = static_cast<char*>(::mmap(nullptr, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0));
    of_setup.of_file[4096] = 's';
    ::close(file);
    of_setup.wiped = static_cast<char*>(map(2 * 4096));
    REQUIRE(::madvise(of_setup.wiped, 2 * 4096, MADV_WIPEONFORK) == 0);
    std::memset(of_setup.wiped, 'w', 2 * 4096);
    const auto aligned = (reinterpret_cast<std::uintptr_t>(map(4 << 20)) + (2 << 20) - 1) >> 21 << 21;
    of_setup.huge = reinterpret_cast<char*>(aligned);
    ::madvise(of_setup.huge, 2 << 20, MADV_HUGEPAGE);
    std::memset(of_setup.huge, 'h', 2 << 20);
#if defined(__x86_64__) && defined(__linux__)
    const pid_t tries = ::fork();
    if (tries == 0) {
        long answer = 20;  // getpid
        __asm__ volatile("int $0x80" : "+a"(answer) : : "memory", "r8", "r9", "r10", "r11");
        ::_exit(answer > 0 ? 7 : 0);
    }
    int how = 0;
    ::waitpid(tries, &how, 0);
    of_setup.has_calls_of_32_bits = WIFEXITED(how) && WEXITSTATUS(how) == 7;
#endif
    if (::getenv("LARGE_SETUP") != nullptr) of_setup.large.assign(12 << 20, 'x');
    for (int i = 0; i < 200; ++i) {
        void* const made =
            ::mmap(nullptr, 4096, i % 2 == 0 ? PROT_READ : PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (i % 2 != 0 && made != MAP_FAILED) of_setup.mappings.push_back(static_cast<char*>(made));
    }
    if (::getenv("AS_ORDINARY_USER") == nullptr) return;
    CHECK(::setresgid(65534, 65534, 65534) == 0);
    CHECK(::setresuid(65534, 65534, 65534) == 0);
    CHECK(::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
}

TEST_CASE_PARAMS("reading", int at, numbers_to(std::size(readings), 2)) {
    look(of_memory);
    const reading& what = readings[static_cast<std::size_t>(at) % std::size(readings)];
    ::syscall(what.number, what.a, what.b, what.c, what.d, what.e);
    from_kernel[1000] = 1;
}

TEST_CASE_PARAMS("memory", int at, numbers_to(std::size(of_memory), 3)) {
    look(of_memory);
    of_memory[static_cast<std::size_t>(at) % std::size(of_memory)].leave();
}

TEST_CASE_PARAMS("kernel", int at, numbers_to(std::size(of_kernel), 1)) {
    look(of_memory);
    of_kernel[static_cast<std::size_t>(at)].leave();
}

TEST_CASE_PARAMS("look", int at, numbers_to(40, 1)) {
    (void)at;
    look(of_memory);
    look_at_kernel();
}

TEST_CASE_PARAMS("everywhere", int at, numbers_to(60, 1)) {
    CHECK(std::all_of(std::begin(zeros), std::end(zeros), [](char each) { return each == 0; }));
    CHECK(blocks->size() == 400);
    CHECK(::getenv("VARIABLE1") == nullptr);
    std::mt19937 random(static_cast<unsigned>(at));
    for (int i = 0; i < 100; ++i)
        write_somewhere(random);
}

TEST_CASE_PARAMS("20,000 pages", int at, numbers_to(3, 1)) {
    (void)at;
    CHECK_FALSE(any_scattered());
    for (std::size_t i = 0; i < many_pages; ++i)
        scattered[2 * i * 4096] = 1;
}

// With SPIN the first of them does not end.
TEST_CASE_PARAMS("spins", int at, numbers_to(3, 1)) {
    if (::getenv("SPIN") == nullptr || at != 0) return;
    for (volatile int i = 0;; ++i) {
    }
}
