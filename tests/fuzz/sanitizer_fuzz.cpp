#include <cordon/engine/run/sanitizer.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// The input is what a test has written to standard error. What is taken from it is one line of bounded length.

namespace {

void check(const std::string& found) {
    if (found.find('\n') != std::string::npos || found.size() > 300) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cordon::engine::run;
    const std::string_view errors(reinterpret_cast<const char*>(data), size);
    check(sanitizer_finding(errors));
    check(undefined_behaviour(errors));
    return 0;
}
