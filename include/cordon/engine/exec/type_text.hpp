#pragma once

#include <cordon/engine/base/compiler_names.hpp>

#include <string>
#include <string_view>

namespace cordon::engine::exec {

/// The plain type in the compiler's name of signature_of<T>(); or a text of TYPE_TO_STRING as it is.
std::string type_text(std::string_view signature) {
    if (signature.find("signature_of") == std::string_view::npos) return std::string(signature);
    return type_of(signature);
}

}  // namespace cordon::engine::exec
