#include <doctest/doctest.h>
#include <cordon/engine/run/hang.hpp>

#include <string>

using namespace cordon::engine;
using run::looked_at;

namespace {

constexpr duration second = std::chrono::seconds(1);

stack_frame frame(const std::string& function, const std::string& file = {}, std::uint32_t line = 0) {
    stack_frame made;
    made.function = function;
    made.file = file;
    made.line = line;
    return made;
}

looked_at thread(std::int64_t number, int cpu_percent, bool moved, vector<stack_frame> frames, bool waits = false,
                 const std::string& call = {}, std::int64_t holder = 0) {
    looked_at made;
    made.now.thread = number;
    made.now.cpu = second * cpu_percent / 100;
    made.now.frames = std::move(frames);
    made.moved = moved;
    made.waits = waits;
    made.call = call;
    made.holder = holder;
    return made;
}

const vector<stack_frame> in_lock = {frame("__lll_lock_wait", "./nptl/lowlevellock.c", 49),
                                     frame("pthread_mutex_lock", "./nptl/pthread_mutex_lock.c", 93),
                                     frame("std::mutex::lock()", "/usr/include/c++/12/bits/std_mutex.h", 100),
                                     frame("save(account&)", "bank.cpp", 12), frame("the test", "t.cpp", 7)};
const vector<stack_frame> in_join = {frame("__futex_abstimed_wait_common64", "./nptl/futex-internal.c", 57),
                                     frame("__pthread_clockjoin_ex", "./nptl/pthread_join_common.c", 105),
                                     frame("std::thread::join()"), frame("finish(pool&)", "pool.cpp", 12)};
const vector<stack_frame> in_work = {frame("work(int)", "work.cpp", 3), frame("the test", "t.cpp", 7)};

}  // namespace

TEST_CASE("a thread that waits for a processor is as busy as it would like to be") {
    looked_at starved = thread(1, 10, false, in_work);
    starved.queued = second * 80 / 100;
    CHECK(run::explain_hang({starved}, second) == "spin: an endless loop in work");
    CHECK(run::describe_thread(starved, second) == "runs, always in the same calls");
    starved.moved = true;
    CHECK(run::explain_hang({starved}, second) == "slow: still at work in work");
    starved.silent = true;
    CHECK(run::explain_hang({starved}, second) == "busy: it runs all the time in work");
    starved.now.frames.clear();
    CHECK(run::explain_hang({starved}, second) == "busy: it runs all the time");
}

TEST_CASE("a thread that has not waited since is busy, however little time the machine gave it") {
    looked_at starved = thread(1, 1, false, in_work);
    starved.never_waits = true;
    CHECK(run::explain_hang({starved}, second) == "spin: an endless loop in work");
    starved.moved = true;
    CHECK(run::explain_hang({starved}, second) == "slow: still at work in work");
}

TEST_CASE("a thread that is stopped neither runs nor waits") {
    looked_at stopped = thread(1, 90, true, in_work);
    stopped.stopped = true;
    CHECK(run::describe_thread(stopped, second) == "is stopped");
}

TEST_CASE("a function is told by its name alone") {
    CHECK(cordon::engine::run::without_arguments("(anonymous namespace)::spin()") == "spin");
    CHECK(cordon::engine::run::without_arguments("a::(anonymous namespace)::b::c(int (*)())") == "a::b::c");
    CHECK(cordon::engine::run::without_arguments("less::operator()(int, int) const") == "less::operator()");
    CHECK(cordon::engine::run::without_arguments("main") == "main");
}

