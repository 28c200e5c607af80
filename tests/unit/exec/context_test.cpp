#define CORDON_CONFIG_PREFIX_ONLY
#include <doctest/doctest.h>
#include <cordon/cordon.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/exec/in_process.hpp>
#include <cordon/engine/exec/setup_blocks.hpp>
#include <cordon/engine/os/system.hpp>

#include <unistd.h>

#include <atomic>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>

using namespace cordon::engine;
using texts = vector<std::string>;
using wire::finish;

namespace {

/// What a test's body said, and how it ended.
struct attempt {
    wire::finished end;
    vector<failure> failures;
};

void (*body_to_run)() = nullptr;

/// One body for all tests here: its context holds the function to call.
void run_body(const void* context) { (*static_cast<void (*const*)()>(context))(); }

class listener : public exec::outlet {
  public:
    vector<failure> failures;
    std::string passes;  ///< "+name" entered, "." passed, "!" failed, "-" skipped, "?" only looked

  private:
    void put(std::uint8_t type, std::string_view payload) override {
        const cordon::engine::optional<wire::report> said =
            wire::decode<wire::report>({wire::frame_version, type, 0, payload});
        REQUIRE(said.has_value());
        largest = std::max(largest, payload.size());
        if (const auto* failed = said->get_if<wire::failed_assertion>())
            wire::take_failure(failures, wire::failed_assertion(*failed));
        if (const auto* inner = said->get_if<wire::entered>()) passes += "+" + inner->name;
        if (const auto* over = said->get_if<wire::pass_over>()) {
            passes += !over->leaf ? '?' : over->how == finish::passed ? '.' : over->how == finish::failed ? '!' : '-';
            CHECK(over->took >= duration{0});
        }
    }

  public:
    std::size_t largest = 0;
};

attempt run(void (*body)()) {
    static const cordon::detail::test_case registered(run_body, {"t.cpp", 1}, nullptr, nullptr, 0, &body_to_run);
    static std::uint32_t ticket = 0;
    if (!cordon::detail::current_thread.adopted) cordon::detail::adopt_thread();
    body_to_run = body;
    listener heard;
    wire::work_item item;
    item.ticket = ++ticket;
    attempt made;
    made.end = exec::run_attempt(registered, item, heard);
    made.failures = std::move(heard.failures);
    CHECK(made.end.ticket == ticket);
    CHECK(heard.largest < wire::lane_block::journal_capacity - wire::frame_header_size);
    return made;
}

}  // namespace

TEST_CASE("assertions are counted, passed and failed") {
    const attempt got = run([] {
        CORDON_CHECK(1 == 1);
        CORDON_CHECK(1 == 2);
        CORDON_CHECK_FALSE(false);
        CORDON_WARN(1 == 3);
    });
    CHECK(got.end.how == finish::failed);
    CHECK(got.end.assertions == 3);
    CHECK(got.end.failed_assertions == 1);
    REQUIRE(got.failures.size() == 2);
    CHECK(got.failures[0].macro == "CHECK");
    CHECK(got.failures[0].expression == "1 == 2");
    CHECK(got.failures[0].left == "1");
    CHECK(got.failures[0].op == "==");
    CHECK(got.failures[0].right == "2");
    CHECK(got.failures[1].kind == failure_kind::warning);
    CHECK(got.end.started <= got.end.ended);
}

namespace {

void two_and_one_inside() {
    CORDON_SUBCASE("a") { CORDON_CHECK(true); }
    CORDON_SUBCASE("b") {
        CORDON_SUBCASE("c") { CORDON_CHECK(false); }
        CORDON_SUBCASE("d") { CORDON_REQUIRE(true); }
    }
}

std::string passes_of(void (*body)(), wire::leaf_log* log, std::uint32_t ticket) {
    static const cordon::detail::test_case registered(run_body, {"t.cpp", 1}, nullptr, nullptr, 0, &body_to_run);
    if (!cordon::detail::current_thread.adopted) cordon::detail::adopt_thread();
    body_to_run = body;
    listener heard;
    wire::work_item item;
    item.ticket = ticket;
    exec::run_attempt(registered, item, heard, log);
    return heard.passes;
}

}  // namespace

