#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

using namespace cordon::engine;

namespace {

os::process_end end_of(os::process_id child) {
    const instant limit = now() + std::chrono::seconds(10);
    while (now() < limit) {
        if (const cordon::engine::optional<os::process_end> end = os::reap(child)) return *end;
        os::pause_briefly();
    }
    FAIL("the child does not end");
    return {};
}

template <class Body>
os::process_id in_child(Body body) {
    const result<os::process_id> made = os::fork_process();
    REQUIRE(static_cast<bool>(made));
    if (made.value() == 0) {
        body();
        os::leave_now(0);
    }
    return made.value();
}

os::pipe_ends a_pipe() {
    result<os::pipe_ends> made = os::make_pipe();
    REQUIRE(static_cast<bool>(made));
    return std::move(made.value());
}

/// What comes out of the pipe until nobody can write to it any more.
std::string all_from(os::pipe_ends& ends) {
    ends.write.close();
    std::string text;
    char buffer[1000];
    while (true) {
        os::wait_readable(ends.read);
        const os::read_outcome got = os::read_available(ends.read, buffer, sizeof buffer);
        text.append(buffer, got.bytes);
        if (got.at_end) return text;
    }
}

/// Runs the named test of this very program in a process of its own.
os::spawn_request request_for(const char* child) {
    os::spawn_request made;
    made.arguments = {"the program", "--no-skip", "--no-intro", "--no-version", std::string("--test-case=") + child};
    return made;
}

const char* const path_of_self = "/proc/self/exe";

}  // namespace

TEST_CASE("a child's end is told by code or by signal; before it there is none") {
    const os::process_id quick = in_child([] { ::_exit(7); });
    const os::process_end by_code = end_of(quick);
    CHECK_FALSE(by_code.by_signal);
    CHECK(by_code.code == 7);

    const os::process_id waiting = in_child([] { ::pause(); });
    CHECK_FALSE(os::reap(waiting).has_value());
    os::kill_process(waiting);
    const os::process_end by_signal = end_of(waiting);
    CHECK(by_signal.by_signal);
    CHECK(by_signal.code == SIGKILL);
    CHECK_FALSE(os::reap(waiting).has_value());
}

TEST_CASE("reap_only leaves other children alone") {
    const os::process_id one = in_child([] { ::_exit(1); });
    const os::process_id other = in_child([] { ::pause(); });
    cordon::engine::optional<os::process_end> end;
    while (!(end = os::reap_only(one)))
        os::pause_briefly();
    CHECK(end->code == 1);
    CHECK(::kill(static_cast<pid_t>(other), 0) == 0);
    CHECK_FALSE(os::reap_only(other).has_value());
    os::kill_process(other);
    CHECK(end_of(other).by_signal);
}

