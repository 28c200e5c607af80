#pragma once

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

// The names of errno values.

namespace cordon::detail::stringify_detail {

struct error_name {
    int value;
    const char* name;
};

#define CORDON_ERROR_(name) {name, #name},
constexpr error_name error_names[] = {
    CORDON_ERROR_(E2BIG) CORDON_ERROR_(EACCES) CORDON_ERROR_(EADDRINUSE) CORDON_ERROR_(EADDRNOTAVAIL) CORDON_ERROR_(
        EAFNOSUPPORT) CORDON_ERROR_(EAGAIN) CORDON_ERROR_(EALREADY) CORDON_ERROR_(EBADF) CORDON_ERROR_(EBUSY)
        CORDON_ERROR_(ECANCELED) CORDON_ERROR_(ECHILD) CORDON_ERROR_(ECONNABORTED) CORDON_ERROR_(ECONNREFUSED)
            CORDON_ERROR_(ECONNRESET) CORDON_ERROR_(EDEADLK) CORDON_ERROR_(EDESTADDRREQ) CORDON_ERROR_(
                EDOM) CORDON_ERROR_(EEXIST) CORDON_ERROR_(EFAULT) CORDON_ERROR_(EFBIG) CORDON_ERROR_(EHOSTUNREACH)
                CORDON_ERROR_(EILSEQ) CORDON_ERROR_(EINPROGRESS) CORDON_ERROR_(EINTR) CORDON_ERROR_(EINVAL)
                    CORDON_ERROR_(EIO) CORDON_ERROR_(EISCONN) CORDON_ERROR_(EISDIR) CORDON_ERROR_(ELOOP)
                        CORDON_ERROR_(EMFILE) CORDON_ERROR_(EMLINK) CORDON_ERROR_(EMSGSIZE) CORDON_ERROR_(ENAMETOOLONG)
                            CORDON_ERROR_(ENETDOWN) CORDON_ERROR_(ENETRESET) CORDON_ERROR_(ENETUNREACH)
                                CORDON_ERROR_(ENFILE) CORDON_ERROR_(ENOBUFS) CORDON_ERROR_(ENODEV) CORDON_ERROR_(ENOENT)
                                    CORDON_ERROR_(ENOEXEC) CORDON_ERROR_(ENOLCK) CORDON_ERROR_(ENOMEM)
                                        CORDON_ERROR_(ENOMSG) CORDON_ERROR_(ENOPROTOOPT) CORDON_ERROR_(ENOSPC)
                                            CORDON_ERROR_(ENOSYS) CORDON_ERROR_(ENOTCONN) CORDON_ERROR_(ENOTDIR)
                                                CORDON_ERROR_(ENOTEMPTY) CORDON_ERROR_(ENOTSOCK) CORDON_ERROR_(ENOTSUP)
                                                    CORDON_ERROR_(ENOTTY) CORDON_ERROR_(ENXIO) CORDON_ERROR_(EOVERFLOW)
                                                        CORDON_ERROR_(EPERM) CORDON_ERROR_(EPIPE) CORDON_ERROR_(EPROTO)
                                                            CORDON_ERROR_(EPROTONOSUPPORT) CORDON_ERROR_(EPROTOTYPE)
                                                                CORDON_ERROR_(ERANGE) CORDON_ERROR_(EROFS)
                                                                    CORDON_ERROR_(ESPIPE) CORDON_ERROR_(ESRCH)
                                                                        CORDON_ERROR_(ETIMEDOUT) CORDON_ERROR_(ETXTBSY)
                                                                            CORDON_ERROR_(EXDEV)};
#undef CORDON_ERROR_

/// "ENOENT"; null for a number without a name.
const char* errno_name(int value) {
    for (const error_name& each : error_names) {
        if (each.value == value) return each.name;
    }
    return nullptr;
}

/// True if an expression reads errno, or names one of its values.
bool mentions_errno(std::string_view expression) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    while (!expression.empty()) {
        const std::size_t begin = std::min(expression.find_first_of(letters), expression.size());
        expression.remove_prefix(begin);
        const std::string_view word = expression.substr(0, expression.find_first_not_of(letters));
        if (word == "errno" || word == "__errno_location" || word == "__error") return true;
        for (const error_name& each : error_names) {
            if (word == each.name) return true;
        }
        expression.remove_prefix(word.size());
    }
    return false;
}

/// Adds " (ENOENT)" to the text of a number.
void add_errno_name(std::string& number) {
    int value = 0;
    const auto end = std::from_chars(number.data(), number.data() + number.size(), value);
    if (end.ec != std::errc() || end.ptr != number.data() + number.size()) return;
    if (const char* const name = errno_name(value)) number += " (" + std::string(name) + ")";
}

}  // namespace cordon::detail::stringify_detail
