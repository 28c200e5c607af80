#pragma once

#include <cordon/engine/os/branch.hpp>
#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/poll.windows.hpp>
#include <cordon/engine/os/process.windows.hpp>

#include <algorithm>
#include <string>

// A branch is a process that has run the test again, up to the same place: see exec/replica.hpp.

namespace cordon::engine::os {

optional<process_end> wait_for_end(process_id id, deadline until) {
    const windows::child* which = windows::find_child(id);
    if (which == nullptr) return process_end();
    if (::WaitForSingleObject(which->process, windows::left_until(until)) != WAIT_OBJECT_0) return nullopt;
    return reap(id);
}

result<descriptor> make_text_file(std::size_t) {
    const std::string path = temp_root() + "/" + unguessable_name();
    const HANDLE file = ::CreateFileW(windows::wide_path(path).c_str(), GENERIC_READ | GENERIC_WRITE | DELETE,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, CREATE_NEW,
                                      FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr);
    if (file == INVALID_HANDLE_VALUE) return last_error("make a file for the output of a branch", path);
    return descriptor(windows::as_native(file));
}

std::string written_text(const descriptor& file, std::size_t most) {
    const HANDLE from = windows::as_handle(file.native());
    LARGE_INTEGER end{};
    ::SetFilePointerEx(from, LARGE_INTEGER(), &end, FILE_CURRENT);
    std::string text(std::min(static_cast<std::size_t>(end.QuadPart), most), '\0');
    DWORD got = 0;
    OVERLAPPED at{};
    if (text.empty() || ::ReadFile(from, &text[0], static_cast<DWORD>(text.size()), &got, &at) == 0) got = 0;
    text.resize(got);
    return text;
}

void drop_output() { ::SetFilePointerEx(::GetStdHandle(STD_OUTPUT_HANDLE), LARGE_INTEGER(), nullptr, FILE_BEGIN); }

}  // namespace cordon::engine::os
