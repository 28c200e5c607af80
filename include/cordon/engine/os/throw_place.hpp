#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack_note.hpp>

namespace cordon::engine::os {

/// For a handler that is before `catch (...)` and never catches anything: `catch (const passing_exception&) {}`. The
/// search for a handler passes it, and it stores the stack of the throw, because nothing is unwound before that search
/// is over. Linux, with libstdc++ and RTTI; elsewhere there is no stack.
class passing_exception {
  public:
    virtual void key();

  protected:
    ~passing_exception() = default;
};

/// The place where an exception was thrown, or rethrown.
struct throw_place {
    stack_note stack;             ///< the C++ library's own calls first; none where they are not known
    vector<module_note> modules;  ///< the files of these calls
};

/// For the last exception that passed. Removes it: a second call finds nothing.
throw_place take_throw_place();

}  // namespace cordon::engine::os
