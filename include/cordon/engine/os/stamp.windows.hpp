#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/stamp.hpp>

namespace cordon::engine::os {

namespace windows {

std::uint64_t of_two(DWORD high, DWORD low) { return std::uint64_t{high} << 32 | low; }

template <class Data>
std::uint64_t stamp_of_entry(const Data& data) {
    std::uint64_t state = mix_bits(of_two(data.nFileSizeHigh, data.nFileSizeLow));
    state = mix_bits(state ^ of_two(data.ftCreationTime.dwHighDateTime, data.ftCreationTime.dwLowDateTime));
    return mix_bits(state ^ of_two(data.ftLastWriteTime.dwHighDateTime, data.ftLastWriteTime.dwLowDateTime)) | 1;
}

// Sums do not depend on the order in which the system lists the entries.
std::uint64_t stamp_of_tree(const std::string& path, int deepest) {
    std::uint64_t sum = 1;
    const bool readable = each_entry(path, [&](const WIN32_FIND_DATAW& data) {
        const std::string name = narrow(data.cFileName);
        if (name.front() == '.') return true;
        const bool folder = is_real_folder(data.dwFileAttributes);
        const std::uint64_t own = !folder       ? stamp_of_entry(data)
                                  : deepest > 0 ? stamp_of_tree(path + "/" + name, deepest - 1)
                                                : 1;
        sum += fast_hash(name, own);
        return true;
    });
    return readable ? mix_bits(sum) | 1 : 0;
}

}  // namespace windows

std::uint64_t stamp_of(const std::string& path) {
    constexpr int deepest = 32;
    WIN32_FILE_ATTRIBUTE_DATA data{};
    if (::GetFileAttributesExW(windows::wide_path(path).c_str(), GetFileExInfoStandard, &data) == 0) return 0;
    const bool folder = (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    return folder ? windows::stamp_of_tree(path, deepest) : windows::stamp_of_entry(data);
}

std::uint64_t changed_at(const std::string& path) {
    WIN32_FILE_ATTRIBUTE_DATA data{};
    if (::GetFileAttributesExW(windows::wide_path(path).c_str(), GetFileExInfoStandard, &data) == 0) return 0;
    constexpr std::uint64_t ticks_from_1601_to_1970 = 116'444'736'000'000'000;
    const std::uint64_t ticks =
        windows::of_two(data.ftLastWriteTime.dwHighDateTime, data.ftLastWriteTime.dwLowDateTime);
    return (ticks - ticks_from_1601_to_1970) * 100;
}

}  // namespace cordon::engine::os
