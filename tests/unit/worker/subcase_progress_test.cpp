#include <doctest/doctest.h>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/worker/subcase_tree.hpp>
#include <string>

// Passes that do not get to the blocks that are still open.

using cordon::engine::worker::subcase_tree;
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
