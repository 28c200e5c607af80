#include <cordon/engine/app/help.hpp>
#include <cordon/engine/app/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// The input's lines are the arguments, and its last line is the value of every environment variable. Either all of it
// is understood or one line says what is not.

namespace {

std::string variable;

const char* look_up(const char*) { return variable.c_str(); }

cordon::engine::vector<std::string_view> lines_of(std::string_view text) {
    cordon::engine::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

void check(const cordon::engine::result<cordon::engine::options>& parsed) {
    if (parsed) {
        if (cordon::engine::app::help_for(parsed.value(), "./tests").empty()) std::abort();
        return;
    }
    const std::string& detail = parsed.failure().detail;
    if (detail.empty() || detail.find('\n') != std::string::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    cordon::engine::vector<std::string_view> arguments = lines_of({reinterpret_cast<const char*>(data), size});
    check(cordon::engine::app::parse_arguments(arguments, nullptr));
    if (arguments.empty()) return 0;
    variable = arguments.back();
    arguments.pop_back();
    check(cordon::engine::app::parse_arguments(arguments, look_up));
    return 0;
}
