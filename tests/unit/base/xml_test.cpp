#include <doctest/doctest.h>
#include <cordon/engine/base/xml.hpp>

#include <string>

using namespace cordon::engine;

namespace {

std::string exact(std::string_view text, xml_lines lines = xml_lines::escaped) {
    std::string out;
    append_exact_xml(out, text, lines);
    return out;
}

}  // namespace

TEST_CASE("a reader of XML gets the text back") {
    CHECK(exact("plain <&>\"'") == "plain &lt;&amp;&gt;&quot;'");
    CHECK(exact("a\n\t\rb") == "a&#10;&#9;&#13;b");
    CHECK(exact("a\n\t\rb", xml_lines::kept) == "a\n\t&#13;b");
    CHECK(exact("\xc3\xa9 \xe2\x80\xae \xf0\x9f\x98\x80") == "\xc3\xa9 &#8238; \xf0\x9f\x98\x80");
}

TEST_CASE("what XML cannot express is spelled") {
    CHECK(exact("\x01 \xff \xef\xbf\xbf") == "\\x01 \\xff \\uffff");
    CHECK(spelled_for_xml("\n\x1b<\xff") == "\n\\x1b<\\xff");
}
