#pragma once

#include <cordon/api/check.hpp>

// EXCEPTION_TRANSLATOR: the text of exceptions of the user.

namespace cordon::detail {

/// The text that a translator returns; a copy.
class translation {
  public:
    translation(text_view text);
    template <class S>
    translation(const S& text) : translation(text_view(text)) {}
    translation(const translation&) = delete;
    translation& operator=(const translation&) = delete;
    ~translation();

    void write(text_sink& out) const { out.write(data_, size_); }

  private:
    char* data_;
    size_t size_;
};

using any_function = void (*)();

/// A registered translator. Called in a catch block.
struct exception_translator {
    exception_translator(any_function function, bool (*translate)(text_sink&, any_function)) noexcept;
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    template <class T>
    explicit exception_translator(translation (*function_)(T)) noexcept
        : exception_translator(reinterpret_cast<any_function>(function_), &translates<T>) {}

    /// False if the current exception has another type.
    template <class T>
    static bool translates(text_sink& out, any_function function) {
        try {
            throw;
        } catch (T caught) {
            reinterpret_cast<translation (*)(T)>(function)(caught).write(out);
            return true;
        } catch (...) {
            return false;
        }
    }
#endif

    any_function function;
    bool (*translate)(text_sink& out, any_function function);
    mutable const exception_translator* next;
};

}  // namespace cordon::detail
