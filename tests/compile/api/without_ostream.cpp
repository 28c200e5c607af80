// Types whose operator<< is declared by a header that does not make std::ostream complete.
#include <cordon/cordon.hpp>

#include <array>
#include <bitset>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>

struct printable {
    int value;
    bool operator==(const printable& other) const { return value == other.value; }
};
std::ostream& operator<<(std::ostream& out, const printable& value);

enum plain { plain_one };
enum class scoped { one };
std::ostream& operator<<(std::ostream& out, scoped value);

TEST_CASE("without <ostream>") {
    CHECK(std::bitset<4>(5) == std::bitset<4>(5));
    CHECK(std::shared_ptr<int>() == nullptr);
    CHECK(std::unique_ptr<int>() == nullptr);
    CHECK(std::string("a") == std::string_view("a"));
    CHECK(std::tuple<int, char>(1, 'a') == std::tuple<int, char>(1, 'a'));
    CHECK(std::optional<int>(1) == 1);
    CHECK(std::variant<int, char>(1) == std::variant<int, char>(1));
    CHECK(std::array<printable, 1>{{{1}}} == std::array<printable, 1>{{{1}}});
    CHECK(printable{1} == printable{1});
    CHECK(plain_one == plain_one);
    CHECK(scoped::one == scoped::one);
}
