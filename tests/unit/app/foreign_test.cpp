#include <doctest/doctest.h>
#include <cordon/engine/app/foreign/dialect.hpp>
#include <cordon/engine/app/parse.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace cordon::engine;

namespace {

using words = std::vector<std::string_view>;

cordon::engine::vector<std::string_view> views(const words& from) { return {from.begin(), from.end()}; }

/// The words for cordon with blanks between them; "own" if they are cordon's, "error: ..." if something is wrong.
std::string translated(const words& from) {
    const auto arguments = views(from);
    const app::foreign::dialect* const how = app::foreign::dialect_of(arguments);
    if (how == nullptr) return "own";
    const auto made = app::foreign::translator(arguments, *how).translate();
    if (!made) return "error: " + made.failure().detail;
    std::string all;
    for (const std::string& each : made.value())
        all += (all.empty() ? "" : " ") + each;
    return all;
}

struct pair {
    words from;
    std::string to;
};

void check(const std::vector<pair>& pairs) {
    for (const pair& each : pairs) {
        CAPTURE(each.to);
        CHECK(translated(each.from) == each.to);
        if (each.to == "own" || each.to.rfind("error", 0) == 0) continue;
        CHECK(app::parse_any_words(views(each.from), nullptr));  // cordon understands what came of them
    }
}

}  // namespace

TEST_CASE("cordon's own words stay") {
    check({
        {{}, "own"},
        {{"-j4", "--list", "name"}, "own"},
        {{"-x", "slow", "-q"}, "own"},
        {{"--subcase", "a", "--order", "random", "--list-tags"}, "own"},
        {{"-f", "suite(a)", "--quiet", "--version"}, "own"},
        {{"--", "--list-tests"}, "own"},
        {{"-s"}, "own"},
        {{"-l"}, "own"},
        {{"--success"}, "own"},
        {{"-nc"}, "own"},
        {{"a", ""}, "own"},
        {{"--reporterss=xml"}, "own"},
    });
}

