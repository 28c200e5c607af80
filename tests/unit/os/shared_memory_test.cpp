#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <cstring>

using namespace cordon::engine;

namespace {

os::shared_memory memory_of(std::size_t size) {
    result<os::shared_memory> made = os::shared_memory::create(size);
    REQUIRE(static_cast<bool>(made));
    return std::move(made.value());
}

}  // namespace

TEST_CASE("new memory is zeroed") {
    const os::shared_memory made = memory_of(100'000);
    const auto* bytes = static_cast<const char*>(made.address());
    bool all_zero = true;
    for (std::size_t i = 0; i < 100'000; ++i)
        all_zero = all_zero && bytes[i] == 0;
    CHECK(all_zero);
}

TEST_CASE("a child's writes are seen") {
    const os::shared_memory made = memory_of(4096);
    const result<os::process_id> child = os::fork_process();
    REQUIRE(static_cast<bool>(child));
    if (child.value() == 0) {
        std::strcpy(static_cast<char*>(made.address()) + 100, "from the child");
        os::leave_now(0);
    }
    while (!os::reap(child.value()))
        os::pause_briefly();
    CHECK(std::strcmp(static_cast<const char*>(made.address()) + 100, "from the child") == 0);
}

TEST_CASE("an object that was handed down is the same memory, also when the first view is gone") {
    os::shared_memory first = memory_of(4096);
    os::descriptor handed(::dup(first.object().native()));
    static_cast<char*>(first.address())[7] = 'x';
    result<os::shared_memory> second = os::shared_memory::attach(std::move(handed), 4096);
    REQUIRE(static_cast<bool>(second));
    first = os::shared_memory();
    CHECK(static_cast<const char*>(second.value().address())[7] == 'x');
    second.value().close_object();
    CHECK(static_cast<const char*>(second.value().address())[7] == 'x');
}

TEST_CASE("an object that is too small, or none at all, is refused") {
    const os::shared_memory small = memory_of(100);
    CHECK_FALSE(static_cast<bool>(os::shared_memory::attach(os::descriptor(::dup(small.object().native())), 101)));
    CHECK_FALSE(static_cast<bool>(os::shared_memory::attach(os::descriptor(), 100)));
}

TEST_CASE("a view moves") {
    os::shared_memory one = memory_of(4096);
    void* const address = one.address();
    os::shared_memory other = std::move(one);
    CHECK(other.address() == address);
    CHECK(one.address() == nullptr);
    one = std::move(other);
    CHECK(one.address() == address);
    static_cast<char*>(one.address())[0] = 'x';
}

TEST_CASE("memory is shared as well where the process may make no files of that size") {
    const result<os::process_id> child = os::fork_process();
    REQUIRE(static_cast<bool>(child));
    if (child.value() == 0) {
        const struct rlimit none = {0, 0};
        ::setrlimit(RLIMIT_FSIZE, &none);
        result<os::shared_memory> made = os::shared_memory::create(100'000);
        if (!made || made.value().handle() >= -1) os::leave_now(1);
        static_cast<char*>(made.value().address())[99'999] = 'x';
        {
            result<os::shared_memory> other = os::shared_memory::attach(made.value().handle(), 100'000);
            if (!other || static_cast<char*>(other.value().address())[99'999] != 'x') os::leave_now(2);
        }
        if (os::shared_memory::attach(made.value().handle(), 100'001)) os::leave_now(3);
        const os::handle_number handle = made.value().handle();
        made.value() = os::shared_memory();
        os::leave_now(os::shared_memory::attach(handle, 100'000) ? 4 : 0);  // it goes with its users
    }
    const os::process_end end = os::wait_for_end(child.value());
    CHECK_FALSE(end.by_signal);
    CHECK(end.code == 0);
}
