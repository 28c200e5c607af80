#include <doctest/doctest.h>

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/select/select.hpp>
#include <cordon/engine/text/rerun.hpp>
#include <cordon/engine/text/single_reruns.hpp>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::text;

namespace {

test_list list_of(const vector<std::pair<std::string_view, std::string_view>>& names) {
    test_list list;
    for (const auto& [suite, name] : names) {
        test_info test;
        test.suite = suite;
        test.name = name;
        list.tests.push_back(test);
    }
    return list;
}

/// Reads back what shell_word writes, as a shell would.
vector<std::string> words_of(std::string_view command) {
    vector<std::string> words{""};
    for (std::size_t i = 0; i < command.size(); ++i) {
        const bool dollar = command.substr(i, 2) == "$'";
        if (command[i] == ' ') {
            words.emplace_back();
        } else if (command[i] == '\\') {
            words.back() += command[++i];
        } else if (command[i] == '\'' || dollar) {
            for (i += dollar ? 2 : 1; command[i] != '\''; ++i) {
                if (!dollar || command[i] != '\\') {
                    words.back() += command[i];
                } else if (command[++i] == 'x') {
                    words.back() += static_cast<char>(std::stoi(std::string(command.substr(i + 1, 2)), nullptr, 16));
                    i += 2;
                } else {
                    words.back() += command[i];
                }
            }
        } else {
            words.back() += command[i];
        }
    }
    return words;
}

/// The tests that the command selects.
vector<std::size_t> selected_by(const std::string& command, const test_list& list) {
    const vector<std::string> words = words_of(command);
    options chosen;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "-f") {
            chosen.filters.push_back(words[++i]);
        } else {
            chosen.patterns.push_back(words[i]);
        }
    }
    select::selection selection;
    REQUIRE(selection.read(chosen));
    vector<std::size_t> found;
    for (std::size_t i = 0; i < list.tests.size(); ++i) {
        if (selection.selects(list.tests[i], {})) found.push_back(i);
    }
    return found;
}

}  // namespace

TEST_CASE("words for a shell") {
    CHECK(shell_word("plain-word_1.2/x") == "plain-word_1.2/x");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("two words") == "'two words'");
    CHECK(shell_word("it's") == "'it'\\''s'");
    CHECK(shell_word("$HOME `ls` !") == "'$HOME `ls` !'");
    CHECK(shell_word("gr\xc3\xbc\xc3\x9f") == "'gr\xc3\xbc\xc3\x9f'");
    CHECK(shell_word("a\nb's \\") == "$'a\\x0ab\\'s \\\\'");
    CHECK(shell_word("\xff") == "$'\\xff'");
}