TEST_CASE("doctest's words") {
    check({
        {{"--list-test-cases"}, "--list=doctest --allow-empty"},
        {{"-ltc", "-r=xml"}, "--list=doctest-xml --allow-empty"},
        {{"--list-test-cases", "--reporters=xml", "--no-skip=true", "--no-color=true"},
         "--run-skipped --color=never --list=doctest-xml --allow-empty"},
        {{"-lts"}, "--list=doctest-suites --allow-empty"},
        {{"--count", "-r=xml"}, "--list=doctest-count-xml --allow-empty"},
        {{"-tc=a"}, "--filter=name(a) --ignore-case --allow-empty"},
        {{"--dt-test-case=a"}, "--filter=name(a) --ignore-case --allow-empty"},
        {{"-dt-tc=a", "-dt-cs"}, "--filter=name(a) --allow-empty"},
        {{"--test-case=a*,b?", "--case-sensitive=true"}, "--filter=name(a*) | name(b?) | name(a*,b?) --allow-empty"},
        {{"--test-case=a\\,b", "-cs=1"}, "--filter=name(a,b) | name(a\\\\,b) --allow-empty"},
        {{"--test-case=f(x) \\n", "-cs"}, "--filter=name(f\\(x\\) \\\\n) --allow-empty"},
        {{"-tc=s/t", "-cs"}, "--filter=name(s/t) | suite(s) & !suite(s/?*) & name(t) --allow-empty"},
        {{"-tce=a,b", "-cs"}, "--filter=!(name(a) | name(b) | name(a,b)) --allow-empty"},
        {{"--test-suite=s", "-cs"}, "--filter=suite(s) & !suite(s/?*) --allow-empty"},
        {{"-ts=s*", "-cs"}, "--filter=suite(s*) --allow-empty"},
        {{"-sf=*a.cpp", "-cs"}, "--filter=file(*a.cpp) --allow-empty"},
        {{"--test-case="}, "--allow-empty"},
        {{"-tc=a", ""}, "--filter=name(a) --ignore-case --allow-empty"},
        {{"-r=xml", "--subcase=a? b,c", "--subcase-filter-levels=2"},
         "--subcase=a? b --subcase=c --report=doctest-xml --allow-empty"},
        {{"-r=xml", "-sc=a"}, "--subcase=a --report=doctest-xml --allow-empty"},
        {{"-r=xml", "--subcase", "a"}, "--subcase a --report=doctest-xml --allow-empty"},
        {{"-r=xml", "-sc=a,b"},
         "error: --subcase with several names: expected --subcase-filter-levels with their number, or --subcase once "
         "for each level"},
        {{"--reporters=xml", "--out=x"}, "--report=doctest-xml=x --allow-empty"},
        {{"-o=x", "--count=0", "-r=junit"}, "--report=junit=x --allow-empty"},
        {{"--reporters=console", "-s", "-d"}, "--report=console --allow-empty"},
        {{"--reporters=nonsense"}, "error: unknown reporter 'nonsense'"},
        {{"-ob=rand", "--rand-seed=7", "-aa=3"}, "--order=random --seed=7 --fail-fast=3 --allow-empty"},
        {{"--order-by=file", "--rand-seed=0"}, "--order=declared --allow-empty"},
        {{"--order-by=rand", "--rand-seed=time"}, "--order=random --allow-empty"},
        {{"--no-exitcode", "-m", "-fc"}, "--exit-zero --quiet --color=always --allow-empty"},
        {{"--no-skip=false", "--no-breaks=", "--no-path-filenames=1", "--gnu-file-line"}, "--allow-empty"},
        {{"--reporters=xml", "-j", "3", "--isolate=exec", "sum"}, "-j 3 --isolate=exec --report=doctest-xml -- sum"},
        {{"--reporters=xml", "--", "-x"}, "--report=doctest-xml -- -x"},
        {{"--no-run"}, "--exclude=* --quiet --allow-empty"},
    });
    CHECK(translated({"-r=xml", "--first=2"}).find("error: --first") == 0);
    CHECK(translated({"--subcase-exclude=a"}).find("error: --subcase-exclude") == 0);
}

TEST_CASE("Catch2's words") {
    check({
        {{"--list-tests"}, "--list=catch2"},
        {{"--list-tests", "--order", "lex", "~[.]"}, "--order=name --filter=!tag(.) --list=catch2 --ignore-case"},
        {{"--list-tests", "--verbosity", "quiet"}, "--list=catch2-lines"},
        {{"--list-tests", "-r", "xml"}, "--list=catch2-xml"},
        {{"--list-test-names-only"}, "--list=catch2-names"},
        {{"--list-reporters"}, "--list=catch2-reporter-count"},
        {{"--reporter xml", "--list-reporters"}, "--list=catch2-reporters"},
        {{"--reporter nonsense", "--list-reporters"}, "error: unknown reporter 'nonsense'"},
        {{"--list-tags", "--rng-seed", "time"}, "--list=catch2-tags"},
        {{"-r", "xml", "-d", "yes", "--order", "lex"}, "--order=name --report=catch2-xml"},
        {{"--reporter=xml", "-o", "x", "-s", "-b"}, "--report=catch2-xml=x"},
        {{"--reporter", "junit::out=x::colour-mode=none"}, "--report=junit=x"},
        {{"-r", "compact", "-x", "3", "-v", "high", "-w", "NoAssertions"},
         "--fail-fast=3 --verbose --require-assertions --report=console"},
        {{"-r", "xml", "-v"}, "-v --report=catch2-xml"},
        {{"-r", "xml", "--isolate", "exec", "a b"},
         "--isolate exec --filter=(name(a b) & !suite(?*)) --report=catch2-xml --ignore-case"},
        {{"-r", "xml", "\"a, b\", c*"},
         "--filter=(name(a, b) & !suite(?*)) | (name(c*) & !suite(?*) | suite(c*)) --report=catch2-xml --ignore-case"},
        {{"-r", "xml", "[x][y]~\"n\",exclude:*z"},
         "--filter=tag(x) & tag(y) & !(name(n) & !suite(?*)) | !(name(*z)) --report=catch2-xml --ignore-case"},
        {{"-r", "xml", "a\\,b\\[c\\*"}, "--filter=(name(a,b[c\\*) & !suite(?*)) --report=catch2-xml --ignore-case"},
        {{"sum", "", ""}, "--filter=(name(sum) & !suite(?*)) --ignore-case"},
        {{"sum", "--reporter xml", ""}, "--filter=(name(sum) & !suite(?*)) --report=catch2-xml --ignore-case"},
        {{"-r", "xml", "-c", "a*", "-c", "b"}, "--subcase=a\\* --subcase=b --report=catch2-xml"},
        {{"--shard-count", "3", "--shard-index", "1"}, "--shard=2/3"},
        {{"--shard-count=3", "--shard-index=x"}, "error: --shard-index 'x': expected a whole number"},
        {{"--durations", "yes", "--use-colour", "no", "--allow-running-no-tests"}, "--color=never --allow-empty"},
        {{"--benchmark-samples", "5", "-e", "--skip-benchmarks"},
         "--filter=!tag(!throws) --filter=!tag(!benchmark) --ignore-case"},
        {{"--list-tests", "--order"}, "error: --order needs a value"},
    });
}

