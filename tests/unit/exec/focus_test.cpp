#include <cordon/engine/exec/focus.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace cordon::engine::exec;

namespace {

std::string list_of(int count, int other_at = -1) {
    std::string text = "[";
    for (int i = 0; i < count; ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(i == other_at ? -1 : i);
    return text + "]";
}

}  // namespace

TEST_CASE("short texts stay as they are") {
    std::string left = list_of(1000);
    std::string right = list_of(1000, 500);
    focus_on_difference(left, right);
    CHECK(left == list_of(1000));
    CHECK(right == list_of(1000, 500));
}

TEST_CASE("a long list keeps the elements around the difference") {
    std::string left = list_of(1000000);
    std::string right = list_of(1000000, 765432);
    focus_on_difference(left, right);
    CHECK(left == "[... 765429 equal, 765429, 765430, 765431, 765432, ... 234567 equal]");
    CHECK(right == "[... 765429 equal, 765429, 765430, 765431, -1, ... 234567 equal]");
}

TEST_CASE("the first and the last element may differ, or all of them") {
    std::string left = list_of(100000, 0);
    std::string right = list_of(100000);
    focus_on_difference(left, right);
    CHECK(left == "[-1, ... 99999 equal]");
    left = list_of(100000);
    right = list_of(99999);
    focus_on_difference(left, right);
    CHECK(left == "[... 99995 equal, 99995, 99996, 99997, 99998, 99999]");
    CHECK(right == "[... 99995 equal, 99995, 99996, 99997, 99998]");
    left = "[" + std::string(50000, 'a') + "]";
    right = "[" + std::string(50000, 'b') + "]";
    focus_on_difference(left, right);
    CHECK(left.size() == 50002);
}

TEST_CASE("many differing elements are counted") {
    std::string left = "[x";
    std::string right = "[y";
    for (int i = 0; i < 50000; ++i) {
        left += ", a";
        right += ", b";
    }
    left += "]";
    right += "]";
    focus_on_difference(left, right);
    CHECK(left.size() < 32 * 1024);
    CHECK(left.substr(left.size() - 6) == " more]");
    CHECK(right.substr(right.size() - 6) == " more]");
}

TEST_CASE("of a long line only the neighborhood of the difference is kept, and its size is said in bytes of the text") {
    const std::string some(50000, 'x');
    std::string left = "\"" + some + "\\xE9a" + some + "\"";
    std::string right = "\"" + some + "\\xE9b" + some + some + "\"";
    focus_on_difference(left, right);
    CHECK(left.size() < 13000);
    CHECK(right.size() < 13000);
    std::string left_text = left.substr(1, left.size() - 2);
    std::string right_text = right.substr(1, right.size() - 2);
    const cordon::engine::text::literal_gaps of_left = cordon::engine::text::take_gaps(left_text);
    const cordon::engine::text::literal_gaps of_right = cordon::engine::text::take_gaps(right_text);
    CHECK(of_left.are_known);
    CHECK(of_left.before + left_text.size() - 3 + of_left.after == 100002);
    CHECK(of_right.before == of_left.before);
    CHECK(of_right.after == of_left.after + 50000);
}

TEST_CASE("the lines behind a difference are kept") {
    std::string left = "\"a";
    for (int i = 0; i < 10000; ++i)
        left += "line\\n";
    left += "\"";
    std::string right = left;
    right[1] = 'b';
    const std::string whole = left;
    focus_on_difference(left, right);
    CHECK(left == whole);
}

TEST_CASE("long texts are cut before the difference, not inside of an escape") {
    for (int shift = 0; shift < 4; ++shift) {
        std::string line = "\\\\\\t";
        std::string same = "\"" + std::string(static_cast<std::size_t>(shift), '.');
        while (same.size() < 60000)
            same += line;
        std::string left = same + "a\"";
        std::string right = same + "b\"";
        focus_on_difference(left, right);
        CHECK(left.size() < 10000);
        CHECK(left.substr(0, 6) == "\"[... ");
        CHECK(left.substr(0, left.size() - 2) == right.substr(0, right.size() - 2));
        const std::size_t gap = left.find("...]") + 4;
        std::size_t slashes = 0;
        while (left[gap + slashes] == '\\')
            ++slashes;
        CHECK((left[gap + slashes] == 't') == (slashes % 2 == 1));
    }
}
