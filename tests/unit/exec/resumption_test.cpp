#include <doctest/doctest.h>
#include <cordon/engine/exec/resumption.hpp>
#include <cordon/engine/os/system.hpp>

#include <memory>

using namespace cordon::engine;
using exec::resumption;

namespace {

struct fixture {
    std::unique_ptr<wire::leaf_log> leaves{new wire::leaf_log()};
    resumption rest;
    wire::work_item item;
    wire::ended end;

    fixture() {
        item.ticket = 7;
        end.ticket = 7;
        leaves->ticket = 7;
    }
    /// The process has ended inside of that subcase.
    bool goes_on(std::uint64_t inside) {
        leaves->inside = inside;
        const bool yes = rest.take(item, end, *leaves);
        CHECK(rest.waits() == yes);
        if (yes) {
            CHECK(rest.batch().front().ticket == 7);
            CHECK_FALSE(rest.waits());
        }
        return yes;
    }
};

}  // namespace

TEST_CASE("a test goes on after each subcase that ends its process, a bounded number of times") {
    fixture f;
    for (std::uint32_t i = 0; i < resumption::most; ++i) {
        CHECK(f.goes_on(100 + i));
        CHECK(f.leaves->known() == i + 1);
        CHECK(f.leaves->done[i] == 100 + i);
    }
    CHECK_FALSE(f.goes_on(1000));
}

TEST_CASE("each attempt has that number anew") {
    fixture f;
    for (std::uint32_t i = 0; i < resumption::most; ++i)
        CHECK(f.goes_on(100 + i));
    f.item.ticket = 8;
    f.leaves->ticket = 8;
    f.leaves->count = 0;
    f.leaves->inside = 1;
    CHECK(f.rest.take(f.item, f.end, *f.leaves));
}

TEST_CASE("less often after a time limit") {
    fixture f;
    CHECK(f.goes_on(1));
    f.end.why = wire::stopped_by::timeout;
    for (std::uint32_t i = 0; i < resumption::most_after_time_limit; ++i)
        CHECK(f.goes_on(100 + i));
    CHECK_FALSE(f.goes_on(1000));
}

TEST_CASE("not where nothing has come of the process") {
    fixture f;
    CHECK_FALSE(f.goes_on(0));
    CHECK(f.goes_on(1));
    CHECK_FALSE(f.goes_on(0));
}

TEST_CASE("but where a subcase was over and what follows it ended the process") {
    fixture f;
    f.leaves->note_done(5);
    CHECK(f.goes_on(0));
}

TEST_CASE("not where the run has ended it, nor for another test, nor in a copy of a process") {
    for (const wire::stopped_by why : {wire::stopped_by::cancelled, wire::stopped_by::start_limit}) {
        fixture f;
        f.end.why = why;
        CHECK_FALSE(f.goes_on(1));
    }
    fixture other;
    other.leaves->ticket = 6;
    CHECK_FALSE(other.goes_on(1));
    fixture copy;
    copy.item.snapshot = true;
    CHECK_FALSE(copy.goes_on(1));
}

TEST_CASE("not where there is no room to remember what is done") {
    fixture f;
    for (std::uint32_t i = 0; i < wire::leaf_log::capacity; ++i)
        f.leaves->note_done(i);
    CHECK_FALSE(f.goes_on(1));
    f.leaves->count = 0xFFFFFFFFu;  // a test wrote over it
    CHECK(f.leaves->known() == wire::leaf_log::capacity);
    f.leaves->note_done(1);
}

TEST_CASE("one that will not begin is cancelled") {
    fixture f;
    f.leaves->inside = 1;
    CHECK(f.rest.take(f.item, f.end, *f.leaves));
    const wire::ended told = f.rest.give_up();
    CHECK(told.ticket == 7);
    CHECK(told.why == wire::stopped_by::cancelled);
    CHECK_FALSE(told.goes_on);
    CHECK_FALSE(f.rest.waits());
}
