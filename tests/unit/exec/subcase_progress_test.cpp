#include <doctest/doctest.h>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/subcase_tree.hpp>
#include <string>

// Passes that do not get to the blocks that are still open.

using cordon::engine::exec::subcase_tree;
using names = cordon::engine::vector<std::string>;

namespace {

constexpr int too_many = 20;

bool enter(subcase_tree& tree, names& seen, const char* name) {
    if (!tree.reach(name, "t.cpp", 1)) return false;
    seen.emplace_back(name);
    return true;
}

/// Names of the entered blocks, in order. `body` is told which pass it is, from 0.
template <class Body>
names passes_of(Body body) {
    subcase_tree tree;
    names seen;
    int pass = 0;
    do {
        tree.begin_pass();
        body(tree, seen, pass);
        tree.end_pass();
        REQUIRE(++pass < too_many);
    } while (tree.wants_another_pass());
    return seen;
}

}  // namespace

TEST_CASE("blocks that a later pass never reaches end the test") {
    CHECK(passes_of([](subcase_tree& tree, names& seen, int pass) {
              if (pass != 0) return;  // something before them fails, say
              for (const char* name : {"a", "b", "c"}) {
                  if (enter(tree, seen, name)) tree.leave(false);
              }
          }) == names{"a"});
}

TEST_CASE("so do nested ones") {
    CHECK(passes_of([](subcase_tree& tree, names& seen, int pass) {
              if (!enter(tree, seen, "outer")) return;
              for (const char* name : {"a", "b"}) {
                  if (pass == 0 && enter(tree, seen, name)) tree.leave(false);
              }
              tree.leave(false);
          }) == names{"outer", "a", "outer"});
}

TEST_CASE("a block left by a jump, which runs no destructor, counts as left") {
    CHECK(passes_of([](subcase_tree& tree, names& seen, int) {
              if (enter(tree, seen, "a")) return;
              if (enter(tree, seen, "b")) tree.leave(false);
              if (enter(tree, seen, "c")) return;
          }) == names{"a", "b", "c"});
}

namespace {

/// The path to what a test would be failed for, "" if it would not.
template <class Body>
std::string unfinished_of(Body body) {
    subcase_tree tree;
    int pass = 0;
    do {
        tree.begin_pass();
        body(tree, pass);
        tree.end_pass();
        REQUIRE(++pass < 200);
    } while (tree.wants_another_pass());
    std::string path;
    for (const std::string& name : tree.unfinished())
        path += "/" + name;
    return path;
}

void run(subcase_tree& tree, const std::string& name) {
    if (tree.reach(name, "t.cpp", 1)) tree.leave(false);
}

}  // namespace

TEST_CASE("a block that was met and did not run is known at the end") {
    CHECK(unfinished_of([](subcase_tree&, int) {}).empty());
    CHECK(unfinished_of([](subcase_tree& tree, int) {
              for (const char* name : {"a", "b", "b"})
                  run(tree, name);
          }).empty());
    CHECK(unfinished_of([](subcase_tree& tree, int pass) {
              for (const char* name : {"a", "b"})
                  if (pass == 0) run(tree, name);
          }) == "/b");
    CHECK(unfinished_of([](subcase_tree& tree, int pass) {
              if (!tree.reach("outer", "t.cpp", 2)) return;
              for (const char* name : {"a", "b"})
                  if (pass == 0) run(tree, name);
              tree.leave(false);
          }) == "/outer/b");
}

TEST_CASE("fewer meetings in a later pass leave some without their turn") {
    CHECK(unfinished_of([](subcase_tree& tree, int pass) {
              for (int i = 0; i < 4 - pass; ++i)
                  run(tree, "same");
          }) == "/same #3");
}

TEST_CASE("more meetings in a later pass all get their turn") {
    int entered = 0;
    CHECK(unfinished_of([&](subcase_tree& tree, int pass) {
              for (int i = 0; i < 2 + (pass < 3 ? pass : 3); ++i)
                  if (tree.reach("same", "t.cpp", 1)) {
                      ++entered;
                      tree.leave(false);
                  }
          }).empty());
    CHECK(entered == 5);
}

TEST_CASE("blocks that only stand where another one was entered") {
    CHECK(unfinished_of([](subcase_tree& tree, int) {
              bool first = false;
              if (tree.reach("first", "t.cpp", 1)) {
                  first = true;
                  tree.leave(false);
              }
              run(tree, "second");
              if (first) run(tree, "after the first");
          }) == "/after the first");
}

TEST_CASE("names that are never the same come to an end") {
    int number = 0;
    CHECK_FALSE(unfinished_of([&](subcase_tree& tree, int) {
                    for (int i = 0; i < 3; ++i)
                        run(tree, std::to_string(number++));
                }).empty());
}

TEST_CASE("a tree that is told what is over skips it, and knows it by the same identities") {
    cordon::engine::vector<std::uint64_t> over;
    const auto body = [&](subcase_tree& tree, names& seen, bool note) {
        for (int i = 0; i < 2; ++i) {
            if (!tree.reach("outer", "t.cpp", 1)) continue;
            for (int k = 0; k < 3; ++k) {
                if (!tree.reach("inner", "t.cpp", 2)) continue;
                seen.push_back(tree.name_at(0) + "/" + tree.name_at(1));
                const std::uint64_t id = tree.identity();
                if (tree.leave(false) && note) over.push_back(id);
            }
            const std::uint64_t id = tree.identity();
            if (tree.leave(false) && note) over.push_back(id);
        }
    };
    subcase_tree first;
    names seen;
    for (int pass = 0; pass < 2; ++pass) {
        first.begin_pass();
        body(first, seen, true);
        first.end_pass();
    }
    CHECK(seen == names{"outer/inner", "outer/inner #2"});

    subcase_tree second;
    second.skip(over.data(), over.size());
    seen.clear();
    do {
        second.begin_pass();
        body(second, seen, false);
        second.end_pass();
    } while (second.wants_another_pass());
    CHECK(seen == names{"outer/inner #3", "outer #2/inner", "outer #2/inner #2", "outer #2/inner #3"});
    CHECK(second.unfinished().empty());
    second.clear();
    CHECK(second.reach("outer", "t.cpp", 1));
}
