#include <doctest/doctest.h>
#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/subcase_tree.hpp>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <string>

using cordon::engine::exec::subcase_tree;
using texts = cordon::engine::vector<std::string>;

namespace {

struct thrown {};

/// Runs a body as a test process does, pass after pass, and writes down the path of each leaf that was left, "-" for a
/// pass that entered nothing.
class passes {
  public:
    class block {
      public:
        block(passes& of, std::string_view name, unsigned line)
            : of_(of), unwinding_before_(std::uncaught_exceptions()), entered_(of.tree_.reach(name, "t.cpp", line)) {
            if (entered_) of_.deepest_ = joined(of_.tree_.path());
        }
        ~block() {
            if (entered_) of_.tree_.leave(std::uncaught_exceptions() > unwinding_before_);
        }
        block(const block&) = delete;
        block& operator=(const block&) = delete;
        explicit operator bool() const { return entered_; }

      private:
        passes& of_;
        int unwinding_before_;
        bool entered_;
    };

    template <class Body>
    static texts of(Body body) {
        passes run;
        texts leaves;
        do {
            run.tree_.begin_pass();
            run.deepest_ = "-";
            try {
                body(run);
            } catch (const thrown&) {
            }
            CHECK(run.tree_.path().empty());
            leaves.push_back(run.deepest_);
            REQUIRE(leaves.size() < 50);
        } while (run.tree_.wants_another_pass());
        return leaves;
    }

    static std::string joined(const texts& names) {
        std::string text;
        for (const std::string& name : names)
            text += (text.empty() ? "" : "/") + name;
        return text;
    }

    subcase_tree tree_;
    std::string deepest_;
};

std::string joined_path(const subcase_tree& tree) {
    const texts path = tree.path();
    return path.empty() ? "-" : passes::joined(path);
}

}  // namespace

static unsigned values_reached = 0;

/// Enters the next value, as GENERATE does; `count` there are. 0: all are done.
static unsigned value(subcase_tree& tree, unsigned count, unsigned line) {
    const std::uint64_t place = subcase_tree::place_of(line, 0);
    bool has_next = false;
    if (const unsigned used = tree.value_in_use("t.cpp", place, has_next)) return used;
    for (unsigned each = 1 + tree.reach_done_values("t.cpp", place); each <= count; ++each) {
        ++values_reached;
        if (!tree.reach_value("t.cpp", place, each)) continue;
        tree.enter_value();
        tree.expect_value("t.cpp", place, each + 1);
        tree.name_value(std::to_string(each));
        each == count ? tree.close_values() : tree.announce_value();
        return each;
    }
    return 0;
}

#define BLOCK(run, name) if (const passes::block CORDON_UNIQUE(block){run, name, __LINE__})

TEST_CASE("a test without subcases runs once") {
    CHECK(passes::of([](passes&) {}) == texts{"-"});
    CHECK(passes::of([](passes&) { throw thrown(); }) == texts{"-"});
}

TEST_CASE("each leaf gets a pass of its own, in order") {
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "a") {}
              BLOCK(run, "b") {}
              BLOCK(run, "c") {}
          }) == texts{"a", "b", "c"});
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "a") {
                  BLOCK(run, "1") {}
                  BLOCK(run, "2") {
                      BLOCK(run, "x") {}
                      BLOCK(run, "y") {}
                  }
              }
              BLOCK(run, "b") {}
              BLOCK(run, "c") {
                  BLOCK(run, "1") {}
              }
          }) == texts{"a/1", "a/2/x", "a/2/y", "b", "c/1"});
}

TEST_CASE("a loop with distinct names is one subcase an iteration") {
    CHECK(passes::of([](passes& run) {
              for (const char* name : {"one", "two", "three"})
                  BLOCK(run, name) {
                      BLOCK(run, "x") {}
                      BLOCK(run, "y") {}
                  }
          }) == texts{"one/x", "one/y", "two/x", "two/y", "three/x", "three/y"});
}

TEST_CASE("the same name on another line is another subcase") {
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "same") {}
              BLOCK(run, "same") {}
          }) == texts{"same", "same"});
}

