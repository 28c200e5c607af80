#include <doctest/doctest.h>

#include <cordon/engine/report/console/console.hpp>

#include "unit/report/golden.hpp"
#include "unit/report/scripted_run.hpp"

using namespace scripted;
using text::console_style;

namespace {

std::string printed(const run& script, const console_style& style) {
    string_output output;
    const auto console = report::make_console(style, output);
    script.feed(*console);
    return output.text;
}

console_style with(void (*change)(console_style&)) {
    console_style style;
    change(style);
    return style;
}

std::string without_escapes(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        const std::size_t escape = color_escape_size(text);
        if (escape == 0) plain += text.front();
        text.remove_prefix(escape == 0 ? 1 : escape);
    }
    return plain;
}

/// What a terminal shows in the end: knows the few sequences that the live display uses and nothing else.
class terminal {
  public:
    explicit terminal(std::size_t width) : width_(width) {}

    void write(std::string_view text) {
        while (!text.empty()) {
            text.remove_prefix(text.front() == '\x1b' ? escape(text) : character(text));
        }
    }
    std::string text() const {
        std::string all;
        for (const std::string& row : rows_) {
            all += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
        }
        return all;
    }
    bool wrapped() const { return wrapped_; }
    const std::string& unknown() const { return unknown_; }

  private:
    std::size_t character(std::string_view text) {
        const code_point next = first_code_point(text);
        if (next.value == '\n') {
            column_ = 0;
            if (++row_ == rows_.size()) rows_.emplace_back();
            return 1;
        }
        if (next.value == '\r') {
            column_ = 0;
            return 1;
        }
        column_ += width_of(next.value);
        if (column_ > width_) wrapped_ = true;
        std::string& row = rows_[row_];
        if (column_ <= width_of(std::string_view(row))) row = std::string(fitting_prefix(row, column_ - 1));
        row += text.substr(0, next.size);
        return next.size;
    }
    std::size_t escape(std::string_view text) {
        if (const std::size_t color = color_escape_size(text)) return color;
        const std::size_t end = text.find_first_of("AJK");
        const std::string sequence(text.substr(0, end + 1));
        if (sequence == "\x1b[K") {
            rows_[row_] = std::string(fitting_prefix(rows_[row_], column_));
        } else if (sequence == "\x1b[J") {
            rows_[row_] = std::string(fitting_prefix(rows_[row_], column_));
            rows_.resize(row_ + 1);
        } else if (sequence.back() == 'A') {
            row_ -= static_cast<std::size_t>(std::stoi(sequence.substr(2)));
        } else {
            unknown_ += sequence;
        }
        return sequence.size();
    }

    std::size_t width_;
    cordon::engine::vector<std::string> rows_{""};
    std::size_t row_ = 0;
    std::size_t column_ = 0;
    bool wrapped_ = false;
    std::string unknown_;
};

}  // namespace

TEST_CASE("the report of a run with everything in it") {
    const run script = of_everything();
    SUBCASE("plain") { check_golden("console/everything.txt", printed(script, console_style{})); }
    SUBCASE("colour") {
        check_golden("console/everything_color.txt", printed(script, with([](console_style& s) { s.color = true; })));
    }
    SUBCASE("ascii") {
        check_golden("console/everything_ascii.txt",
                     printed(script, with([](console_style& s) { s.unicode = false; })));
    }
    SUBCASE("narrow") {
        check_golden("console/everything_40.txt", printed(script, with([](console_style& s) { s.width = 40; })));
    }
    SUBCASE("quiet") {
        check_golden("console/everything_quiet.txt", printed(script, with([](console_style& s) { s.quiet = true; })));
    }
    SUBCASE("verbose") {
        run shuffled = of_everything();
        shuffled.shuffle();
        check_golden("console/everything_verbose.txt",
                     printed(shuffled, with([](console_style& s) { s.verbose = true; })));
    }
    SUBCASE("without progress") {
        check_golden("console/everything_none.txt",
                     printed(script, with([](console_style& s) { s.progress = progress_choice::none; })));
    }
}

