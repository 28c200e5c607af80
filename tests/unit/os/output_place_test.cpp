#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

using namespace cordon::engine;
using ms = std::chrono::milliseconds;

namespace {

struct two_ends {
    explicit two_ends(bool socket) {
        int ends[2];
        REQUIRE((socket ? ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : ::pipe(ends)) == 0);
        read = ends[0];
        write = ends[1];
    }
    ~two_ends() {
        if (read >= 0) ::close(read);
    }
    int read;
    int write;
};

os::write_patience patience_of(duration room) {
    os::write_patience patience;
    patience.for_room = room;
    return patience;
}

// With the signals that the action raises, in a process of its own; its exit code.
template <class Action>
int in_child(Action action) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(60);
        ::_exit(action());
    }
    int state = 0;
    REQUIRE(::waitpid(child, &state, 0) == child);
    return WIFEXITED(state) ? WEXITSTATUS(state) : -WTERMSIG(state);
}

const std::string too_much(4 * 1024 * 1024, 'x');
const std::string unread = "write it: nobody reads what is written there";

}  // namespace

TEST_CASE("a reader that does not read is an error when the patience is over") {
    for (const bool socket : {false, true}) {
        for (const bool own : {false, true}) {
            const two_ends ends(socket);
            if (own) ::fcntl(ends.write, F_SETFL, O_NONBLOCK);
            os::output_place place(os::descriptor(ends.write), "it", own);
            const status written = place.write(too_much, patience_of(ms(20)));
            REQUIRE_FALSE(static_cast<bool>(written));
            CHECK(os::describe(written.failure()) == unread);
        }
    }
}

TEST_CASE("a slow reader gets all of it") {
    for (const bool socket : {false, true}) {
        const two_ends ends(socket);
        const pid_t reader = ::fork();
        if (reader == 0) {
            ::close(ends.write);
            char part[10'000];
            std::size_t got = 0;
            for (ssize_t n = 0; (n = ::read(ends.read, part, sizeof part)) > 0;)
                got += static_cast<std::size_t>(n);
            ::_exit(got == too_much.size() ? 0 : 1);
        }
        {
            os::output_place place(os::descriptor(ends.write), "it", false);
            CHECK(static_cast<bool>(place.write(too_much, os::endless_patience())));
        }
        int state = 0;
        REQUIRE(::waitpid(reader, &state, 0) == reader);
        CHECK(state == 0);
    }
}

TEST_CASE("a reader that goes away is an error, not a signal") {
    for (const bool socket : {false, true}) {
        CHECK(in_child([socket] {
                  two_ends ends(socket);
                  ::close(ends.read);
                  os::output_place place(os::descriptor(ends.write), "it", false);
                  const status written = place.write("x", {});
                  if (written || written.failure().code != EPIPE) return 1;
                  ::raise(SIGPIPE);  // still the program's own
                  return 2;
              }) == -SIGPIPE);
    }
}

TEST_CASE(
    "a signal that cancels ends the wait a second later, two of them at once, and both are still there to be taken") {
    for (const int signals : {1, 2}) {
        CHECK(in_child([signals] {
                  os::hold_back_signals();
                  os::watch_cancellation();
                  const two_ends ends(false);
                  const pid_t parent = ::getpid();
                  if (::fork() == 0) {
                      for (int i = 0; i < signals; ++i) {
                          ::usleep(50'000);
                          ::kill(parent, i == 0 ? SIGTERM : SIGINT);
                      }
                      ::_exit(0);
                  }
                  os::output_place place(os::descriptor(ends.write), "it", false);
                  const status written = place.write(too_much, os::endless_patience());
                  int count = 0;
                  if (written || os::describe(written.failure()) != unread) return 1;
                  if (os::take_cancellation(count) != (signals == 1 ? SIGTERM : SIGINT)) return 2;
                  return count == signals ? 0 : 3;
              }) == 0);
    }
}

TEST_CASE("the end of the run's time ends the wait") {
    const two_ends ends(false);
    os::output_place place(os::descriptor(ends.write), "it", false);
    os::write_patience endless = os::endless_patience();
    endless.until = now() - std::chrono::hours(1);
    const instant before = now();
    const status written = place.write(too_much, endless);
    REQUIRE_FALSE(static_cast<bool>(written));
    CHECK(os::describe(written.failure()) == unread);
    CHECK(now() - before < std::chrono::seconds(30));
}

TEST_CASE("how long a wait may last") {
    const instant at = now();
    CHECK_FALSE(os::end_of_patience(at, duration{0}, {}).has_value());
    CHECK(*os::end_of_patience(at, ms(5), {}) == at + ms(5));
    CHECK(*os::end_of_patience(at, duration{0}, at + ms(5)) == at + ms(1005));
    CHECK(*os::end_of_patience(at, ms(5), at - ms(5)) == at + ms(5));
    CHECK(*os::end_of_patience(at, duration{0}, at - std::chrono::hours(1)) == at + ms(1000));
}
