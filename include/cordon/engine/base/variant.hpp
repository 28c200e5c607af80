#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace cordon::engine {

/// One of several plain structs: the part of std::variant that the engine uses. About five functions to compile for
/// each alternative, instead of forty. Never empty.
template <typename... Types>
class variant {
  public:
    template <typename Type, typename = std::enable_if_t<(std::is_same_v<Type, Types> || ...)>>
    variant(Type value) : index_(index_of<Type>()), destroy_(destroy<Type>), move_(move<Type>) {
        new (static_cast<void*>(storage_)) Type(static_cast<Type&&>(value));
    }
    variant(const variant& other) {
        other.visit([this](const auto& value) { new (static_cast<void*>(this)) variant(value); });
    }
    variant(variant&& other) noexcept : index_(other.index_), destroy_(other.destroy_), move_(other.move_) {
        move_(storage_, other.storage_);
    }
    variant& operator=(variant&& other) noexcept {
        if (this == &other) return *this;
        destroy_(storage_);
        return *new (static_cast<void*>(this)) variant(static_cast<variant&&>(other));
    }
    ~variant() { destroy_(storage_); }

    std::size_t index() const { return index_; }
    static constexpr std::size_t count() { return sizeof...(Types); }

    /// The index of an alternative.
    template <typename Type>
    static constexpr std::size_t index_of() {
        constexpr bool same[] = {std::is_same_v<Type, Types>...};
        std::size_t at = 0;
        while (!same[at])
            ++at;
        return at;
    }

    /// Calls `use` with a null pointer to the alternative at `index`. Returns false if there is none.
    template <typename Use>
    static bool name_type(std::size_t index, Use&& use) {
        std::size_t at = 0;
        return ((at++ == index && (use(static_cast<Types*>(nullptr)), true)) || ...);
    }

    /// The value if it is a `Type`, else null.
    template <typename Type>
    const Type* get_if() const {
        if (index_ != index_of<Type>()) return nullptr;
        return static_cast<const Type*>(static_cast<const void*>(storage_));
    }
    template <typename Type>
    Type* get_if() {
        return const_cast<Type*>(static_cast<const variant*>(this)->template get_if<Type>());
    }

    /// Calls `use` with the value in its own type.
    template <typename Use>
    void visit(Use&& use) {
        static_cast<void>((apply(use, get_if<Types>()) || ...));
    }
    template <typename Use>
    void visit(Use&& use) const {
        static_cast<void>((apply(use, get_if<Types>()) || ...));
    }

  private:
    template <typename Use, typename Type>
    static bool apply(Use& use, Type* value) {
        if (value == nullptr) return false;
        use(*value);
        return true;
    }
    template <typename Type>
    static void destroy(void* value) {
        static_cast<Type*>(value)->~Type();
    }
    template <typename Type>
    static void move(void* to, void* from) {
        static_assert(std::is_nothrow_move_constructible_v<Type>, "a move that throws would leave the variant empty");
        new (to) Type(static_cast<Type&&>(*static_cast<Type*>(from)));
    }
    static constexpr std::size_t largest() {
        std::size_t most = 0;
        for (const std::size_t size : {sizeof(Types)...})
            most = size > most ? size : most;
        return most;
    }

    std::size_t index_ = 0;
    void (*destroy_)(void*) = nullptr;
    void (*move_)(void*, void*) = nullptr;
    alignas(std::max_align_t) unsigned char storage_[largest()];
};

}  // namespace cordon::engine
