#include <doctest/doctest.h>

#include <cordon/engine/archive/digest.hpp>
#include <cordon/engine/text/past_words.hpp>

#include <string>

using namespace cordon::engine;

namespace {

/// What is said of a test that fails now in build 1, after runs with these verdicts and builds.
std::string said_after(const vector<std::pair<verdict, std::uint64_t>>& runs) {
    vector<archive::sample> samples;
    for (const auto& [what, build] : runs)
        samples.push_back({duration{1}, build, what});
    return text::past_in_words(archive::summed_up(samples, 1), verdict::failed, ending::failed, {});
}

constexpr verdict passed = verdict::passed, failed = verdict::failed, flaky = verdict::flaky;

}  // namespace

TEST_CASE("what is said of earlier runs does not contradict itself") {
    CHECK(said_after({{failed, 1}, {failed, 1}}) == "failed the last 2 runs");
    CHECK(said_after({{flaky, 1}, {failed, 1}}) ==
          "failed the last 2 runs, and passed when it was retried in at least one of them: flaky");
    CHECK(said_after({{passed, 1}, {failed, 1}}) == "failed 1 of the last 2 runs; mixed verdicts on one build: flaky");
    CHECK(said_after({{passed, 1}}) == "passed its last run; mixed verdicts on one build: flaky");
    vector<std::pair<verdict, std::uint64_t>> long_ago(41, {failed, 1});
    long_ago[0].first = passed;
    CHECK(said_after(long_ago) == "failed the last 40 runs, but this build has passed before them: flaky");
}

TEST_CASE("a change of the program since the last pass is told") {
    CHECK(said_after({{passed, 2}, {passed, 2}}) ==
          "passed the last 2 runs; the program, or what it is run with, has changed since then");
    CHECK(said_after({{passed, 2}, {failed, 2}}).find("changed") == std::string::npos);  // it failed before the change
    CHECK(said_after({{passed, 2}, {failed, 1}}).find("changed") == std::string::npos);
}

TEST_CASE("the beginning is told by its date") {
    CHECK(text::date_text(0) == "1970-01-01");
    CHECK(text::date_text(951'782'400) == "2000-02-29");
    CHECK(text::date_text(951'868'800) == "2000-03-01");
    CHECK(text::date_text(1'798'761'599) == "2026-12-31");
    CHECK(text::date_text(4'107'542'400) == "2100-03-01");
    vector<archive::sample> samples;
    for (std::uint64_t i = 0; i < 9; ++i)
        samples.push_back({duration{1}, i < 6 ? 1u : 2u, i == 6 ? failed : passed, 1'798'761'599 + i});
    CHECK(text::beginning_in_words(archive::summed_up(samples, 2)).empty());  // 3 of 9 places are late enough
    samples[7].what = samples[8].what = failed;
    CHECK(text::beginning_in_words(archive::summed_up(samples, 2)) ==
          "began on 2027-01-01 with another build: failed 3 of 3 runs since, none of 6 before");
}
