#pragma once

#include <atomic>
#include <cstddef>
#include <new>

namespace cordon::engine {

constexpr std::size_t lasting_room_size = 2048;
alignas(lasting_room_size) char lasting_room[lasting_room_size];  // aligned to its size: never on two pages
std::atomic<std::size_t> lasting_taken{0};

/// An object that is never destroyed, because code at the very end may still need it. Such objects are stored together:
/// each page that a worker or a test process writes first after a fork must be copied.
template <class Type>
Type* make_lasting() {
    constexpr std::size_t step = alignof(std::max_align_t);
    static_assert(alignof(Type) <= step, "");
    const std::size_t at = lasting_taken.fetch_add((sizeof(Type) + step - 1) / step * step);
    if (at + sizeof(Type) > lasting_room_size) return new Type();
    return new (lasting_room + at) Type();
}

}  // namespace cordon::engine