TEST_CASE("hostile bytes") {
    const run script = of_hostile_bytes();
    SUBCASE("plain") { check_golden("console/hostile.txt", printed(script, console_style{})); }
    SUBCASE("colour") {
        check_golden("console/hostile_color.txt", printed(script, with([](console_style& s) {
                                                              s.color = true;
                                                              s.verbose = true;
                                                          })));
    }
    SUBCASE("never steer a terminal") {
        for (const bool color : {false, true}) {
            console_style style;
            style.color = color;
            style.verbose = true;
            const std::string text = without_escapes(printed(script, style));
            for (const char c : text) {
                const bool harmless = static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t';
                CHECK(harmless);
            }
            CHECK(text.find("\x7f") == std::string::npos);
            CHECK(text.find("\xe2\x80\xae") == std::string::npos);
            std::string repaired;
            append_utf8(repaired, text);
            CHECK(text == repaired);
        }
    }
}

TEST_CASE("the words are the same with and without colour") {
    for (const run& script : {of_everything(), of_hostile_bytes()}) {
        const std::string plain = printed(script, console_style{});
        CHECK(without_escapes(printed(script, with([](console_style& s) { s.color = true; }))) == plain);
    }
}

TEST_CASE("what --show-output asks for") {
    run script;
    const auto passes = script.add("", "passes");
    const auto fails = script.add("", "fails");
    script.start();
    attempt_result good = run::attempt(passes, ending::passed, ms(1));
    good.output.pieces.push_back(run::piece(stream::out, "from the good\n"));
    attempt_result bad = run::attempt(fails, ending::failed, ms(1));
    bad.output.pieces.push_back(run::piece(stream::out, "from the bad\n"));
    script.end(good);
    script.verdict_is(passes, verdict::passed);
    script.events.push_back(output_arrived{fails, stream::out, "live: he"});
    script.events.push_back(output_arrived{fails, stream::err, "live: oops\n"});
    script.events.push_back(output_arrived{fails, stream::out, "llo\nlive: rest"});
    script.fail(bad);
    script.finish(ms(2));

    const auto shows = [&](show_output what, const char* text) {
        console_style style;
        style.output = what;
        return printed(script, style).find(text) != std::string::npos;
    };
    CHECK(!shows(show_output::failed, "from the good"));
    CHECK(shows(show_output::failed, "from the bad"));
    CHECK(shows(show_output::all, "from the good"));
    CHECK(!shows(show_output::never, "from the bad"));
    CHECK(!shows(show_output::failed, "live:"));
    CHECK(!shows(show_output::live, "from the bad"));
    CHECK(shows(show_output::live, "fails \xE2\x94\x82 live: oops\n  fails \xE2\x94\x82 live: hello\n"));
    CHECK(shows(show_output::live, "fails \xE2\x94\x82 live: rest\n"));
}

TEST_CASE("warnings are shown with -v and where the test failed") {
    run script;
    const auto test = script.add("", "warns");
    script.start();
    attempt_result warned = run::attempt(test, ending::passed, ms(1));
    warned.failures.push_back(run::comparison("a == b", "1", "2"));
    warned.failures.back().kind = failure_kind::warning;
    warned.failures.back().macro = "WARN";
    script.end(warned);
    script.verdict_is(test, verdict::passed);
    script.finish(ms(2));
    CHECK(printed(script, console_style{}).find("WARN") == std::string::npos);
    CHECK(printed(script, with([](console_style& s) { s.verbose = true; })).find("warning  WARN(a == b)") !=
          std::string::npos);
}

TEST_CASE("failures without an expression") {
    run script;
    const auto test = script.add("", "fails in other ways");
    script.add("", "passes");
    script.start();
    attempt_result bad = run::attempt(test, ending::failed, ms(1));
    failure thrown;
    thrown.kind = failure_kind::exception;
    thrown.message = "the test was left by an exception: std::runtime_error: no such thing\nsecond line";
    failure inside = run::comparison("parse(text) == 2", "", "", "");
    inside.kind = failure_kind::exception;
    inside.message = "std::out_of_range: too far";
    failure said;
    said.kind = failure_kind::explicit_;
    said.macro = "FAIL";
    said.expression = "\"because\"";
    said.message = "because";
    said.file = "tests/sample.cpp";
    said.line = 30;
    failure nothing;
    nothing.kind = failure_kind::setup;
    bad.failures = {thrown, inside, said, nothing};
    script.fail(bad);
    script.pass(1, ms(1));
    script.finish(ms(2));
    check_golden("console/without_expression.txt", printed(script, console_style{}));
}

