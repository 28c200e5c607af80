#include <doctest/doctest.h>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/system.hpp>

#include <signal.h>
#include <unistd.h>

using namespace cordon::engine;

namespace {

os::pipe_ends a_pipe() {
    result<os::pipe_ends> made = os::make_pipe();
    REQUIRE(static_cast<bool>(made));
    return std::move(made.value());
}

deadline in(std::int64_t milliseconds) { return now() + std::chrono::milliseconds(milliseconds); }

}  // namespace

TEST_CASE("a wait ends at its deadline, also at one that is past") {
    os::hold_back_signals();
    const instant before = now();
    CHECK(static_cast<bool>(os::wait_for(nullptr, 0, in(30))));
    CHECK(now() - before >= std::chrono::milliseconds(29));
    const instant again = now();
    CHECK(static_cast<bool>(os::wait_for(nullptr, 0, in(-1000))));
    CHECK(now() - again < std::chrono::seconds(1));
}

TEST_CASE("watches say what became of them, few and many") {
    for (const std::size_t count : {3u, 40u}) {
        vector<os::pipe_ends> pipes;
        vector<os::watch> watches;
        for (std::size_t i = 0; i < count; ++i) {
            pipes.push_back(a_pipe());
            watches.push_back({pipes.back().read.native(), true, false, false});
        }
        CHECK(static_cast<bool>(os::wait_for(watches.data(), watches.size(), in(1))));
        for (const os::watch& each : watches)
            CHECK_FALSE(each.ready);
        CHECK(static_cast<bool>(os::write_all(pipes[1].write, "x")));
        pipes[2].write.close();
        CHECK(static_cast<bool>(os::wait_for(watches.data(), watches.size(), std::nullopt)));
        for (std::size_t i = 0; i < count; ++i)
            CHECK(watches[i].ready == (i == 1 || i == 2));
    }
}

TEST_CASE("a watch for the end alone is not woken by bytes") {
    os::pipe_ends ends = a_pipe();
    CHECK(static_cast<bool>(os::write_all(ends.write, "x")));
    vector<os::watch> watches{{ends.read.native(), false, false, false}};
    CHECK(static_cast<bool>(os::wait_for(watches.data(), watches.size(), in(5))));
    CHECK_FALSE(watches[0].hung_up);
    ends.write.close();
    const instant before = now();
    while (!watches[0].hung_up && now() - before < std::chrono::seconds(2))
        CHECK(static_cast<bool>(os::wait_for(watches.data(), watches.size(), in(500))));
    CHECK(watches[0].hung_up);
}

TEST_CASE("a watch on nothing is never ready") {
    vector<os::watch> watches{{-1, true, false, false}};
    CHECK(static_cast<bool>(os::wait_for(watches.data(), watches.size(), in(1))));
    CHECK_FALSE(watches[0].ready);
}

