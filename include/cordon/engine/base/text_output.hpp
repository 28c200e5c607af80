#pragma once

#include <cordon/engine/base/result.hpp>

#include <cstddef>
#include <string_view>

namespace cordon::engine {

/// The destination of a report's text: a file, a terminal, a string in a test.
class text_output {
  public:
    virtual ~text_output() = default;
    /// Called with whole batches. Errors are kept for finish(), because a report cannot handle them.
    virtual void write(std::string_view text) = 0;
    /// Called by the owner after the report has finished. Returns the first error of all writes, or of renaming the
    /// file.
    virtual status finish() { return ok(); }
    /// The present width of a terminal, 0 if unknown. A live display asks before each redraw, because the size may
    /// change.
    virtual std::size_t columns() { return 0; }
};

}  // namespace cordon::engine
