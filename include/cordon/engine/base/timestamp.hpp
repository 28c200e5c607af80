#pragma once

#include <cordon/api/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine {

/// Milliseconds since 1970 of an RFC 3339 time in UTC; 0 if it is not one. Days from civil dates as in
/// https://howardhinnant.github.io/date_algorithms.html.
std::int64_t epoch_ms(std::string_view text) {
    std::int64_t parts[7] = {};  // year, month, day, hour, minute, second, millisecond
    std::size_t part = 0;
    int digits = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (part < 6 || digits < 3) parts[part] = parts[part] * 10 + (c - '0');
            ++digits;
        } else if (c == 'Z' || ++part == 7) {
            break;
        } else {
            digits = 0;
        }
    }
    if (parts[1] < 1 || parts[1] > 12 || parts[0] < 1970 || parts[0] > 9999) return 0;
    const std::int64_t year = parts[0] - (parts[1] <= 2 ? 1 : 0);
    const std::int64_t of_era = year % 400;
    const std::int64_t month = (parts[1] + 9) % 12;
    const std::int64_t day = of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + parts[2] - 1;
    const std::int64_t days = year / 400 * 146'097 + day - 719'468;
    return (((days * 24 + parts[3]) * 60 + parts[4]) * 60 + parts[5]) * 1000 + parts[6];
}

}  // namespace cordon::engine

CORDON_CHEAP_END