TEST_CASE("a test that fails in each attempt is reported once, with its attempts") {
    run script;
    const auto test = script.add("", "stays bad");
    script.start();
    for (std::uint32_t number = 1; number <= 3; ++number) {
        attempt_result bad = run::attempt(test, ending::failed, ms(number));
        bad.number = number;
        bad.of = 3;
        bad.failed_assertions = 1;
        script.begin(test, ms(10 * number), number);
        script.end(bad);
    }
    script.verdict_is(test, verdict::failed);
    script.finish(ms(30));
    check_golden("console/retried.txt", printed(script, console_style{}));
}

TEST_CASE("what went wrong in each attempt is shown, and what is the same once") {
    const auto script_of = [](std::uint32_t attempts) {
        run script;
        const auto test = script.add("", "unsteady");
        script.start();
        for (std::uint32_t number = 1; number <= attempts; ++number) {
            attempt_result bad = run::attempt(test, number == 2 ? ending::crashed : ending::failed, ms(number));
            bad.number = number;
            bad.of = attempts + 1;
            failure wrong;
            wrong.macro = "CHECK";
            wrong.expression = "left() == 0";
            wrong.left = number <= 3 ? "1" : std::to_string(number);
            wrong.op = "==";
            wrong.right = "0";
            if (bad.how == ending::failed) bad.failures = {wrong};
            if (number == 2) bad.output.pieces.push_back({stream::err, "out of luck\n", 0});
            script.begin(test, ms(10 * number), number);
            script.end(bad);
        }
        attempt_result good = run::attempt(test, ending::passed, ms(1));
        good.number = good.of = attempts + 1;
        script.begin(test, ms(10 * good.number), good.number);
        script.end(good);
        script.verdict_is(test, verdict::flaky);
        script.finish(ms(30));
        return script;
    };
    check_golden("console/attempts.txt", printed(script_of(3), console_style{}));
    const std::string many = printed(script_of(9), console_style{});
    CHECK(many.find("attempt 4: ") != std::string::npos);
    CHECK(many.find("attempt 5: ") == std::string::npos);
    CHECK(many.find("[... 5 more ways left out; -v shows them ...]") != std::string::npos);
    CHECK(printed(script_of(9), with([](console_style& s) { s.verbose = true; })).find("attempt 9: ") !=
          std::string::npos);
}

TEST_CASE("passing tests are written in batches, a failure at once") {
    run script;
    for (int i = 0; i < 1000; ++i) {
        script.add("suite", "name");
    }
    const auto bad = script.add("suite", "fails");
    script.start();
    string_output output;
    const auto console = report::make_console(console_style{}, output);
    for (const event& happened : script.events) {
        console->on(happened);
    }
    const std::size_t at_start = output.writes;
    script.events.clear();
    for (std::size_t i = 0; i < 1000; ++i) {
        script.pass(i, ms(1));
    }
    for (const event& happened : script.events) {
        console->on(happened);
    }
    CHECK(output.writes - at_start <= 2);
    script.events.clear();
    script.fail(run::attempt(bad, ending::failed, ms(1)));
    for (const event& happened : script.events) {
        console->on(happened);
    }
    CHECK(output.text.find("fails") != std::string::npos);
}

TEST_CASE("a test that runs for too long is named while it runs, once") {
    run script;
    const auto test = script.add("net", "hangs");
    script.start();
    script.begin(test, seconds_of(1));
    for (const int at : {2, 5, 7, 8, 9}) {
        script.events.push_back(tick{seconds_of(at)});
    }
    script.pass(test, seconds_of(9));
    script.finish(seconds_of(10));
    const std::string text = printed(script, console_style{});
    const std::size_t first = text.find("still running");
    REQUIRE(first != std::string::npos);
    CHECK(text.find("still running", first + 1) == std::string::npos);
    CHECK(text.find("slow   6.00 s  net \xE2\x80\xBA hangs") != std::string::npos);
}

