#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/report/list/request.hpp>
#include <cordon/engine/text/catch2_words.hpp>
#include <cordon/engine/text/tag_counts.hpp>
#include <cordon/engine/text/xml_writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// The lists of Catch2: --list-tests and its like. Each returns the number of its entries, which some of Catch2's lists
// return as their exit code.

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// A name and, further in, its tags. Long names are not wrapped: readers could not put them together again.
std::size_t list_catch2_tests(const list_request& asked) {
    std::string text = asked.narrowed ? "Matching test cases:\n" : "All available test cases:\n";
    for (const std::size_t test : asked.selected) {
        const test_info& info = asked.list.tests[test];
        text += "  " + printable(text::catch2_name(info)) + "\n";
        const std::string tags = text::catch2_tags(info);
        if (!tags.empty()) text += "      " + printable(tags) + "\n";
    }
    text += counted(asked.selected.size()) + (asked.narrowed ? " matching" : "");
    text += asked.selected.size() == 1 ? " test case\n\n" : " test cases\n\n";
    asked.output.write(text);
    return asked.selected.size();
}

std::size_t list_catch2_names(const list_request& asked) {
    std::string text;
    for (const std::size_t test : asked.selected)
        text += printable(text::catch2_name(asked.list.tests[test])) + "\n";
    asked.output.write(text);
    return asked.selected.size();
}

std::size_t list_catch2_xml(const list_request& asked) {
    std::string text;
    text::xml_writer xml(text);
    xml.declaration();
    xml.open("MatchingTests");
    for (const std::size_t test : asked.selected) {
        const test_info& info = asked.list.tests[test];
        xml.open("TestCase").element("Name", text::catch2_name(info)).open("ClassName").close();
        xml.element("Tags", text::catch2_tags(info)).open("SourceInfo").element("File", info.file);
        xml.element("Line", std::to_string(info.line)).close().close();
    }
    xml.close();
    asked.output.write(text);
    return asked.selected.size();
}

std::size_t list_catch2_tags(const list_request& asked) {
    vector<std::string_view> tags;
    vector<std::size_t> counts;
    for (const std::size_t test : asked.selected) {
        for (const std::string_view tag : asked.list.tests[test].tags)
            text::count_tag(tag, tags, counts);
    }
    std::string text = asked.narrowed ? "Tags for matching test cases:\n" : "All available tags:\n";
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const std::string number = std::to_string(counts[i]);
        text.append(number.size() < 4 ? 4 - number.size() : 0, ' ');
        text += number + "  [" + printable(tags[i]) + "]\n";
    }
    text += counted(tags.size()) + (tags.size() == 1 ? " tag\n\n" : " tags\n\n");
    asked.output.write(text);
    return tags.size();
}

std::size_t list_catch2_reporters(const list_request& asked) {
    asked.output.write(
        "Available reporters:\n"
        "  console:  Reports for people\n"
        "  junit:    Reports in an XML format that CI systems read\n"
        "  tap:      Reports in the Test Anything Protocol\n"
        "  teamcity: Reports in TeamCity's service messages\n"
        "  xml:      Reports in Catch2's XML format\n\n");
    return 5;
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