TEST_CASE("passes through subcases are told, and what is over is noted for a process that goes on") {
    const std::unique_ptr<wire::leaf_log> log(new wire::leaf_log());
    CHECK(passes_of(two_and_one_inside, log.get(), 5) == "+a.+b+c!+b+d.");
    CHECK(log->ticket == 0);  // all is over
    CHECK(log->known() == 4);
    CHECK(log->inside == 0);
    const wire::leaf_log& done = *log;
    log->ticket = 6;
    log->count = 1;  // "a"
    CHECK(passes_of(two_and_one_inside, log.get(), 6) == "+b+c!+b+d.");
    log->ticket = 7;
    log->count = 4;
    CHECK(passes_of(two_and_one_inside, log.get(), 7) == "?");
    log->count = 4;
    CHECK(passes_of(two_and_one_inside, log.get(), 8) == "+a.+b+c!+b+d.");  // another attempt
    CHECK(done.known() == 4);
    CHECK(passes_of(two_and_one_inside, nullptr, 9) == "+a.+b+c!+b+d.");
}

TEST_CASE("a test without subcases tells no passes and touches no log") {
    const std::unique_ptr<wire::leaf_log> log(new wire::leaf_log());
    CHECK(passes_of([] { CORDON_CHECK(true); }, log.get(), 3).empty());
    CHECK(log->ticket == 0);
    CHECK(log->known() == 0);
}

TEST_CASE("one test's outcome is not the next one's") {
    CHECK(run([] { CORDON_CHECK(false); }).end.how == finish::failed);
    const attempt got = run([] { CORDON_CHECK(true); });
    CHECK(got.end.how == finish::passed);
    CHECK(got.end.assertions == 1);
    CHECK(got.end.failed_assertions == 0);
}

TEST_CASE("a setup's outcome is not the test's") {
    listener heard;
    exec::context().begin(heard, 0);
    CORDON_CHECK(false);
    CHECK(exec::context().end().how == finish::failed);
    CHECK(run([] { CORDON_CHECK(true); }).end.how == finish::passed);
}

TEST_CASE("a warning fails nothing") {
    const attempt got = run([] { CORDON_WARN(false); });
    CHECK(got.end.how == finish::passed);
    CHECK(got.failures.size() == 1);
}

TEST_CASE("a failed requirement leaves the test") {
    static bool went_on;
    went_on = false;
    const attempt got = run([] {
        CORDON_REQUIRE(1 == 2);
        went_on = true;
    });
    CHECK_FALSE(went_on);
    CHECK(got.failures.size() == 1);
}

TEST_CASE("a skip leaves the test; after a failure it changes nothing") {
    const attempt skipped = run([] { CORDON_SKIP("no network"); });
    CHECK(skipped.end.how == finish::skipped);
    CHECK(skipped.end.reason == "no network");
    const attempt failed = run([] {
        CORDON_CHECK(false);
        CORDON_SKIP("too late");
    });
    CHECK(failed.end.how == finish::failed);
}

TEST_CASE("an exception that leaves the test is a failure, and no assertion") {
    const attempt got = run([] {
        CORDON_INFO("on the way");
        throw std::runtime_error("broken");
    });
    CHECK(got.end.how == finish::failed);
    CHECK(got.end.failed_assertions == 0);
    REQUIRE(got.failures.size() == 1);
    CHECK(got.failures[0].kind == failure_kind::exception);
    CHECK(got.failures[0].message.find("std::runtime_error: broken") != std::string::npos);
    CHECK(got.failures[0].info == texts{"on the way"});
}

// What operator new does where there is no memory. (To ask it for too much ends the process under some sanitizers.)
int* allocate_too_much() {
    while (const std::new_handler handler = std::get_new_handler())
        handler();
    throw std::bad_alloc();
}

bool has_new_handler() { return std::get_new_handler() != nullptr; }

