#include <doctest/doctest.h>
#include <cordon/engine/app/help.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace cordon::engine;

namespace {

void check_width(const std::string& text) {
    REQUIRE_FALSE(text.empty());
    CHECK(text.back() == '\n');
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = text.find('\n', start);
        const std::string line = text.substr(start, end - start);
        CAPTURE(line);
        CHECK(line.size() <= 80);
        CHECK((line.empty() || line.back() != ' '));
        start = end + 1;
    }
}

}  // namespace

TEST_CASE("help fits 80 columns and names every option") {
    const std::string text = app::help_text("./tests");
    check_width(text);
    CHECK(text.rfind("Usage: ./tests [options] [PATTERN ...]\n", 0) == 0);
    for (const app::option_row& row : app::option_table) {
        CHECK(text.find(std::string("--") + row.name) != std::string::npos);
    }
    CHECK(text.find("  -j, --jobs N ") != std::string::npos);
    CHECK(text.find("      --fail-fast[=N] ") != std::string::npos);
}

TEST_CASE("the first page of help is short and leads to the rest") {
    const std::string text = app::help_first_page("./tests");
    check_width(text);
    const auto lines = std::count(text.begin(), text.end(), '\n');
    CHECK(lines >= 20);
    CHECK(lines <= 30);
    CHECK(text.rfind("Usage: ./tests [options] [PATTERN ...]\n", 0) == 0);
    CHECK(text.find("--help=all") != std::string::npos);
    CHECK(text.find("--help timeout") != std::string::npos);
    options chosen;
    CHECK(app::help_for(chosen, "./tests") == text);
    chosen.help_topic = "all";
    CHECK(app::help_for(chosen, "./tests") == app::help_text("./tests"));
}

TEST_CASE("the page of each option fits 80 columns and names its variable and default") {
    for (const app::option_row& row : app::option_table) {
        const std::string text = app::help_text(row);
        CAPTURE(text);
        check_width(text);
        CHECK((text.find(app::variable_of(row)) != std::string::npos) == row.in_environment);
        CHECK(text.find("Default:") != std::string::npos);
    }
}

TEST_CASE("a page") {
    CHECK(app::help_text(*app::find_option("leaks")) ==
          "--leaks HOW\n"
          "\n"
          "  Tests that leave something behind: ignore, warn or fail\n"
          "\n"
          "  Processes, threads, descriptors, another working folder, umask, locale or\n"
          "  environment, signal handlers. Leftover processes are killed in any case. fail\n"
          "  also checks descriptors above 63 and every signal, which costs a test about 25\n"
          "  microseconds.\n"
          "\n"
          "  Values:      ignore warn fail\n"
          "  Default:     warn\n"
          "  Environment: CORDON_LEAKS\n");
}

TEST_CASE("defaults that help names are the ones that hold") {
    const options standard;
    for (const app::option_row& row : app::option_table) {
        const std::string text = row.standard;
        const bool is_value = text.find(' ') == std::string::npos && row.how == app::takes::value && !text.empty();
        if (!is_value) continue;
        CAPTURE(row.name);
        options applied;
        REQUIRE(row.apply(applied, {row, row.standard, nullptr}));
        CHECK(applied.timeout == standard.timeout);
        CHECK(applied.slow_after == standard.slow_after);
        CHECK(applied.grace == standard.grace);
        CHECK(applied.output_limit == standard.output_limit);
        CHECK(applied.retries == standard.retries);
        CHECK(applied.slowest == standard.slowest);
        CHECK(applied.order == standard.order);
        CHECK(applied.leaks == standard.leaks);
        CHECK(applied.flaky == standard.flaky);
        CHECK(applied.output == standard.output);
        CHECK(applied.isolation == standard.isolation);
    }
}

TEST_CASE("help for what was asked") {
    options chosen;
    CHECK(app::help_for(chosen, "./tests") == app::help_first_page("./tests"));
    chosen.help_topic = "--jobs";
    CHECK(app::help_for(chosen, "./tests").rfind("-j, --jobs N\n", 0) == 0);
    CHECK(app::version_text() == "cordon " CORDON_VERSION "\n");
}
