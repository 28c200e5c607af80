#pragma once

#include <cordon/engine/base/result.hpp>

#include <cstddef>
#include <string_view>

namespace cordon::engine {

/// Where a report's text goes: a file, a terminal, a string of a test.
class text_output {
  public:
    virtual ~text_output() = default;
    /// Called with whole batches. Errors are kept for finish(), since a report has nobody to tell.
    virtual void write(std::string_view text) = 0;
    /// Called by whoever made it, after the report that writes to it has finished: the first error of all calls to
    /// write, or of giving the file its name.
    virtual status finish() { return ok(); }
    /// Present width when it is a terminal, 0 when unknown. Asked once a redraw, so that a live display follows a
    /// terminal that changes its size.
    virtual std::size_t columns() { return 0; }
};

}  // namespace cordon::engine