TEST_CASE("why a test hangs") {
    struct row {
        const char* what;
        vector<looked_at> threads;
        const char* expected;
    };
    const row table[] = {
        {"nothing was seen", {}, ""},
        {"a lock that the thread holds itself",
         {thread(1, 0, false, in_lock, true, "futex", 1)},
         "deadlock: thread 1 waits for a lock that it holds itself"},
        {"two in a circle",
         {thread(1, 0, false, in_lock, true, "futex", 2), thread(2, 0, false, in_lock, true, "futex", 1)},
         "deadlock: threads 1 and 2 each wait for a lock that another one of them holds"},
        {"three in a circle, one outside of it",
         {thread(9, 0, false, in_lock, true, "futex", 1), thread(1, 0, false, in_lock, true, "futex", 2),
          thread(2, 0, false, in_lock, true, "futex", 3), thread(3, 0, false, in_lock, true, "futex", 1)},
         "deadlock: threads 1, 2 and 3 each wait for a lock that another one of them holds"},
        {"a circle that another thread's work has nothing to do with",
         {thread(5, 100, false, in_work), thread(1, 0, false, in_lock, true, "futex", 2),
          thread(2, 0, false, in_lock, true, "futex", 1)},
         "deadlock: threads 1 and 2 each wait for a lock that another one of them holds"},
        {"always the same calls, much time", {thread(1, 98, false, in_work)}, "spin: an endless loop in work"},
        {"calls that change, much time", {thread(1, 98, true, in_work)}, "slow: still at work in work"},
        {"waits for one that works: the work counts",
         {thread(1, 0, false, in_lock, true, "futex", 2), thread(2, 90, true, in_work)},
         "slow: still at work in work"},
        {"a lock whose holder is not known",
         {thread(1, 0, false, in_lock, true, "futex")},
         "deadlock: for a lock in save, and nobody runs"},
        {"a call that does not return",
         {thread(1, 0, false, {frame("read", "./io/read.c", 26), frame("load()", "load.cpp", 5)}, true, "read")},
         "blocked: it waits in read in load"},
        {"a condition",
         {thread(1, 0, false, {frame("pthread_cond_wait"), frame("get()", "queue.cpp", 5)}, true, "futex")},
         "blocked: it waits for a condition variable in get"},
        {"a thread",
         {thread(1, 0, false, {frame("__pthread_clockjoin_ex")}, true, "futex")},
         "blocked: it waits for a thread to end"},
        {"a thread, and a word that is no thread's number",
         {thread(1, 0, false, in_join, true, "futex", 1255397792)},
         "blocked: it waits for a thread to end in finish"},
        {"a thread, and a word that happens to be its own number",
         {thread(1, 0, false, in_join, true, "futex", 1)},
         "blocked: it waits for a thread to end in finish"},
        {"a condition, and a word that happens to be another thread's number",
         {thread(1, 0, false, {frame("pthread_cond_wait"), frame("get()", "queue.cpp", 5)}, true, "futex", 2),
          thread(2, 0, false, in_join, true, "futex", 1)},
         "blocked: it waits for a condition variable in get"},
        {"a word that is no thread's number, and no names",
         {thread(1, 0, false, {frame(""), frame("")}, true, "futex", 77)},
         "blocked: it waits in futex"},
        {"a lock, and a word that is no thread's number",
         {thread(1, 0, false, in_lock, true, "futex", 77)},
         "deadlock: for a lock in save, and nobody runs"},
        {"code of the program's that is named as a lock",
         {thread(1, 0, false, {frame("read"), frame("rwlock_test()", "t.cpp", 5)}, true, "read")},
         "blocked: it waits in read in rwlock_test"},
        {"moves, with little time",
         {thread(1, 3, true, in_work, true, "sleep")},
         "slow: it moves, but has used little processor time"},
    };
    for (const row& each : table) {
        CAPTURE(each.what);
        vector<looked_at> threads = each.threads;
        run::forget_false_holders(threads);
        CHECK(run::explain_hang(threads, second) == each.expected);
    }
}

TEST_CASE("a circle of many threads is found, and one that leads nowhere does no harm") {
    vector<looked_at> threads;
    for (std::int64_t i = 1; i <= 40; ++i)
        threads.push_back(thread(i, 0, false, in_lock, true, "futex", i == 40 ? 20 : i + 1));
    const std::string text = run::explain_hang(threads, second);
    CHECK(text.find("deadlock: threads 20, 21, ") == 0);
    threads.back().holder = 77;  // none that was seen
    CHECK(run::explain_hang(threads, second).find("deadlock: for a lock") == 0);
}
