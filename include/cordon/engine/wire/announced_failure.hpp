#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace cordon::engine::wire {

/// The text of an announced failure until it is completed.
constexpr std::string_view values_unwritten = "its process ended, or was ended, while the values were written";

/// Adds a failure. A completed one replaces its announcement: the last one of the same assertion, because an assertion
/// may fail while the values of another are written.
void take_failure(vector<failure>& failures, failed_assertion&& said) {
    if (said.how == telling::completed) {
        for (std::size_t i = failures.size(); i-- > 0;) {
            failure& known = failures[i];
            if (known.line != said.what.line || known.file != said.what.file || known.macro != said.what.macro ||
                known.message != values_unwritten)
                continue;
            known = std::move(said.what);
            return;
        }
    }
    failures.push_back(std::move(said.what));
}

}  // namespace cordon::engine::wire