TEST_CASE("an allocation that fails under a memory limit is noted") {
    static std::atomic<std::uint32_t> died{0};
    constexpr std::uint64_t plenty = std::uint64_t{1} << 46;
    const auto run_under = [](std::uint64_t limit, void (*body)()) {
        exec::limit_here.begin(limit, died);
        return run(body).end.out_of_memory;
    };
    CHECK(run_under(plenty, [] { allocate_too_much(); }));
    CHECK(run_under(plenty, [] { CORDON_CHECK(allocate_too_much() != nullptr); }));
    CHECK_FALSE(run_under(plenty, [] { throw std::bad_alloc(); }));
    CHECK_FALSE(run_under(plenty, [] { throw std::runtime_error("x"); }));
    CHECK_FALSE(run_under(plenty, [] {
        try {
            allocate_too_much();
        } catch (const std::bad_alloc&) {
            throw std::bad_array_new_length();
        }
    }));
    CHECK_FALSE(run_under(plenty, [] {
        try {
            allocate_too_much();
        } catch (const std::bad_alloc&) {
            throw std::runtime_error("x");
        }
    }));
    CHECK_FALSE(run_under(0, [] { allocate_too_much(); }));
    CHECK_FALSE(has_new_handler());
    CHECK(died == 0);
}

TEST_CASE("the program's own new-handler is called as without a memory limit") {
    static int calls = 0;
    const std::new_handler own = [] {
        if (++calls == 2) std::set_new_handler(nullptr);
    };
    std::set_new_handler(own);
    static std::atomic<std::uint32_t> died{0};
    exec::limit_here.begin(std::uint64_t{1} << 46, died);
    CHECK(run([] { allocate_too_much(); }).end.out_of_memory);
    CHECK(calls == 2);
    CHECK_FALSE(has_new_handler());
    exec::limit_here.begin(0, died);
}

TEST_CASE("each leaf of the subcases is run, and failures carry their path") {
    const attempt got = run([] {
        CORDON_SUBCASE("a") {
            CORDON_SUBCASE("1") { CORDON_CHECK(false); }
            CORDON_SUBCASE("2") { CORDON_REQUIRE(false); }
        }
        CORDON_SUBCASE("b") { CORDON_CHECK(false); }
    });
    REQUIRE(got.failures.size() == 3);
    CHECK(got.failures[0].subcase == texts{"a", "1"});
    CHECK(got.failures[1].subcase == texts{"a", "2"});
    CHECK(got.failures[2].subcase == texts{"b"});
}

TEST_CASE("info lines in scope come with a failure, outermost first") {
    const attempt got = run([] {
        const int n = 4;
        CORDON_INFO("outer");
        {
            CORDON_CAPTURE(n);
            CORDON_CHECK(n == 5);
        }
        CORDON_CHECK(n == 6);
    });
    REQUIRE(got.failures.size() == 2);
    REQUIRE(got.failures[0].info.size() == 2);
    CHECK(got.failures[0].info[0] == "outer");
    CHECK(got.failures[1].info == texts{"outer"});
}

