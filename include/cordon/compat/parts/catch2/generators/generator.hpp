#pragma once

#include <cordon/api/generators/combinators.hpp>
#include <cordon/compat/parts/catch2/text.hpp>

#include <exception>
#include <initializer_list>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

// Generators as Catch2 has them: they start at their first value. A generator of the user derives from IGenerator.

namespace Catch {

class GeneratorException : public std::exception {
  public:
    explicit GeneratorException(const char* words) : words_(words) {}
    const char* what() const noexcept override { return words_; }

  private:
    const char* words_;
};

namespace Detail {

/// The only owner of an object, as std::unique_ptr, whose header takes long to compile.
template <typename T>
class unique_ptr {
  public:
    explicit unique_ptr(T* object = nullptr) noexcept : object_(object) {}
    template <typename U, typename = std::enable_if_t<std::is_convertible<U*, T*>::value>>
    unique_ptr(unique_ptr<U>&& from) noexcept : object_(from.release()) {}
    unique_ptr(unique_ptr&& from) noexcept : object_(from.release()) {}
    unique_ptr& operator=(unique_ptr&& from) noexcept {
        T* const taken = from.release();
        delete object_;
        object_ = taken;
        return *this;
    }
    ~unique_ptr() { delete object_; }

    T* release() noexcept {
        T* const given = object_;
        object_ = nullptr;
        return given;
    }
    T* get() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

  private:
    T* object_;
};

template <typename T, typename... A>
unique_ptr<T> make_unique(A&&... arguments) {
    return unique_ptr<T>(new T(std::forward<A>(arguments)...));
}

}  // namespace Detail

namespace Generators {

[[noreturn]] inline void refuse(const char* words) {
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
    ::cordon::detail::fail_generator(words);
#else
    throw GeneratorException(words);
#endif
}

class GeneratorUntypedBase {
  public:
    GeneratorUntypedBase() = default;
    virtual ~GeneratorUntypedBase() = default;
    /// Moves to the next value. Returns false after the last one.
    virtual bool next() = 0;
    /// v3 counts for the user; so may a generator of the user.
    bool countedNext() { return next(); }
    std::string currentElementAsString() const { return {}; }
};
using GeneratorBasePtr = Detail::unique_ptr<GeneratorUntypedBase>;

template <typename T>
class IGenerator : public GeneratorUntypedBase {
  public:
    using type = T;
    virtual const T& get() const = 0;
};

template <typename T>
using GeneratorPtr = Detail::unique_ptr<IGenerator<T>>;

template <typename T>
class GeneratorWrapper final {
  public:
    explicit GeneratorWrapper(IGenerator<T>* generator) : generator_(generator) {}
    /// From an owner: std::unique_ptr or Catch::Detail::unique_ptr.
    template <typename P, typename = std::enable_if_t<
                              std::is_convertible<decltype(std::declval<P&>().release()), IGenerator<T>*>::value>>
    GeneratorWrapper(P&& generator) : generator_(generator.release()) {}

    const T& get() const { return generator_->get(); }
    bool next() { return generator_->next(); }

  private:
    Detail::unique_ptr<IGenerator<T>> generator_;
};

namespace pf {
using Detail::make_unique;
}

}  // namespace Generators
}  // namespace Catch

namespace Catch::cordon_compat {

/// A generator of Catch2 as one of cordon, which starts before its first value.
template <class T>
class started_generator {
  public:
    explicit started_generator(Generators::GeneratorWrapper<T> from) : from_(std::move(from)) {}
    bool next() { return is_started_ ? from_.next() : (is_started_ = true); }
    const T& get() const { return from_.get(); }

  private:
    Generators::GeneratorWrapper<T> from_;
    bool is_started_ = false;
};

template <class G, class... A>
Generators::GeneratorWrapper<typename G::type> wrapped(A&&... arguments) {
    return Generators::GeneratorWrapper<typename G::type>(new G(std::forward<A>(arguments)...));
}

}  // namespace Catch::cordon_compat
