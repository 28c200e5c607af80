#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/stack.linux.hpp>
#include <cordon/engine/os/throw_place.hpp>

#include <new>
#include <typeinfo>

namespace cordon::engine::os {

#if defined(__GLIBCXX__) && defined(__GXX_RTTI) && defined(__cpp_exceptions)

namespace throw_place_linux {

thread_local stack_note last;

// When the unwinder looks for a handler, it asks the type of each whether it catches the exception (Itanium C++ ABI:
// Exception Handling, 2.5; libstdc++ uses this virtual function). This one looks at the stack, and declines.
class declines final : public std::type_info {
  public:
    declines() : std::type_info("cordon::engine::os::passing_exception") {}

    bool __do_catch(const std::type_info*, void**, unsigned) const override {
        stack_linux::take_own_stack(last);
        return false;
    }
};

// The compiler refers to the type information of a class by this name, and leaves its definition to the file that
// defines the class's first virtual function. No file does, so this one is used. It is only storage, because each test
// process would have to run a destructor.
extern char information[sizeof(declines)] __asm__("_ZTIN6cordon6engine2os17passing_exceptionE");
alignas(declines) char information[sizeof(declines)];
[[maybe_unused]] const declines* const informing = new (information) declines;

}  // namespace throw_place_linux

throw_place take_throw_place() {
    throw_place found{throw_place_linux::last, {}};
    throw_place_linux::last.count = 0;
    if (found.stack.count != 0) found.modules = stack_linux::modules_holding(found.stack);
    return found;
}

#else

void passing_exception::key() {}
throw_place take_throw_place() { return {}; }

#endif

}  // namespace cordon::engine::os