TEST_CASE("the same subcase met again is a subcase of its own, with a number") {
    CHECK(passes::of([](passes& run) {
              for (int i = 0; i < 3; ++i)
                  BLOCK(run, "same") {}
          }) == texts{"same", "same #2", "same #3"});
    CHECK(passes::of([](passes& run) {
              for (int i = 0; i < 2; ++i)
                  for (const char* name : {"a", "b"})
                      BLOCK(run, name) {}
          }) == texts{"a", "b", "a #2", "b #2"});
    CHECK(passes::of([](passes& run) {
              for (int i = 0; i < 3; ++i)
                  BLOCK(run, "") {}
          }) == texts{"", "#2", "#3"});
}

#define TWO_ON_ONE_LINE(run) \
    BLOCK(run, "both") {}    \
    BLOCK(run, "both") {}    \
    BLOCK(run, "other") {}

TEST_CASE("two on one line are two") {
    CHECK(passes::of([](passes& run) { TWO_ON_ONE_LINE(run) }) == texts{"both", "both #2", "other"});
}

TEST_CASE("numbers count within one parent") {
    CHECK(passes::of([](passes& run) {
              for (int i = 0; i < 2; ++i)
                  BLOCK(run, "outer") {
                      for (int k = 0; k < 2; ++k)
                          BLOCK(run, "inner") {}
                  }
          }) == texts{"outer/inner", "outer/inner #2", "outer #2/inner", "outer #2/inner #2"});
}

TEST_CASE("a helper that calls itself meets subcases one inside the other") {
    struct recursion {
        static void go(passes& run, int depth) {
            if (depth == 0) return;
            BLOCK(run, "left") { go(run, depth - 1); }
            BLOCK(run, "right") { go(run, depth - 1); }
        }
    };
    CHECK(passes::of([](passes& run) { recursion::go(run, 2); }) ==
          texts{"left/left", "left/right", "right/left", "right/right"});
}

TEST_CASE("a name that looks like a number is another subcase") {
    int entered = 0;
    CHECK(passes::of([&](passes& run) {
              for (const char* name : {"a", "a #2", "a", "a"})
                  BLOCK(run, name) { ++entered; }
          }).size() == 4);
    CHECK(entered == 4);
}

TEST_CASE("names in another order in each pass") {
    int pass = 0;
    texts leaves = passes::of([&](passes& run) {
        const char* names[] = {"a", "b", "c", "a"};
        for (int i = 0; i < 4; ++i)
            BLOCK(run, names[(i + pass) % 4]) {}
        ++pass;
    });
    std::sort(leaves.begin(), leaves.end());
    CHECK(leaves == texts{"a", "a #2", "b", "c"});
}

TEST_CASE("numbered subcases that throw") {
    CHECK(passes::of([](passes& run) {
              for (int i = 0; i < 3; ++i)
                  BLOCK(run, "same") { throw thrown(); }
          }) == texts{"same", "same #2", "same #3", "-"});
}

TEST_CASE("blocks of a function that several subcases call are apart") {
    const auto shared = [](passes& run) {
        BLOCK(run, "x") {}
        BLOCK(run, "y") {}
    };
    CHECK(passes::of([&](passes& run) {
              BLOCK(run, "a") { shared(run); }
              BLOCK(run, "b") { shared(run); }
          }) == texts{"a/x", "a/y", "b/x", "b/y"});
}

TEST_CASE("subcases that only some passes reach are found") {
    int count = 0;
    CHECK(passes::of([&](passes& run) {
              ++count;
              BLOCK(run, "a") {}
              if (count == 2) BLOCK(run, "late") {
                  }
              BLOCK(run, "b") {}
          }) == texts{"a", "late", "b"});
}

TEST_CASE("a subcase left by an exception is over; what stands behind it gets its pass") {
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "a") { throw thrown(); }
              BLOCK(run, "b") {}
              BLOCK(run, "c") { throw thrown(); }
          }) == texts{"a", "b", "c", "-"});
}

TEST_CASE("an exception hides siblings at every depth, and they are looked for") {
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "a") {
                  BLOCK(run, "1") { throw thrown(); }
                  BLOCK(run, "2") { throw thrown(); }
                  BLOCK(run, "3") {}
              }
              BLOCK(run, "b") {}
          }) == texts{"a/1", "a/2", "a/3", "b"});
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "a") {
                  BLOCK(run, "1") { throw thrown(); }
              }
              BLOCK(run, "b") {}
          }) == texts{"a/1", "a", "b"});
}

