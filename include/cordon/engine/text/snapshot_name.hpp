#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// File names of snapshots. Different names give different files, also where the file system ignores case: a part with
// other characters than these gets a hash of all its bytes.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

constexpr std::size_t longest_plain_part = 60;
constexpr std::size_t longest_hashed_part = 40;
constexpr std::size_t longest_file_name = 180;

void append_short_hash(std::string& name, std::string_view of) {
    constexpr char digits[] = "0123456789abcdef";
    const std::uint64_t hash = mix_bits(fnv1a(of));
    name += '~';
    for (int shift = 28; shift >= 0; shift -= 4)
        name += digits[hash >> shift & 15];
}

bool is_plain_part(std::string_view part) {
    bool only_digits = true;
    if (part.substr(0, 1) == " " || part.substr(0, 1) == "/") return false;
    for (const char c : part) {
        const bool letter = (c >= 'a' && c <= 'z') || c == '_';
        const bool digit = c >= '0' && c <= '9';
        if (!letter && !digit && c != ' ' && c != '/') return false;
        only_digits = only_digits && digit;
    }
    return !only_digits && part.size() <= longest_plain_part;  // an empty one is not plain
}

/// "are counted/twice" gives are-counted,twice; in suites a dot instead of the comma. Other characters, long names and
/// plain numbers: "Are counted" gives are-counted~1a2b3c4d.
std::string snapshot_part(std::string_view part, bool of_suites = false) {
    const bool plain = is_plain_part(part);
    std::string name;
    for (const char c : part.substr(0, plain ? part.size() : longest_hashed_part)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (kept) {
            name += c;
        } else if (c >= 'A' && c <= 'Z') {
            name += static_cast<char>(c - 'A' + 'a');
        } else if (plain || (!name.empty() && name.back() != '-')) {
            name += c != '/' || !plain ? '-' : of_suites ? '.' : ',';
        }
    }
    if (plain) return name;
    if (name.empty()) name = "_";
    append_short_hash(name, part);
    return name;
}

/// The beginning of the names of a test's snapshots: suite.test
std::string snapshot_stem(std::string_view suite, std::string_view test) {
    const std::string suites = suite.empty() ? std::string() : snapshot_part(suite, true) + ".";
    return suites + snapshot_part(test);
}

/// suite.test+subcase+subcase@name.snap; `number` if `name` is null.
std::string snapshot_file_name(std::string_view suite, std::string_view test, const vector<std::string>& subcases,
                               std::string_view name, std::size_t number) {
    std::string file = snapshot_stem(suite, test);
    for (const std::string& each : subcases)
        file += "+" + snapshot_part(each);
    file += '@';
    file += name.data() != nullptr ? snapshot_part(name) : std::to_string(number);
    if (file.size() > longest_file_name) {
        const std::string whole = file;
        file.resize(longest_file_name);
        append_short_hash(file, whole);
    }
    return file + ".snap";
}

/// True if a file is a snapshot of the test with this stem.
bool is_snapshot_of(std::string_view file, std::string_view stem) {
    return file.substr(0, stem.size()) == stem && file.size() > stem.size() &&
           (file[stem.size()] == '+' || file[stem.size()] == '@');
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
