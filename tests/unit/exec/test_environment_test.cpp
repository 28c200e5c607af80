#define CORDON_CONFIG_PREFIX_ONLY
#include <doctest/doctest.h>
#include <cordon/cordon.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/os/system.hpp>

#include <stdlib.h>

#include <string>

using cordon::engine::exec::variable;

namespace {

std::string value_of(const char* name) {
    const char* value = ::getenv(name);
    return value != nullptr ? value : "not set";
}

}  // namespace

TEST_CASE("a variable is not there before it is set, and then has the latest value whatever the lengths") {
    static variable<40> shown("CORDON_UNIT_VARIABLE");
    CHECK(value_of("CORDON_UNIT_VARIABLE") == "not set");
#ifdef _WIN32
    const std::string empty = "not set";  // there is no empty variable
#else
    const std::string empty;
#endif
    for (const std::size_t size : {3U, 18U, 19U, 20U, 0U, 64U, 5000U, 2U, 5001U, 30000U, 1U}) {
        CAPTURE(size);
        const std::string value(size, static_cast<char>('a' + size % 26));
        shown.set(value);
        CHECK(value_of("CORDON_UNIT_VARIABLE") == (size == 0 ? empty : value));
    }
}

TEST_CASE("numbers are written out") {
    static variable<40> shown("CORDON_UNIT_NUMBER");
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{120}, ~std::uint64_t{0}}) {
        shown.set(number);
        CHECK(value_of("CORDON_UNIT_NUMBER") == std::to_string(number));
    }
}