TEST_CASE("the end of a child wakes the wait and is noted once, also if it came before") {
    os::hold_back_signals();
    os::watch_children();
    static_cast<void>(os::take_child_ended());
    for (const useconds_t delay : {useconds_t{0}, useconds_t{30'000}}) {
        const result<os::process_id> child = os::fork_process();
        REQUIRE(static_cast<bool>(child));
        if (child.value() == 0) {
            ::usleep(delay);
            os::leave_now(0);
        }
        if (delay == 0) ::usleep(20'000);
        CHECK_FALSE(os::take_child_ended());  // held back until the wait
        const instant before = now();
        CHECK(static_cast<bool>(os::wait_for(nullptr, 0, in(5000))));
        CHECK(now() - before < std::chrono::seconds(4));
        CHECK(os::take_child_ended());
        CHECK_FALSE(os::take_child_ended());
        CHECK(os::reap(child.value()).has_value());
    }
}

TEST_CASE("the end of a child makes its descriptor ready, where there is one") {
    os::hold_back_signals();
    const os::descriptor ends = os::watch_ends_of_children();
    for (const useconds_t delay : {useconds_t{0}, useconds_t{30'000}}) {
        const result<os::process_id> child = os::fork_process();
        REQUIRE(static_cast<bool>(child));
        if (child.value() == 0) {
            ::usleep(delay);
            os::leave_now(0);
        }
        if (delay == 0) ::usleep(20'000);
        os::watch one{ends.native(), true, false, false};
        const instant before = now();
        CHECK(static_cast<bool>(os::wait_for(&one, 1, in(5000))));
        CHECK(now() - before < std::chrono::seconds(4));
        CHECK(one.ready == static_cast<bool>(ends));
        CHECK(os::take_child_ended(ends));
        CHECK_FALSE(os::take_child_ended(ends));
        CHECK(os::reap(child.value()).has_value());
    }
    // A process that it makes finds the signal as other programs do whatever this process does with it.
    const result<os::process_id> child = os::fork_process();
    REQUIRE(static_cast<bool>(child));
    if (child.value() == 0) {
        os::restore_signals();
        struct sigaction now {};
        ::sigaction(SIGCHLD, nullptr, &now);
        sigset_t blocked;
        ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
        os::leave_now(now.sa_handler == SIG_DFL && ::sigismember(&blocked, SIGCHLD) == 0 ? 0 : 1);
    }
    CHECK(os::wait_for_end(child.value()).code == 0);
    os::watch_children();
}

TEST_CASE("a pipe that nobody reads is an error, and no signal, while broken pipes are held back") {
    os::hold_back_signals();
    os::hold_back_broken_pipes();
    result<os::pipe_ends> pipe = os::make_pipe();
    REQUIRE(static_cast<bool>(pipe));
    pipe.value().read.close();
    CHECK_FALSE(static_cast<bool>(os::write_all(pipe.value().write, "x")));
    CHECK(static_cast<bool>(os::wait_for(nullptr, 0, in(1))));  // lets it in nowhere
    struct sigaction now {};
    ::sigaction(SIGPIPE, nullptr, &now);
    const bool by_default = now.sa_handler == SIG_DFL;
    CHECK(by_default);
    sigset_t pending;
    ::sigpending(&pending);
    CHECK(::sigismember(&pending, SIGPIPE) == 1);
    int taken = 0;
    sigset_t pipes;
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    CHECK(::sigwait(&pipes, &taken) == 0);
}

TEST_CASE("requests to end the run are counted, and the newest is told once") {
    os::hold_back_signals();
    os::watch_cancellation();
    int count = 0;
    CHECK(os::take_cancellation(count) == 0);
    CHECK(count == 0);
    ::kill(::getpid(), SIGTERM);
    CHECK(os::take_cancellation(count) == 0);  // held back
    CHECK(static_cast<bool>(os::wait_for(nullptr, 0, in(1000))));
    CHECK(os::take_cancellation(count) == SIGTERM);
    CHECK(count == 1);
    CHECK(os::take_cancellation(count) == 0);
    ::kill(::getpid(), SIGINT);
    CHECK(static_cast<bool>(os::wait_for(nullptr, 0, in(1000))));
    CHECK(os::take_cancellation(count) == SIGINT);
    CHECK(count == 2);
}

TEST_CASE("signals have names, and those that tests die of a meaning") {
    CHECK(os::signal_name(SIGSEGV) == "SIGSEGV");
    CHECK(os::signal_name(SIGKILL) == "SIGKILL");
    CHECK(os::signal_name(0) == "signal 0");
    CHECK(os::signal_name(12345) == "signal 12345");
    for (const int number : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS, SIGTERM, SIGKILL, SIGINT})
        CHECK_FALSE(os::signal_meaning(number).empty());
    CHECK(os::signal_meaning(12345).empty());
#if defined(SIGRTMIN) && defined(SIGRTMAX)
    CHECK(os::signal_name(SIGRTMIN) == "SIGRTMIN");
    CHECK(os::signal_name(SIGRTMIN + 3) == "SIGRTMIN+3");
    CHECK(os::signal_name(SIGRTMAX) == "SIGRTMIN+" + std::to_string(SIGRTMAX - SIGRTMIN));
    CHECK(os::signal_name(SIGRTMAX + 1) == "signal " + std::to_string(SIGRTMAX + 1));
    CHECK(os::signal_name(SIGRTMIN - 1) == "signal " + std::to_string(SIGRTMIN - 1));  // the C library's own
    CHECK(os::signal_meaning(SIGRTMAX) == "real-time signal");
#endif
#if defined(SIGPWR)
    CHECK(os::signal_name(SIGPWR) == "SIGPWR");
#endif
#if defined(SIGSTKFLT)
    CHECK(os::signal_name(SIGSTKFLT) == "SIGSTKFLT");
#endif
}
