// What a PROPERTY refuses, and the words that say why.
// error NO_GENERATOR: specialize cordon::arbitrary
// error TOO_MANY_FIELDS: more than 8 fields
// error NO_FIXED_TYPE: no fixed underlying type
// error NO_NUMBERS: in_range.. makes whole numbers
#include <cordon/property.hpp>

#include <string>
#include <string_view>

namespace {

struct wide {
    int a, b, c, d, e, f, g, h, i;
};
enum loose { first, second };

}  // namespace

#if defined(NO_GENERATOR)
PROPERTY("a view owns nothing", std::string_view v) { CHECK(v.empty()); }
#endif
#if defined(TOO_MANY_FIELDS)
PROPERTY("too many", wide w) { CHECK(w.a == 0); }
#endif
#if defined(NO_FIXED_TYPE)
PROPERTY("a loose enum", loose l) { CHECK(l == first); }
#endif
#if defined(NO_NUMBERS)
PROPERTY("no numbers", void) { cordon::draw(cordon::gen::in_range(std::string("a"), std::string("b"))); }
#endif
PROPERTY("fine", int x) { CHECK(x == x); }
