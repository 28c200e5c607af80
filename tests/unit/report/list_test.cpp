#include <doctest/doctest.h>

#include <cordon/engine/report/list.hpp>

#include "golden.hpp"
#include "scripted_run.hpp"

using namespace scripted;

namespace {

cordon::engine::vector<std::size_t> all_of(const test_list& list) {
    cordon::engine::vector<std::size_t> all;
    for (std::size_t i = 0; i < list.tests.size(); ++i) {
        all.push_back(i);
    }
    return all;
}

template <class List>
std::string listed(const run& script, List list) {
    string_output output;
    list(*script.list, all_of(*script.list), output);
    return output.text;
}

}  // namespace

TEST_CASE("lists") {
    run script = of_everything();
    test_info& decorated = script.list->tests[0];
    decorated.description = "adds two numbers";
    decorated.timeout = ms(1500);
    decorated.retries = 2;
    decorated.skip = "why not";
    decorated.should_fail = true;
    check_golden("list/names.txt", listed(script, report::list_names));
    check_golden("list/list.json", listed(script, report::list_json));
    check_golden("list/tags.txt", listed(script, report::list_tags));
}

TEST_CASE("lists of hostile names") {
    const run script = of_hostile_bytes();
    check_golden("list/hostile_names.txt", listed(script, report::list_names));
    check_golden("list/hostile_list.json", listed(script, report::list_json));
    check_golden("list/hostile_tags.txt", listed(script, report::list_tags));
}

TEST_CASE("nothing to list") {
    const run script;
    CHECK(listed(script, report::list_names) == "");
    CHECK(listed(script, report::list_tags) == "");
    CHECK(listed(script, report::list_json) == "{\"schema\": \"cordon.list/1\",\n\"tests\": []}\n");
}
