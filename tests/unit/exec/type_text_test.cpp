#include <doctest/doctest.h>
#include <cordon/engine/exec/type_text.hpp>
#include <cordon/engine/model/test_names.hpp>

using namespace cordon::engine;

namespace {

std::string called(const char* type) {
    return exec::type_text(std::string("constexpr const char* cordon::detail::signature_of() [with T = ") + type + "]");
}

}  // namespace

TEST_CASE("a type has the same name with each compiler") {
    CHECK(called("int") == "int");
    CHECK(called("long int") == "long");
    CHECK(called("long unsigned int") == "unsigned long");
    CHECK(called("long long unsigned int") == "unsigned long long");
    CHECK(called("long long int") == "long long");
    CHECK(called("short int") == "short");
    CHECK(called("std::__cxx11::basic_string<char>; other = int") == "std::string");
    CHECK(called("std::vector<std::__cxx11::basic_string<char> >") == "std::vector<std::string>");
    CHECK(called("{anonymous}::cordon_suite_12::point") == "point");
    CHECK(called("cordon_suite_7_1_file::{anonymous}::cordon_suite_7_1::point") == "point");
    CHECK(called("std::pair<cordon_suite_7_1::a, std::vector<cordon_suite_9_2::b>>") == "std::pair<a, std::vector<b>>");
    CHECK(called("std::pair<cordon_suite_1::a, (anonymous namespace)::b>") == "std::pair<a, b>");
    CHECK(exec::type_text("my own long int") == "my own long int");
}

TEST_CASE("the text of a name is kept, and has no zero byte") {
    const char* const first = keep_text("first");
    const char* const empty = keep_text("");
    const char* const zero = keep_text(std::string_view("a\0b", 3));
    const char* const large = keep_text(std::string(100000, 'x'));
    CHECK(std::string(first) == "first");
    CHECK(std::string(empty).empty());
    CHECK(std::string(zero) == "a\\0b");
    CHECK(std::string(large) == std::string(100000, 'x'));
}
