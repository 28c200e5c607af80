// Each way in which a test's process can end on Windows, and what else a test can do there.

#include <cordon/cordon.hpp>

#include <windows.h>

#include <io.h>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

std::wstring own_program() {
    wchar_t path[1024];
    return {path, GetModuleFileNameW(nullptr, path, 1024)};
}

/// Starts a process that sleeps for a minute; with two generations, one that starts it and ends. Returns its id.
DWORD start_sleeper(DWORD flags = 0, const wchar_t* generations = L"1") {
    std::wstring line = L"sleeper.exe --sleep";
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION made{};
    SetEnvironmentVariableW(L"ENDINGS_SLEEP", generations);
    const BOOL started = CreateProcessW(own_program().c_str(), &line[0], nullptr, nullptr, FALSE, flags, nullptr,
                                        nullptr, &start, &made);
    SetEnvironmentVariableW(L"ENDINGS_SLEEP", nullptr);
    if (!started) return 0;
    if (generations[0] == L'2') WaitForSingleObject(made.hProcess, 20'000);
    CloseHandle(made.hThread);
    CloseHandle(made.hProcess);
    return made.dwProcessId;
}

// Before main(): the process that start_sleeper() starts is this program too.
const bool slept = [] {
    wchar_t generations[8] = {};
    if (GetEnvironmentVariableW(L"ENDINGS_SLEEP", generations, 8) == 0) return false;
    if (generations[0] == L'2') {
        start_sleeper();
    } else {
        Sleep(60'000);
    }
    ExitProcess(0);
}();

std::atomic<bool> asked_to_end{false};

BOOL WINAPI on_request(DWORD event) {
    asked_to_end = event == CTRL_BREAK_EVENT;
    return TRUE;
}

int depth(volatile char* above, int level) {
    volatile char room[4096];
    room[0] = above != nullptr ? above[0] : 'x';
    return level < 0 ? 0 : depth(room, level + 1) + room[0];
}

volatile int zero = 0;

void throw_on_purpose() { throw std::runtime_error("nobody catches this"); }

struct closes_badly {
    ~closes_badly() {
        if (armed) std::_Exit(9);
    }
    bool armed = false;
} at_exit;

}  // namespace

TEST_CASE("passes") { CHECK(2 + 2 == 4); }
TEST_CASE("fails") {
    const int two = 2;
    CHECK(two == 3);
}
TEST_CASE("throws") { throw std::runtime_error("thrown on purpose"); }
TEST_CASE("reads nowhere") {
    CHECK(true);
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("divides by zero") { zero = 7 / zero; }
TEST_CASE("aborts") { std::abort(); }
TEST_CASE("terminates") { std::terminate(); }
TEST_CASE("throws in a noexcept function") {
    []() noexcept { throw_on_purpose(); }();
}
TEST_CASE("overflows its stack") { zero = depth(nullptr, 1); }
TEST_CASE("raises an exception of its own") { RaiseException(0xC0000374, EXCEPTION_NONCONTINUABLE, 0, nullptr); }
TEST_CASE("fails fast") {
    __asm__ volatile("int $0x29" : : "c"(7));  // what __fastfail does
}
TEST_CASE("handles SIGSEGV itself") {
    std::signal(SIGSEGV, [](int) { std::_Exit(41); });
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("exits with 0") { std::exit(0); }
TEST_CASE("exits with a long code") { ExitProcess(123456789); }
TEST_CASE("exits with -1") { ExitProcess(static_cast<UINT>(-1)); }
TEST_CASE("is terminated from outside") { TerminateProcess(GetCurrentProcess(), 77); }
TEST_CASE("ends badly after it passed") { at_exit.armed = true; }
TEST_CASE("hangs", timeout(0.5)) { Sleep(60'000); }
TEST_CASE("spins", timeout(0.5)) {
    while (zero == 0) {
    }
}
TEST_CASE("waits for a thread", timeout(0.5)) {
    CHECK(true);
    std::thread other([] { Sleep(60'000); });
    other.join();
}
TEST_CASE("ends when it is asked to", timeout(0.5)) {
    SetConsoleCtrlHandler(on_request, TRUE);
    while (!asked_to_end)
        Sleep(5);
    std::printf("asked to end\n");
    std::exit(0);
}
TEST_CASE("skips") { SKIP("not today"); }
// For the test that kills the supervisor while this one runs.
TEST_CASE("sleeps") {
    if (std::getenv("ENDINGS_PATIENCE") == nullptr) SKIP("ENDINGS_PATIENCE is not set");
    std::ofstream("sleeps.txt") << "begun";
    Sleep(60'000);
}
TEST_CASE("kills its worker") {
    struct {
        PVOID unused[5];
        ULONG_PTR parent;
    } about{};
    const auto ask = reinterpret_cast<LONG(WINAPI*)(HANDLE, int, PVOID, ULONG, ULONG*)>(
        reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryInformationProcess")));
    REQUIRE(ask(GetCurrentProcess(), 0, &about, sizeof about, nullptr) == 0);
    TerminateProcess(OpenProcess(PROCESS_TERMINATE, FALSE, static_cast<DWORD>(about.parent)), 9);
    Sleep(60'000);
}
TEST_CASE("should fail and does", should_fail()) { CHECK(false); }
TEST_CASE("prints to both streams") {
    std::printf("to out\n");
    std::fprintf(stderr, "to err\n");
    CHECK(false);
}
TEST_CASE("prints before it crashes") {
    std::printf("printed before the crash");
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("prints a megabyte") {
    const std::string line = std::string(1023, 'x') + "\n";
    for (int i = 0; i < 1024; ++i)
        std::fwrite(line.data(), 1, line.size(), stdout);
    CHECK(false);
}
TEST_CASE("leaves a process behind") {
    const DWORD id = start_sleeper();
    REQUIRE(id != 0);
    std::printf("sleeper %lu\n", id);
}
TEST_CASE("leaves a grandchild behind") { CHECK(start_sleeper(0, L"2") != 0); }
TEST_CASE("starts a process outside of its job") { CHECK(start_sleeper(CREATE_BREAKAWAY_FROM_JOB) == 0); }
TEST_CASE("crashes with a process behind it") {
    std::printf("sleeper %lu\n", start_sleeper());
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("leaves a file open") {
    std::FILE* file = std::fopen((std::string(cordon::temp_dir()) + "/open.txt").c_str(), "w");
    REQUIRE(file != nullptr);
}
TEST_CASE("changes its surroundings") {
    SetCurrentDirectoryA("C:\\");
    _putenv("ENDINGS_CHANGED=1");
}
TEST_CASE("finds its folder and variables") {
    const std::string folder = cordon::temp_dir();
    std::ofstream(folder + "/file.txt") << "text";
    CHECK(GetFileAttributesA(folder.c_str()) != INVALID_FILE_ATTRIBUTES);
    CHECK(std::string(std::getenv("CORDON_TEST_NAME")) == "finds its folder and variables");
    CHECK(std::getenv("CORDON_SLOT") != nullptr);
    CHECK(std::getenv("CORDON_PRIVATE_WORKER") == nullptr);
    std::printf("folder %s\n", folder.c_str());
}
TEST_CASE("reads text from its environment") {
    wchar_t text[64] = {};
    if (GetEnvironmentVariableW(L"ENDINGS_TEXT", text, 64) == 0) SKIP("ENDINGS_TEXT is not set");
    CHECK((std::wstring(text) == L"gr\u00fc\u00df \u20ac" && std::getenv("ENDINGS_TEXT") != nullptr));
}
TEST_CASE("reads an empty input") { CHECK(std::getchar() == EOF); }
TEST_CASE("finds its own name") { CHECK(std::string(std::getenv("CORDON_TEST_NAME")) == "finds its own name"); }
TEST_CASE("is alone in its process") {
    static int runs = 0;
    CHECK(++runs == 1);
}
TEST_CASE("is alone again") {
    static int& runs = *new int(0);
    CHECK(++runs == 1);
}
TEST_CASE("holds a port") { CHECK(cordon::free_port() >= 20000); }
TEST_CASE("runs threads") {
    int sum = 0;
    std::thread other([&] {
        for (int i = 0; i < 100; ++i)
            CHECK(i >= 0);
        sum = 42;
    });
    other.join();
    CHECK(sum == 42);
}
TEST_CASE("crashes in a thread") {
    std::thread other([] { *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1; });
    other.join();
}
TEST_CASE("has leaves that crash") {
    SUBCASE("first") { CHECK(true); }
    SUBCASE("second") { std::abort(); }
    SUBCASE("third") { CHECK(true); }
}
TEST_CASE("\xc3\xa4\xc3\xb6 \xe2\x82\xac prints UTF-8") {
    std::printf("gr\xc3\xbc\xc3\x9f\n");
    CHECK(false);
}
// The block of each check runs in this program, started again, which shares the temporary folder.
TEST_CASE("checks exits") {
    const std::string file = std::string(cordon::temp_dir()) + "/shared.txt";
    std::ofstream(file) << "before";
    CHECK_EXITS(cordon::with_code(3), { std::exit(3); });
    SUBCASE("of a second pass") {}
    SUBCASE("with output") {
        std::printf("not the block's\n");
        CHECK_EXITS(cordon::with_code(70000).printing("from the block"), {
            std::printf("from the block\n");
            std::ofstream(file) << "from the block";
            ExitProcess(70000);
        });
        std::string text;
        std::getline(std::ifstream(file), text);
        CHECK(text == "from the block");
    }
    CHECK_EXITS(cordon::by_abort(), { std::abort(); });
    CHECK_EXITS(cordon::by_signal(static_cast<int>(0xC0000005)),
                { *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1; });
    CHECK_EXITS(cordon::normally(), { CHECK(true); });
}
TEST_CASE("checks an exit that does not come") {
    CHECK_EXITS(cordon::with_code(3), {
        std::printf("printed in the block\n");
        std::exit(4);
    });
    CHECK_EXITS(cordon::normally(), { CHECK(zero == 5); });
}
TEST_CASE("checks an exit that it does not always meet") {
    const std::string file = std::string(cordon::temp_dir()) + "/once.txt";
    if (!std::ifstream(file)) {
        std::ofstream(file) << "was here";
        CHECK_EXITS(cordon::with_code(3), { std::exit(3); });
    }
}