TEST_CASE("what a child used is told") {
    const os::process_id busy = in_child([] {
        struct rusage used {};
        volatile unsigned long count = 0;
        do {
            for (int i = 0; i < 1'000'000; ++i)
                count = count + 1;
            ::getrusage(RUSAGE_SELF, &used);
        } while (used.ru_utime.tv_sec == 0 && used.ru_utime.tv_usec < 30'000);
    });
    const os::process_end end = end_of(busy);
    CHECK(end.usage.user + end.usage.system >= std::chrono::milliseconds(20));
    CHECK(end.usage.user + end.usage.system < std::chrono::seconds(5));
    CHECK(end.usage.max_rss_bytes > 100'000);
}

TEST_CASE("a group is asked, and killed, as a whole") {
    os::pipe_ends ready = a_pipe();
    const os::process_id leader = in_child([&ready] {
        os::lead_own_group(0);
        ::signal(SIGTERM, SIG_IGN);
        if (::fork() == 0) ::signal(SIGTERM, SIG_DFL);
        os::write_all(ready.write, "x").ignore();
        ::pause();
    });
    os::lead_own_group(leader);
    CHECK(os::leads_own_group(leader));
    for (int ready_count = 0; ready_count < 2;) {
        char byte[2];
        os::wait_readable(ready.read);
        ready_count += static_cast<int>(os::read_available(ready.read, byte, 2).bytes);
    }
    os::ask_group_to_end(leader);
    ::usleep(50'000);
    CHECK_FALSE(os::reap(leader).has_value());
    os::kill_group(leader);
    CHECK(end_of(leader).code == SIGKILL);
    CHECK_FALSE(os::leads_own_group(leader));
    CHECK(all_from(ready).empty());  // nobody is left that could write
}

TEST_CASE("what a child leaves running is ended with it") {
    os::adopt_orphans();
    os::pipe_ends alive = a_pipe();
    const os::process_id child = in_child([] {
        os::lead_own_group(0);
        for (int i = 0; i < 2; ++i) {
            if (::fork() == 0) {
                ::pause();
                ::_exit(0);
            }
        }
    });
    os::lead_own_group(child);
    const os::process_end end = end_of(child);
    CHECK(end.code == 0);
    if (os::can_die_with_parent()) CHECK(end.survivors == 2);
    CHECK(all_from(alive).empty());
    CHECK(os::end_orphans() == 0);
}

TEST_CASE("a process that has left its group is found where the system can") {
    if (!os::can_die_with_parent()) return;
    os::adopt_orphans();
    os::pipe_ends alive = a_pipe();
    const os::process_id child = in_child([] {
        os::lead_own_group(0);
        if (::fork() == 0) {
            ::setsid();
            if (::fork() == 0) ::pause();
            ::_exit(0);
        }
        ::usleep(50'000);
    });
    CHECK(end_of(child).survivors == 1);
    CHECK(all_from(alive).empty());
}

TEST_CASE("a child dies with its parent where the system can") {
    if (!os::can_die_with_parent()) return;
    os::adopt_orphans();
    os::pipe_ends alive = a_pipe();
    const os::process_id parent = in_child([] {
        const os::process_id own = os::own_process_id();
        if (::fork() == 0) {
            os::die_with_parent(own);
            ::pause();
        }
        ::usleep(50'000);
        os::kill_process(own);
    });
    while (!os::reap_only(parent))
        os::pause_briefly();
    CHECK(all_from(alive).empty());
    os::end_orphans();
}

TEST_CASE("signals are as they were in a new process") {
    os::hold_back_signals();
    os::watch_children();
    const os::process_id child = in_child([] {
        ::raise(SIGHUP);  // held back
        os::restore_signals();
        ::_exit(1);
    });
    const os::process_end end = end_of(child);
    CHECK(end.by_signal);
    CHECK(end.code == SIGHUP);
}

TEST_CASE("a signal that comes before a new process has its signals back still ends it") {
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
        const os::process_id supervisor = in_child([=] {
            os::hold_back_signals();
            os::watch_requests();
            const os::process_id made = in_child([=] {
                ::raise(number);
                os::restore_signals();
            });
            ::_exit(os::wait_for_end(made).code);
        });
        CHECK(end_of(supervisor).code == number);
    }
}

TEST_CASE("output goes where it is sent") {
    os::flush_standard_streams();
    os::pipe_ends out = a_pipe();
    os::pipe_ends err = a_pipe();
    const os::process_id child = in_child([&] {
        os::redirect_output(out.write, err.write);
        std::printf("to out");
        std::fprintf(stderr, "to err");
        os::flush_standard_streams();
    });
    CHECK(end_of(child).code == 0);
    CHECK(all_from(out) == "to out");
    CHECK(all_from(err) == "to err");
}

TEST_CASE("environment variables are set, taken out, and set in place") {
    const auto holds = [](const char* variable) {
        const vector<std::string> all = os::environment();
        return std::find(all.begin(), all.end(), variable) != all.end();
    };
    os::set_environment("CORDON_UNIT", "one");
    CHECK(holds("CORDON_UNIT=one"));
    os::unset_environment("CORDON_UNIT");
    CHECK(::getenv("CORDON_UNIT") == nullptr);
    static char text[] = "CORDON_UNIT=two";
    os::put_environment(text);
    CHECK(holds("CORDON_UNIT=two"));
    text[12] = 'x';
    CHECK(std::string(::getenv("CORDON_UNIT")) == "xwo");
    os::unset_environment("CORDON_UNIT");
}

TEST_CASE("child: says what it was given" * doctest::skip()) {
    const char* given = ::getenv("CORDON_UNIT_GIVEN");
    std::string text = std::string("given ") + (given != nullptr ? given : "nothing");
    text += ::getenv("HOME") != nullptr ? ", home" : ", no home";
    text += os::leads_own_group(os::own_process_id()) ? ", own group" : ", our group";
    char byte;
    text += ::read(STDIN_FILENO, &byte, 1) == 0 ? ", empty input" : ", input";
    const int inherited = given != nullptr ? ::atoi(given) : -1;
    if (::write(inherited, "through", 7) != 7) text += ", not inherited";
    os::write_all(os::descriptor(::dup(STDOUT_FILENO)), text + "\n").ignore();
    os::write_all(os::descriptor(::dup(STDERR_FILENO)), "error").ignore();
    os::leave_now(5);
}

TEST_CASE("this program is started again, in its own group, with what it is given and nothing else") {
    REQUIRE(static_cast<bool>(os::find_self(1, &path_of_self)));
    for (const bool handed_down : {true, false}) {
        os::pipe_ends out = a_pipe();
        os::pipe_ends err = a_pipe();
        os::pipe_ends more = a_pipe();
        os::spawn_request request = request_for("child: says what it was given");
        request.environment = {"CORDON_UNIT_GIVEN=" + std::to_string(more.write.native())};
        request.output = out.write.native();
        request.errors = err.write.native();
        if (handed_down) request.inherited = {more.write.native()};
        const result<os::process_id> made = os::spawn_self(request);
        REQUIRE(static_cast<bool>(made));
        CHECK(end_of(made.value()).code == 5);
        const std::string said = all_from(out);
        CHECK(said.find("given " + std::to_string(more.write.native()) + ", no home, own group, empty input") !=
              std::string::npos);
        CHECK((said.find("not inherited") == std::string::npos) == handed_down);
        CHECK(all_from(err) == "error");
        CHECK(all_from(more) == (handed_down ? "through" : ""));
    }
}

TEST_CASE("the arguments are remembered: those of the process where the system tells them") {
    const char* const arguments[] = {path_of_self, "--list", "x y"};
    REQUIRE(static_cast<bool>(os::find_self(3, arguments)));
    const bool told = !os::command_line_of_process().empty();
    CHECK(told == os::can_die_with_parent());
    if (told) {
        CHECK(os::own_arguments() == os::command_line_of_process());
    } else {
        CHECK(os::own_arguments() == vector<std::string>{path_of_self, "--list", "x y"});
    }
    CHECK(os::self_path() == path_of_self);
    REQUIRE(static_cast<bool>(os::find_self(1, &path_of_self)));
}

TEST_CASE("threads are counted where the system tells") {
    const std::uint32_t count = os::thread_count();
    CHECK(count == (os::can_die_with_parent() ? 1 : 0));
}

TEST_CASE("facts of the machine") {
    CHECK(os::usable_processors() >= 1);
    CHECK(os::system_name() == "linux");
    CHECK_FALSE(os::architecture().empty());
    CHECK_FALSE(os::build_id().empty());
    CHECK(os::entropy() != os::entropy());
    const std::string clock = os::wall_clock_utc();
    CHECK(clock.size() == std::string("2024-05-06T07:08:09.123Z").size());
    CHECK(clock.back() == 'Z');
    CHECK(clock[10] == 'T');
}

TEST_CASE("a memory limit is set for the process") {
    const os::process_id child = in_child([] {
        const std::uint64_t bytes = std::uint64_t{1} << 40;
        struct rlimit before {};
        struct rlimit limited {};
        ::getrlimit(RLIMIT_AS, &before);
        os::limit_memory(bytes);
        ::getrlimit(RLIMIT_AS, &limited);
        if (limited.rlim_cur == bytes && limited.rlim_max == before.rlim_max) ::_exit(3);
    });
    CHECK(end_of(child).code == 3);
}
