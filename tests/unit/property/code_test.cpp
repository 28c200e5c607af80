#define CORDON_CONFIG_PREFIX_ONLY
#include <doctest/doctest.h>
#include <cordon/cordon.hpp>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/property/code.hpp>
#include <unit/property/in_process.hpp>

#include <array>
#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

using namespace cordon;

namespace shop {
enum class color : int { red, green };
struct item {
    int price;
    std::string name;
};
class secret {
  public:
    explicit secret(int n) : n_(n) {}
    int n() const { return n_; }

  private:
    int n_;
};
class opaque {
    int n_ = 7;

  public:
    int n() const { return n_; }
};
void to_code(text_sink& out, const secret& s) { out << "shop::secret(" << s.n() << ")"; }
}  // namespace shop

namespace {

enum class shape : int { round, square = -3 };
struct place {
    shape kind;
    std::vector<shape> others;
};

template <class T>
std::string code(const T& value) {
    return engine::exec::written(detail::code_of(value));
}

TEST_CASE("numbers") {
    CHECK(code(0) == "0");
    CHECK(code(-7) == "-7");
    CHECK(code(std::numeric_limits<int>::min()) == "-2147483648");
    CHECK(code(std::numeric_limits<short>::min()) == "-32768");
    CHECK(code(std::numeric_limits<long long>::min()) == "-9223372036854775807 - 1");
    CHECK(code(std::numeric_limits<unsigned long long>::max()) == "18446744073709551615u");
    CHECK(code(static_cast<unsigned char>(200)) == "200");
    CHECK(code(0.1) == "0.1");
    CHECK(code(std::numeric_limits<double>::quiet_NaN()) == "std::numeric_limits<double>::quiet_NaN()");
    CHECK(code(-std::numeric_limits<float>::infinity()) == "-std::numeric_limits<float>::infinity()");
    CHECK(code(true) == "true");
}

TEST_CASE("text") {
    CHECK(code('x') == "'x'");
    CHECK(code(std::string("a\"b\\\n")) == R"("a\"b\\\n")");
    CHECK(code(std::string("\x01"
                           "2")) == R"("\0012")");
    CHECK(code(std::string("a\0b", 3)) == R"(std::string("a\000b", 3))");
    CHECK(code(std::string("\xC3\xA9")) == "\"\xC3\xA9\"");
    CHECK(code(std::string("\xFF"
                           "1")) == R"("\3771")");
    CHECK(code(std::u16string(u"\u00e9\u20ac")) == R"(u"\351\u20ac")");
    CHECK(code(std::u32string(U"\U0001F600")) == R"(U"\U0001f600")");
    CHECK(code(std::wstring(L"w")) == "L\"w\"");
}

TEST_CASE("types made of others") {
    CHECK(code(std::vector<int>{0, -1}) == "{0, -1}");
    CHECK(code(std::vector<bool>{true, false}) == "{true, false}");
    CHECK(code(std::vector<std::vector<int>>{{1}, {}}) == "{{1}, {}}");
    CHECK(code(std::map<std::string, int>{{"a", 1}}) == "{{\"a\", 1}}");
    CHECK(code(std::set<char>{'b', 'a'}) == "{'a', 'b'}");
    CHECK(code(std::array<int, 2>{{1, 2}}) == "{{1, 2}}");
    CHECK(code(std::pair<int, char>(1, 'x')) == "{1, 'x'}");
    CHECK(code(std::tuple<int, std::string>(1, "x")) == "{1, \"x\"}");
    CHECK(code(std::optional<int>()) == "std::nullopt");
    CHECK(code(std::optional<int>(3)) == "3");
    CHECK(code(std::optional<std::vector<int>>({1, 2})) == "std::vector<int>({1, 2})");
    CHECK(code(std::variant<int, std::string>("x")) == "std::string(\"x\")");
    CHECK(code(std::variant<int, std::string>(5)) == "5");
    CHECK(code(std::unique_ptr<int>()) == "nullptr");
    CHECK(code(std::make_shared<int>(4)) == "std::shared_ptr<int>(new int(4))");
    CHECK(code(std::chrono::hours(3)).find("(3)") != std::string::npos);
}

TEST_CASE("the user's types") {
    CHECK(code(shop::color::green) == "shop::color::green");
    CHECK(code(static_cast<shop::color>(9)) == "static_cast<shop::color>(9)");
    CHECK(code(place{shape::round, {shape::square}}) == "{shape::round, {shape::square}}");
    CHECK(code(static_cast<shape>(9)) == "static_cast<shape>(9)");
    CHECK(code(shop::item{3, "pen"}) == "{3, \"pen\"}");
    CHECK(code(std::vector<shop::item>{{1, ""}}) == "{{1, \"\"}}");
    CHECK(code(shop::secret(4)) == "shop::secret(4)");
    CHECK(code(shop::opaque()).find("/* shop::opaque{") == 0);
}

}  // namespace
