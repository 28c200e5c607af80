#include <doctest/doctest.h>

#include <cordon/engine/os/system.hpp>
#include <cordon/engine/text/rerun_leaf.hpp>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::text;
using texts = vector<std::string>;

namespace {

attempt_result attempt_of(const vector<leaf_result>& leaves) {
    attempt_result made;
    made.leaves = leaves;
    return made;
}

}  // namespace

TEST_CASE("the only subcase that did not pass") {
    const leaf_result fine{{"a"}, ending::passed, {}};
    const leaf_result skipped{{"b"}, ending::skipped, {}};
    const leaf_result bad{{"c", "d"}, ending::crashed, {}};
    CHECK(only_bad_leaf(attempt_of({})) == texts{});
    CHECK(only_bad_leaf(attempt_of({fine, skipped})) == texts{});
    CHECK(only_bad_leaf(attempt_of({fine, bad, fine})) == texts{"c", "d"});
    CHECK(only_bad_leaf(attempt_of({bad, fine, bad})) == texts{});
    CHECK(only_bad_leaf(attempt_of({fine, {{}, ending::failed, {}}})) == texts{});
    attempt_result cut = attempt_of({fine, bad});
    cut.leaves_cut = true;
    CHECK(only_bad_leaf(cut) == texts{});
}

TEST_CASE("as options") {
    CHECK(subcase_options({}).empty());
    CHECK(subcase_options({"size #2"}) == " --subcase 'size #2'");
    CHECK(subcase_options({"plain", "a*b"}) == " --subcase plain --subcase 'a\\*b'");
    CHECK(subcase_options({"it's"}) == " --subcase 'it'\\''s'");
    CHECK(subcase_options({"named", ""}).empty());
}
