#pragma once

#include <cordon/api/translator.hpp>
#include <cordon/compat/parts/catch2/text.hpp>

// CATCH_TRANSLATE_EXCEPTION: the text of exceptions of the user.

namespace Catch::cordon_compat {

struct exception_translator : ::cordon::detail::exception_translator {
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    template <class T>
    explicit exception_translator(std::string (*function_)(T)) noexcept
        : ::cordon::detail::exception_translator(reinterpret_cast<::cordon::detail::any_function>(function_),
                                                 &translates<T>) {}

    /// False if the current exception has another type.
    template <class T>
    static bool translates(::cordon::text_sink& out, ::cordon::detail::any_function translator) {
        try {
            throw;
        } catch (T caught) {
            out << reinterpret_cast<std::string (*)(T)>(translator)(caught);
            return true;
        } catch (...) {
            return false;
        }
    }
#endif
};

}  // namespace Catch::cordon_compat

#if defined(CORDON_CONFIG_NO_EXCEPTIONS) || defined(CATCH_CONFIG_DISABLE)
#define CORDON_CATCH2_TRANSLATE_(name, ...) [[maybe_unused]] static std::string name(__VA_ARGS__)
#else
#define CORDON_CATCH2_TRANSLATE_(name, ...)                                                       \
    static std::string name(__VA_ARGS__);                                                         \
    CORDON_GLOBAL_BEGIN_                                                                          \
    static const ::Catch::cordon_compat::exception_translator CORDON_CONCAT(name, _entry){&name}; \
    CORDON_GLOBAL_END_                                                                            \
    static std::string name(__VA_ARGS__)
#endif
#define CATCH_TRANSLATE_EXCEPTION(...) CORDON_CATCH2_TRANSLATE_(CORDON_UNIQUE(cordon_translator_), __VA_ARGS__)