TEST_CASE("names that match nothing are not told to a tool") {
    const auto chosen = app::parse_any_words(views({"-tc=nothing"}), nullptr);
    REQUIRE(chosen);
    CHECK(chosen.value().for_tool);
    CHECK(chosen.value().ignore_case);
    CHECK_FALSE(app::parse_any_words(views({"nothing"}), nullptr).value().for_tool);
    CHECK(app::parse_any_words(views({"--tset-case=x"}), nullptr).failure().detail.find("unknown option") == 0);
}

TEST_CASE("a program that stands for another framework's takes its words without an option that tells them") {
    using cordon::detail::command_words;
    app::foreign::home = nullptr;
    SUBCASE("doctest") {
        cordon::detail::understand(command_words::doctest);
        check({
            {{}, ""},
            {{"-s", "-nc", "-d"}, "--color=never --allow-empty"},
            {{"-c"}, "--list=doctest-count --allow-empty"},
            {{"-f", "name(a)", "-l=3"},
             "error: --first and --last: cordon has no range of tests; use --shard I/N, or patterns"},
            {{"-f", "name(a)", "-v"}, "-f name(a) -v"},
            {{"a", "=b", "--list"}, "--list -- a =b"},
            {{"a", "-s"}, "-- a"},
            {{"--list-tests", "-d", "yes"}, "--list=catch2"},
        });
    }
    SUBCASE("Catch2") {
        cordon::detail::understand(command_words::catch2);
        check({
            {{}, ""},
            {{"a b"}, "--filter=(name(a b) & !suite(?*)) --ignore-case"},
            {{"[.x]"}, "--filter=(tag(.) & tag(x)) --ignore-case"},
            {{"[x]~[y]", "-s"}, "--filter=tag(x) & !tag(y) --ignore-case"},
            {{"=a, b[0]"}, "-- =a, b[0]"},
            {{"-x", "3", "-a"}, "--fail-fast=3 --fail-fast"},
            {{"-x", "a"}, "--exclude=a"},
            {{"-f", "name(a)", "-j2", "-v"}, "-f name(a) -j2 -v"},
            {{"-l"}, "--list=catch2"},
            {{"-tc=sum", "-cs"}, "--filter=name(sum) --allow-empty"},
        });
    }
    SUBCASE("both: cordon's words") {
        cordon::detail::understand(command_words::catch2);
        cordon::detail::understand(command_words::doctest);
        cordon::detail::understand(command_words::catch2);
        check({{{"a", "-x", "b"}, "own"}});
    }
    app::foreign::home = nullptr;
    app::foreign::is_home_disputed = false;
}
