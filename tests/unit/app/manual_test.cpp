#include <doctest/doctest.h>

#include <cordon/engine/app/manual.hpp>

#include "../report/golden.hpp"

#include <string>

using namespace cordon::engine;

TEST_CASE("the manual page that is installed is the one that programs print") {
    check_golden("../../docs/cordon.7", app::manual_page());
}

TEST_CASE("the manual page names every option, and no line is taken for a request") {
    const std::string page = app::manual_page();
    for (const app::option_row& row : app::option_table) {
        std::string name = "\\-\\-";
        for (const char* c = row.name; *c; ++c)
            name += *c == '-' ? std::string("\\-") : std::string(1, *c);
        CHECK_MESSAGE(page.find(name) != std::string::npos, row.name);
    }
    std::size_t start = 0;
    while (start < page.size()) {
        const std::size_t end = page.find('\n', start);
        const std::string line = page.substr(start, end - start);
        CAPTURE(line);
        CHECK(!line.empty());
        if (line[0] == '.') {
            const std::string request = line.substr(0, line.find(' '));
            const bool known = request == ".TH" || request == ".SH" || request == ".SS" || request == ".TP" ||
                               request == ".PP" || request == ".br";
            CHECK(known);
        }
        CHECK(line[0] != '\'');
        start = end + 1;
    }
}

TEST_CASE("texts are escaped") {
    std::string out;
    app::add_text(out, ".TH \\ -x");
    CHECK(out == "\\&.TH \\e \\-x");
}