TEST_CASE("a log that is silent for long says that the run goes on") {
    run script;
    const auto quick = script.add("net", "answers");
    const auto test =
        script.add("net", std::string_view("hangs, and has a name that is too long for the line that it is named in"));
    const auto other = script.add("net", "hangs as well");
    script.add("net", "waits");
    script.start();
    script.pass(quick, ms(3));
    script.begin(test, seconds_of(1));
    script.begin(other, seconds_of(2));
    for (int at = 2; at <= 100; ++at) {
        script.events.push_back(tick{seconds_of(at)});
    }
    console_style style;
    style.heartbeat = seconds_of(30);
    std::string text = printed(script, style);
    const std::string line =
        "   after 38 s \xC2\xB7 1/4 \xC2\xB7 running: net \xE2\x80\xBA hangs, and has a nam\xE2\x80\xA6 for 37 s, and "
        "1 other\n";
    CAPTURE(text);
    CHECK(text.find(line) != std::string::npos);
    // Silence begins anew with each line: the two on the tests that have become slow, then this one.
    std::size_t lines = 0;
    for (std::size_t at = text.find("   after "); at != std::string::npos; at = text.find("   after ", at + 1)) {
        ++lines;
        CHECK(width_of(std::string_view(text).substr(at, text.find('\n', at) - at)) <= 80);
    }
    CHECK(lines == 3);
    for (const bool quiet : {false, true}) {
        style.quiet = quiet;
        style.progress = quiet ? progress_choice::lines : progress_choice::none;
        CHECK(printed(script, style).find("   after ") == std::string::npos);
    }
}

TEST_CASE("the live display") {
    run script;
    static cordon::engine::vector<std::string> names;
    for (int i = 0; i < 200; ++i) {
        names.push_back("test " + std::to_string(i) +
                        (i % 3 == 0 ? " \xe6\x97\xa5\xe6\x9c\xac " + std::string(90, 'n') : ""));
    }
    for (const std::string& name : names) {
        script.add("suite", name);
    }
    script.start();
    for (std::size_t i = 0; i < 200; ++i) {
        script.begin(i, ms(10 * i));
        if (i % 20 == 3) {
            // What it leaves behind keeps the display busy for a while.
            script.begin(150, ms(10 * i));
            script.begin(153, ms(10 * i));
        }
        script.events.push_back(tick{ms(10 * i + 400)});
        attempt_result result = run::attempt(i, i == 77 ? ending::crashed : ending::passed, ms(3));
        script.end(result);
        script.verdict_is(i, i == 77 ? verdict::failed : verdict::passed);
    }
    script.finish(ms(2500));

    for (const std::size_t width : {std::size_t{20}, std::size_t{40}, std::size_t{80}, std::size_t{200}}) {
        CAPTURE(width);
        console_style style;
        style.progress = progress_choice::bar;
        style.color = true;
        string_output output;
        output.width = width;
        const auto console = report::make_console(style, output);
        terminal screen(10'000);
        bool bar_seen = false;
        for (const event& happened : script.events) {
            const std::size_t before = output.text.size();
            const std::size_t writes = output.writes;
            console->on(happened);
            CHECK(output.writes - writes <= 1);
            const std::string_view drawn = std::string_view(output.text).substr(before);
            screen.write(drawn);
            if (happened.get_if<tick>() == nullptr) continue;
            terminal alone(width - 1);
            alone.write(drawn.substr(drawn.find(' ')));
            CHECK(!alone.wrapped());
            if (!bar_seen && script.events.size() / 2 < static_cast<std::size_t>(&happened - script.events.data())) {
                bar_seen = true;
                check_golden("console/bar_" + std::to_string(width) + "_half_way.txt", screen.text());
            }
        }
        CHECK(bar_seen);
        CHECK(console->finish());
        CHECK(screen.unknown() == "");
        if (width == 80) check_golden("console/bar_80.txt", screen.text());
        if (width == 40) check_golden("console/bar_40.txt", screen.text());
    }
}
