// flags: -g -O0 -fstack-protector-all
#include <cordon/cordon.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>

// Crashes after which little can be trusted: not the stack, not the table of an object's functions.

namespace {

constexpr std::uintptr_t nowhere = 0x1234500000;

struct shape {
    virtual ~shape() = default;
    virtual int corners() const { return 0; }
};

[[gnu::noinline]] int ask(const shape& of) { return of.corners(); }

[[gnu::noinline]] void call(std::uintptr_t address) { reinterpret_cast<void (*)()>(address)(); }

[[gnu::noinline]] void return_to(std::uintptr_t address) {
    static_cast<std::uintptr_t volatile*>(__builtin_frame_address(0))[1] = address;
}

[[gnu::noinline]] void write_past_the_end(int count) {
    char room[16];
    volatile char* at = room;
    for (int i = 0; i < count; ++i)
        at[i] = 'A';
}

[[gnu::noinline]] void write_to(std::uintptr_t address) { *reinterpret_cast<volatile int*>(address) = 1; }

void go_deeper(int depth) {
    INFO("depth " << depth);
    if (depth == 10) {
        INFO("long " << std::string(400, 'x'));
        write_to(nowhere);
    }
    SUBCASE(std::string("level ") + std::to_string(depth)) { go_deeper(depth + 1); }
}

[[noreturn]] void throw_something() { throw std::runtime_error("with no descriptor left"); }

void use_up_descriptors() {
    while (dup(1) >= 0) {
    }
}

}  // namespace

TEST_SUITE("no descriptor is left") {
    TEST_CASE("crashes") {
        use_up_descriptors();
        write_to(nowhere);
    }
    TEST_CASE("calls a wild pointer") {
        use_up_descriptors();
        call(nowhere);
    }
    TEST_CASE("may open none") {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_NOFILE, &none);
        write_to(nowhere);
    }
    TEST_CASE("throws") {
        use_up_descriptors();
        throw_something();
    }
    TEST_CASE("hangs", timeout(0.3)) {
        use_up_descriptors();
        for (;;)
            pause();
    }
}

TEST_CASE("calls a wild pointer") {
    volatile int x = 1;
    CHECK(x == 1);
    SUBCASE("of many") {
        INFO("x is " << static_cast<int>(x));
        call(nowhere);
    }
}

TEST_CASE("calls through a broken table of functions") {
    const std::uintptr_t functions[] = {nowhere, nowhere, nowhere, nowhere};
    shape square;
    INFO("a square");
    *reinterpret_cast<const std::uintptr_t* volatile*>(&square) = functions;
    CHECK(ask(square) == 4);
}

TEST_CASE("returns to nowhere") {
    INFO("on the way back");
    return_to(nowhere);
}

TEST_CASE("smashes its stack") {
    CHECK(true);
    INFO("too much");
    write_past_the_end(64);
}

TEST_CASE("writes where no address can be") { write_to(0xdeadbeefdeadbeef); }

TEST_CASE("has much to tell") { go_deeper(0); }
