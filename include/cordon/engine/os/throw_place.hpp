#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack_note.hpp>

namespace cordon::engine::os {

/// For a handler that stands before `catch (...)` and never catches anything: `catch (const passing_exception&) {}`. An
/// exception that comes by on the search for its handler leaves the stack of its throw there, since nothing is unwound
/// before that search is over. Linux, with libstdc++ and RTTI; elsewhere there is no stack.
class passing_exception {
  public:
    virtual void key();

  protected:
    ~passing_exception() = default;
};

/// Where an exception was thrown, or rethrown.
struct throw_place {
    stack_note stack;             ///< the C++ library's own calls first; none where they are not known
    vector<module_note> modules;  ///< the files that these calls lie in
};

/// Of the exception that came by last. Takes it away: a second call finds nothing.
throw_place take_throw_place();

}  // namespace cordon::engine::os