TEST_CASE("a rerun command selects the tests that it is for") {
    const test_list list = list_of({{"math", "sum adds"},
                                    {"math", "sum adds twice"},
                                    {"text", "joins"},
                                    {"", "joins"},
                                    {"", "it's \"quoted\" \\ (odd) * ? [x] | & !"},
                                    {"io", "-leads with a dash"},
                                    {"io", " blanks around "},
                                    {"io", "unique\nlines\xff"},
                                    {"a", "starred *"},
                                    {"a", "starred x"},
                                    {"", "()"}});
    vector<vector<std::size_t>> wanted;
    for (std::size_t i = 0; i < list.tests.size(); ++i) {
        wanted.push_back({i});
        wanted.push_back({i, (i + 3) % list.tests.size()});
        std::sort(wanted.back().begin(), wanted.back().end());
    }
    wanted.push_back({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    for (const vector<std::size_t>& tests : wanted) {
        const std::string command = rerun_command("./tests", list, tests);
        CAPTURE(command);
        CHECK(selected_by(command, list) == tests);
    }
}

TEST_CASE("a single test has a command, by a rule or said") {
    const test_list list = list_of({{"math", "sum adds"},
                                    {"math", "sum adds twice"},
                                    {"math/sum", "adds"},
                                    {"text", "joins"},
                                    {"", "joins"},
                                    {"", "text/joins"},
                                    {"", "it's"},
                                    {"io", "unique\nlines\xff"},
                                    {"a", "starred *"},
                                    {"", ""},
                                    {"", "-x"},
                                    {"", "=-x"}});
    text::single_reruns reruns(list);
    std::size_t obvious = 0;
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < list.tests.size(); ++i) {
            const test_info& test = list.tests[i];
            const std::string rule = "./tests '=" + text::full_name_of(test) + "'";
            CAPTURE(rule);
            obvious += reruns.is_obvious(test) ? 1 : 0;
            if (reruns.is_obvious(test)) CHECK(selected_by(rule, list) == vector<std::size_t>{i});
            const std::string said = "./tests " + reruns.arguments_for(test);
            CAPTURE(said);
            // Two tests of the same full name cannot be told apart by it.
            if (i != 3 && i != 5) CHECK(selected_by(said, list) == vector<std::size_t>{i});
        }
        for (int i = 0; i < 200'000; ++i)
            reruns.arguments_for(list.tests[0]);  // from here on it does not search
    }
    CHECK(obvious == 14);
}

TEST_CASE("the plain form is used where it is enough") {
    const test_list list =
        list_of({{"math", "sum adds"}, {"math", "sum adds twice"}, {"text", "joins"}, {"", "other"}});
    CHECK(rerun_command("./my tests", list, {3}) == "'./my tests' other");
    CHECK(rerun_command("./tests", list, {1, 2}) == "./tests 'sum adds twice' joins");
    CHECK(rerun_command("./tests", list, {0}) == "./tests '=sum adds'");
}

TEST_CASE("a test without a name is selected as well") {
    const test_list list = list_of({{"math", ""}, {"math", "sum"}, {"", ""}});
    for (const std::size_t test : {std::size_t{0}, std::size_t{2}}) {
        CHECK(selected_by(rerun_command("./tests", list, {test}), list) == vector<std::size_t>{test});
    }
}

TEST_CASE("a selection is told as it was given") {
    const test_list list = list_of({{"", "a"}, {"", "b"}, {"", "c"}});
    options chosen;
    CHECK(text::rerun_selection("./t", list, chosen, {0, 1, 2}) == "./t");
    chosen.patterns = {"a*", "b c"};
    chosen.filters = {"tag(x)"};
    chosen.excludes = {"c"};
    CHECK(text::rerun_selection("./t", list, chosen, {0, 1}) == "./t -f 'tag(x)' -x c 'a*' 'b c'");
    // What these leave out is not told by any pattern.
    chosen.failed = true;
    CHECK(text::rerun_selection("./t", list, chosen, {0, 1}) == "./t a b");
}

TEST_CASE("exact patterns are used where they are the shortest that will do") {
    const test_list list = list_of({{"", "case 1"},
                                    {"", "case 10"},
                                    {"a", "same"},
                                    {"b", "same"},
                                    {"", "=odd"},
                                    {"", "--x"},
                                    {"", "1*"},
                                    {"", "\n"}});
    CHECK(rerun_command("./t", list, {0, 1}) == "./t '=case 1' 'case 10'");
    CHECK(rerun_command("./t", list, {2}) == "./t a/same");
    CHECK(rerun_command("./t", list, {4}) == "./t '==odd'");
    CHECK(rerun_command("./t", list, {5}) == "./t '=--x'");
    CHECK(rerun_command("./t", list, {6}) == "./t '=1*'");
    CHECK(rerun_command("./t", list, {7}) == "./t $'\\x0a'");
}

TEST_CASE("a line names as many tests as it has room for, but one at least") {
    vector<std::string> kept;
    for (int i = 0; i < 30; ++i)
        kept.push_back("test number " + std::to_string(100 + i));
    vector<std::pair<std::string_view, std::string_view>> names;
    vector<std::size_t> all;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        names.emplace_back("", kept[i]);
        all.push_back(i);
    }
    const test_list list = list_of(names);
    const rerun_line some = rerun_of_first("./t", list, all, " --seed=1", 70);
    CHECK(some.named == 3);
    CHECK(some.command == "./t 'test number 100' 'test number 101' 'test number 102' --seed=1");
    CHECK(rerun_of_first("./t", list, all, {}, 1).named == 1);
    CHECK(rerun_of_first("./t", list, all, {}, 10'000).named == 30);
}

TEST_CASE("the options of a command that repeats runs name each mode") {
    for (const auto mode :
         {cordon::isolate::fork, cordon::isolate::exec, cordon::isolate::shard, cordon::isolate::rewind}) {
        repeat_options way;
        way.mode = mode;
        way.jobs = 2;
        way.conditions = {"umask=077"};
        way.runs = 9;
        CHECK(repeat_options_in_words(way) ==
              " -j2 --isolate=" + std::string(name_of(mode)) + " --condition umask=077 --flake-detect=9");
    }
    for (const auto mode : {cordon::isolate::by_default, cordon::isolate::none}) {
        repeat_options way;
        way.mode = mode;
        CHECK(repeat_options_in_words(way).empty());
    }
}

TEST_CASE("a command that runs tests in an order names them in it") {
    const test_list list = list_of({{"", "case 1"}, {"", "case 10"}, {"a", "same"}, {"b", "same"}, {"", "case 1"}});
    CHECK(rerun_in_order("./t", list, {3, 1}) == "./t b/same 'case 10' --isolate=shard -j1 --order given");
    CHECK(rerun_in_order("./t", list, {3}) == "./t b/same --isolate=shard -j1");
    CHECK(rerun_in_order("./t", list, {3, 0}).empty());  // there are two of that name
    vector<std::size_t> many(101, 1);
    CHECK(rerun_in_order("./t", list, many).empty());
    options chosen;
    chosen.order = test_order::given;
    const std::string command = rerun_in_order("./t", list, {3, 1, 2});
    for (const std::string& word : words_of(command))
        chosen.patterns.push_back(word);
    chosen.patterns.erase(chosen.patterns.begin());
    chosen.patterns.resize(3);
    const vector<std::size_t> expected{3, 1, 2};
    CHECK(select::make_plan(list, chosen, 9, {}).value().order == expected);
}

TEST_CASE("words for the shells of Windows are right in cmd, in PowerShell and for the program") {
    quote_for("windows");
    CHECK(shell_word("plain/name-1=x") == "plain/name-1=x");
    CHECK(shell_word("=plain") == "\"=plain\"");
    CHECK(shell_word("two words") == "\"two words\"");
    CHECK(shell_word("it's & | > <") == "\"it's & | > <\"");
    CHECK(shell_word("") == "\"\"");
    CHECK(shell_word("ends with \\") == "\"ends with \\\\\"");
    CHECK(shell_word("a \\\"b\"") == "\"a \\\\\\\"b\\\"\"");
    CHECK(program_word("./tests.exe") == ".\\tests.exe");
    CHECK(program_word("C:/my tests/a.exe") == "\"C:\\my tests\\a.exe\"");
    quote_for("linux");
    CHECK(shell_word("two words") == "'two words'");
    CHECK(program_word("./tests.exe") == "./tests.exe");
}

TEST_CASE("a name with a character that the shells of Windows differ about is selected with a wildcard") {
    const test_list list = list_of({{"", "100% of $HOME"}, {"", "100 of HOME"}, {"s", "says \"no\""}});
    quote_for("windows");
    CHECK(rerun_command("./t.exe", list, {0}) == ".\\t.exe -f \"name(100? of ?HOME) & !suite(?*)\"");
    CHECK(rerun_command("./t.exe", list, {1}) == ".\\t.exe \"100 of HOME\"");
    CHECK(rerun_command("./t.exe", list, {2}) == ".\\t.exe -f \"name(says ?no?) & suite(s)\"");
    CHECK_FALSE(single_reruns(list).is_obvious(list.tests[1]));
    quote_for("linux");
}
