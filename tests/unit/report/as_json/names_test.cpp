#include <doctest/doctest.h>

#include <cordon/engine/report/as_json/document.hpp>
#include <cordon/engine/report/events.hpp>

#include "unit/report/scripted_run.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// A field that has a name in `fields` is in the reports by itself; its description is not.

using namespace scripted;

namespace {

struct name_list {
    template <class... Fields>
    void operator()(Fields&&... fields) {
        (add(fields), ...);
    }

    std::vector<std::string> names;

  private:
    template <class Value>
    void add(named_field<Value> field) {
        names.push_back(field.name);
    }
    template <class Value>
    void add(optional_field<Value> field) {
        names.push_back(field.name);
    }
    template <class Value>
    void add(inlined_field<Value> field) {
        field.value.fields(*this);
    }
    template <class Value>
    void add(Value&) {}
};

template <class Struct>
std::vector<std::string> names_of() {
    Struct empty{};
    name_list list;
    empty.fields(list);
    CHECK_FALSE(list.names.empty());
    return list.names;
}

std::string project_file(const char* name) {
    std::ifstream file(std::string(CORDON_SOURCE_DIR) + "/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <class Report>
std::string reported() {
    string_output output;
    Report report(output);
    of_everything().feed(report);
    return output.text;
}

void check_described(const std::vector<std::string>& names) {
    static const std::string schema = project_file("docs/report.schema.json");
    static const std::string document = project_file("docs/json-report.md");
    for (const std::string& name : names) {
        CHECK_MESSAGE(schema.find("\"" + name + "\": {") != std::string::npos, name);
        CHECK_MESSAGE(document.find("`" + name + "`") != std::string::npos, name);
    }
}

void check_written(const std::vector<std::string>& names) {
    static const std::string json = reported<report::json_document>();
    static const std::string events = reported<report::events_report>();
    for (const std::string& name : names) {
        CHECK_MESSAGE(json.find("\"" + name + "\": ") != std::string::npos, name);
        CHECK_MESSAGE(events.find("\"" + name + "\": ") != std::string::npos, name);
    }
}

}  // namespace

TEST_CASE("every name of a field is in the schema and its description") {
    check_described(names_of<run_info>());
    check_described(names_of<attempt_figures>());
    check_described(names_of<failure>());
    check_described(names_of<leaf_result>());
    check_described(names_of<leftover>());
    check_described(names_of<test_place>());
    check_described(names_of<test_past>());
    check_described(names_of<flake_summary>());
    check_described(names_of<flake_signature>());
    check_described(names_of<flake_trial>());
    check_described(names_of<flake_contrast>());
}

TEST_CASE("every name of a figure is in the JSON report and among the events") {
    const std::vector<std::string> names = names_of<attempt_figures>();
    CHECK(names.size() > 20);
    check_written(names);
    check_written(names_of<resource_usage>());
    check_written(names_of<failure>());
}