TEST_CASE("of very many failures the first are kept and the others counted") {
    const attempt got = run([] {
        for (int i = 0; i < 10'000; ++i)
            CORDON_CHECK(i < 0);
    });
    CHECK(got.end.failed_assertions == 10'000);
    CHECK(got.failures.size() == exec::test_context::most_failures);
    CHECK(got.end.failures_dropped == 10'000 - exec::test_context::most_failures);
}

TEST_CASE("large texts are kept at both ends, and their failures stay within bounds") {
    const attempt got = run([] {
        const std::string large(100'000, 'x');
        for (int i = 0; i < 60; ++i)
            CORDON_CHECK(large == "y" + large);
    });
    CHECK(got.end.failed_assertions == 60);
    CHECK(got.failures.size() + got.end.failures_dropped == 60);
    CHECK(got.failures.size() >= 20);
    for (const failure& each : got.failures)
        CHECK(each.left.size() < 33 * 1024);
}

TEST_CASE("the largest failure there can be still fits into the journal") {
    const attempt got = run([] {
        const std::string large(300'000, 'x');
        const std::string name(12'000, 'n');
        CORDON_SUBCASE(name + "1") {
            CORDON_SUBCASE(name + "2") {
                CORDON_INFO(large);
                CORDON_INFO(large);
                CORDON_INFO(large);
                CORDON_INFO("the innermost");
                CORDON_CHECK_MESSAGE(large == large + "y", large);
            }
        }
    });  // run() looks at the size of what was said
    REQUIRE(got.failures.size() == 1);
    CHECK(got.failures[0].info.size() == 4);
    CHECK(got.failures[0].info.back() == "the innermost");
    CHECK(got.failures[0].info.front() == "[... 1 left out ...]");
    CHECK(got.failures[0].subcase.size() == 2);
    CHECK(got.failures[0].subcase.front() == "[... 1 left out ...]");
}

TEST_CASE("which lines are left out where all are too many") {
    const auto bound = [](texts lines, std::size_t most) {
        exec::test_context::bound(lines, most);
        return lines;
    };
    CHECK(bound({}, 0).empty());
    CHECK(bound({"ab", "c"}, 3) == texts{"ab", "c"});
    CHECK(bound({"ab", "c"}, 2) == texts{"[... 1 left out ...]", "c"});
    CHECK(bound({"ab", "c", "de"}, 3) == texts{"[... 1 left out ...]", "c", "de"});
    CHECK(bound({"ab", "cd"}, 1) == texts{"[... 2 left out ...]"});
}

TEST_CASE("assertions of other threads belong to the test") {
    const attempt got = run([] {
        vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([i] {
                for (int k = 0; k < 1000; ++k)
                    CORDON_CHECK(k >= 0);
                if (i == 2) CORDON_CHECK(i == 3);
            });
        }
        for (std::thread& thread : threads)
            thread.join();
    });
    CHECK(got.end.assertions == 4001);
    CHECK(got.end.failed_assertions == 1);
    CHECK(got.failures.size() == 1);
}

TEST_CASE("threads that still run are counted up to now") {
    static std::atomic<bool> go_on;
    static std::thread left;
    go_on = true;
    static std::atomic<int> done;
    done = 0;
    const attempt got = run([] {
        left = std::thread([] {
            for (int k = 0; k < 100; ++k)
                CORDON_CHECK(k >= 0);
            done = 1;
            while (go_on)
                std::this_thread::yield();
        });
        while (done == 0)
            std::this_thread::yield();
    });
    CHECK(got.end.assertions == 100);
    go_on = false;
    left.join();
    CHECK(run([] {}).end.assertions == 0);
}

TEST_CASE("a copy of the process is told from the test's own") {
    CHECK(run([] {}).end.how == finish::passed);
    CHECK(exec::context().in_own_process());
    if (!os::can_fork()) return;
    const result<os::process_id> child = os::fork_process();
    REQUIRE(static_cast<bool>(child));
    if (child.value() == 0) os::leave_now(exec::context().in_own_process() ? 1 : 0);
    cordon::engine::optional<os::process_end> end;
    while (!(end = os::reap(child.value())))
        os::pause_briefly();
    CHECK(end->code == 0);
}

TEST_CASE("setup blocks run until one does not succeed") {
    static std::string trace;
    trace.clear();
    static const cordon::detail::setup good([] { trace += "good "; }, {"s.cpp", 1}, nullptr);
    static const cordon::detail::setup bad(
        [] {
            trace += "bad ";
            CORDON_REQUIRE(1 == 2);
        },
        {"s.cpp", 2}, nullptr);
    static const cordon::detail::setup skipping([] { CORDON_SKIP("not here"); }, {"s.cpp", 3}, nullptr);
    listener heard;
    CHECK(exec::run_setups({&good, &good}, heard, 0));
    CHECK(heard.failures.empty());
    CHECK_FALSE(exec::run_setups({&good, &bad, &good}, heard, 0));
    CHECK(trace == "good good good bad ");
    REQUIRE(heard.failures.size() == 1);
    CHECK(heard.failures[0].macro == "REQUIRE");
    CHECK_FALSE(exec::run_setups({&skipping}, heard, 0));
}
