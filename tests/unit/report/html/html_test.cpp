#include <doctest/doctest.h>

#include <cordon/engine/report/html/html.hpp>

#include "unit/report/scripted_run.hpp"

#include <cctype>

using namespace scripted;

namespace {

std::string reported(const run& script) {
    string_output output;
    report::html_report html(output);
    script.feed(html);
    return output.text;
}

/// What stands in the script element with this id.
std::string element(const std::string& page, const std::string& id) {
    const std::string begin = "<script type=\"application/json\" id=\"" + id + "\">";
    const std::size_t from = page.find(begin);
    REQUIRE(from != std::string::npos);
    return page.substr(from + begin.size(), page.find("</script>", from) - from - begin.size());
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

}  // namespace

TEST_CASE("a page with its document and its shapes") {
    const std::string page = reported(of_everything());
    CHECK(page.rfind("<!doctype html>", 0) == 0);
    CHECK(page.substr(page.size() - 8) == "</html>\n");
    CHECK(element(page, "document").rfind("[\"cordon.report/1\",", 0) == 0);
    CHECK(element(page, "document").find("\"reads a freed block\"") != std::string::npos);
    CHECK(element(page, "shapes").rfind("[\"", 0) == 0);
    CHECK(element(page, "shapes").find("\"name suite file line tags verdict reason duration_ms attempts") !=
          std::string::npos);
}

TEST_CASE("every part of the document is packed") {
    bool in_text = false;
    std::size_t braces = 0;
    const std::string document =
        element(reported(of_everything()), "document") + " " + element(reported(of_hostile_bytes()), "document");
    for (std::size_t i = 0; i < document.size(); ++i) {
        if (in_text && document[i] == '\\') {
            ++i;
        } else if (document[i] == '"') {
            in_text = !in_text;
        } else if (!in_text && (document[i] == '{' || document[i] == ':')) {
            ++braces;
        }
    }
    CHECK(braces == 0);
}

TEST_CASE("the page loads nothing and runs only its own script") {
    const std::string page = reported(of_everything());
    const std::size_t policy = page.find("Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
    CHECK(policy != std::string::npos);
    CHECK(policy < page.find("<style>"));
    CHECK(page.find("script-src 'sha256-") != std::string::npos);
    CHECK(page.find("unsafe") == std::string::npos);
    CHECK(page.find("src=") == std::string::npos);
    CHECK(page.find("@import") == std::string::npos);
    CHECK(page.find("innerHTML") == std::string::npos);
}

TEST_CASE("nothing that a test says can end its script element or begin another") {
    run script;
    const auto test = script.add("</script><b>", "</SCRIPT><!--<script>", 1, {"<script>"});
    script.start();
    attempt_result bad = run::attempt(test, ending::failed, ms(1));
    bad.failures.push_back(run::comparison("a < b", "</script>", "<!--", "<"));
    bad.failures.back().message = "</script>";
    bad.output.pieces.push_back(run::piece(stream::out, "</script><script>alert(1)</script>"));
    bad.reason = "</script>";
    thread_stack stack;
    stack.name = "</script>";
    stack.frames.push_back({});
    stack.frames.back().function = "read<std::string>() </script>";
    bad.stacks.push_back(std::move(stack));
    bad.place.file = "</script>";
    script.fail(bad);
    flake_summary flake;
    flake.test = test;
    flake.signatures = {{"</script>", 1}};
    flake.polluters = {"<!--<script>"};
    script.events.push_back(flake_found{flake});
    script.finish(ms(1));
    const std::string page = reported(script);
    CHECK(element(page, "document").find('<') == std::string::npos);
    CHECK(count_of(page, "</script>") == 3);
    CHECK(count_of(page, "<script") == 3);
    CHECK(page.find("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>") != std::string::npos);
}

TEST_CASE("a run with hostile bytes is still UTF-8 without controls") {
    const std::string page = element(reported(of_hostile_bytes()), "document");
    for (const char c : page) {
        const bool control = std::iscntrl(static_cast<unsigned char>(c)) != 0;
        CHECK((!control || c == '\n'));
    }
    std::string repaired;
    append_utf8(repaired, page);
    CHECK(repaired == page);
}

TEST_CASE("20,000 tests make less than 10 MB, also when many of them print much") {
    run script;
    vector<std::string> names;
    names.reserve(20000);
    for (int i = 0; i < 20000; ++i) {
        names.push_back("a test with a name of usual length " + std::to_string(i));
        script.add("a suite of some length", names.back());
    }
    script.start();
    for (std::size_t i = 0; i < 20000; ++i) {
        if (i % 100 == 0) {
            attempt_result loud = run::attempt(i, ending::failed, us(300));
            loud.output.pieces.push_back(run::piece(stream::out, std::string(1 << 20, 'x')));
            script.fail(loud);
        } else {
            script.pass(i, us(3));
        }
    }
    script.finish(ms(9));
    const std::string page = reported(script);
    CHECK(page.size() < 10'000'000);
    CHECK(page.find("bytes left out of this page") != std::string::npos);
}

TEST_CASE("without a run there is no page") {
    string_output output;
    report::html_report html(output);
    CHECK(html.finish());
    CHECK(output.text.empty());
}
