#include <cordon/engine/select/filter.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Any expression is either refused with a reason of one line or can be asked about a test.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cordon::engine;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const result<select::filter> parsed = select::parse_filter(text);
    if (!parsed) {
        const std::string& detail = parsed.failure().detail;
        if (detail.empty() || detail.find('\n') != std::string::npos) std::abort();
        return 0;
    }
    test_info test;
    test.name = "sum (of two)";
    test.suite = "math/simple";
    test.file = "src/sum.cpp";
    test.tags = {"fast"};
    parsed.value().selects(test);
    return 0;
}