TEST_CASE("an exception behind the subcases ends: the passes do not go on forever") {
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "a") {
                  BLOCK(run, "1") {}
                  BLOCK(run, "2") {}
                  throw thrown();
              }
              BLOCK(run, "b") {}
          }).size() <= 5);
    CHECK(passes::of([](passes& run) {
              BLOCK(run, "a") {}
              throw thrown();
          }) == texts{"a"});
    CHECK(passes::of([](passes& run) {
              for (int i = 0; i < 5; ++i)
                  BLOCK(run, std::to_string(i)) { throw thrown(); }
          }) == texts{"0", "1", "2", "3", "4", "-"});
}

TEST_CASE("names may hold any bytes") {
    const std::string odd("a\0b", 3);
    CHECK(passes::of([&](passes& run) {
              for (const std::string& name : {odd, std::string("a"), std::string(), std::string("a/b")})
                  BLOCK(run, name) {}
          }) == texts{odd, "a", "", "a/b"});
}

TEST_CASE("the path names what is entered now") {
    subcase_tree tree;
    tree.begin_pass();
    CHECK(tree.path().empty());
    CHECK(tree.reach("outer", "t.cpp", 1));
    CHECK(tree.reach("inner", "t.cpp", 2));
    CHECK(tree.path() == texts{"outer", "inner"});
    CHECK(tree.reach("innermost", "t.cpp", 3));
    tree.leave(false);
    CHECK(tree.path() == texts{"outer", "inner"});
    tree.leave(false);
    CHECK_FALSE(tree.reach("sibling", "t.cpp", 4));
    tree.leave(false);
    CHECK(tree.path().empty());
    CHECK(tree.wants_another_pass());
    tree.clear();
    tree.begin_pass();
    CHECK_FALSE(tree.wants_another_pass());
}

TEST_CASE("however many subcases there are, meeting one again is a comparison and no search") {
    for (const int count : {100, 1000}) {
        int entered = 0;
        passes run;
        do {
            run.tree_.begin_pass();
            for (int i = 0; i < count; ++i)
                BLOCK(run, i % 2 == 0 ? "even" : std::to_string(i)) { ++entered; }
            run.tree_.end_pass();
        } while (run.tree_.wants_another_pass());
        CHECK(entered == count);
        CHECK(run.tree_.lookups() == static_cast<std::uint64_t>(count));
    }
}

TEST_CASE("values are entered one after another, in all combinations, with the blocks behind them") {
    subcase_tree tree;
    texts paths;
    do {
        tree.begin_pass();
        const unsigned outer = value(tree, 2, 1);
        CHECK(value(tree, 2, 1) == outer);
        if (outer == 1) value(tree, 3, 2);
        if (outer == 2 && tree.reach("block", "t.cpp", 3)) tree.leave(false);
        paths.push_back(joined_path(tree));
        CHECK(tree.is_on_value());
        while (tree.depth() != 0)
            tree.leave(false);
        tree.end_pass();
        REQUIRE(paths.size() < 10);
    } while (tree.wants_another_pass());
    CHECK(paths == texts{"1/1", "1/2", "1/3", "2"});
    CHECK(tree.unfinished().empty());
}

TEST_CASE("a pass reaches the values of earlier passes all at once") {
    constexpr unsigned count = 500;
    subcase_tree tree;
    unsigned used = 0;
    values_reached = 0;
    do {
        tree.begin_pass();
        if (tree.reach("before", "t.cpp", 1)) tree.leave(false);
        used += value(tree, count, 2);
        while (tree.depth() != 0)
            tree.leave(false);
        tree.end_pass();
    } while (tree.wants_another_pass());
    CHECK(used == count * (count + 1) / 2);
    CHECK(values_reached < 3 * count);
    CHECK(tree.unfinished().empty());
}

TEST_CASE("a value left by an exception does not hide the next one") {
    subcase_tree tree;
    texts paths;
    do {
        tree.begin_pass();
        if (value(tree, 3, 1) == 2 && tree.reach("block", "t.cpp", 2)) tree.leave(true);
        paths.push_back(joined_path(tree));
        while (tree.depth() != 0)
            tree.leave(true);
        tree.end_pass();
        REQUIRE(paths.size() < 10);
    } while (tree.wants_another_pass());
    CHECK(paths == texts{"1", "2", "2", "3"});
}
