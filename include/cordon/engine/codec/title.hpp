#pragma once

#include <cordon/api/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// A file of sealed records begins with a title: a line of 32 bytes that says what the file is and which cordon made it.
// The format's version stands in every record, so records of several versions can follow each other in one file. A
// program reads the records of its own version and of older ones, and refuses newer ones.

namespace cordon::engine::codec {

inline constexpr std::size_t title_size = 32;

/// "cordon-recording 1.2.3         \n".
inline std::string title_of(std::string_view kind) {
    std::string title(kind);
    title.append(" " CORDON_VERSION);
    title.resize(title_size - 1, ' ');
    return title += '\n';
}

/// Whether bytes may become a file of this kind once there are more of them.
inline bool may_be_titled(std::string_view bytes, std::string_view kind) {
    const std::string_view begin = bytes.substr(0, kind.size());
    if (begin != kind.substr(0, begin.size())) return false;
    if (bytes.size() > kind.size() && bytes[kind.size()] != ' ') return false;
    return bytes.size() < title_size || bytes.substr(0, title_size).find('\n') == title_size - 1;
}

/// Whether bytes begin with a whole title of this kind.
inline bool is_titled(std::string_view bytes, std::string_view kind) {
    return bytes.size() >= title_size && may_be_titled(bytes, kind);
}

/// Why a titled file that holds a record of a newer version cannot be read, and what to do: what follows "it".
inline std::string newer_in_words(std::string_view title, std::string_view kind, unsigned version, unsigned known) {
    std::string_view maker = title.substr(kind.size() + 1, title_size - kind.size() - 2);
    maker = maker.substr(0, maker.find(' '));
    return "has format " + std::to_string(version) +
           ", but this is cordon " CORDON_VERSION ", which reads up to format " + std::to_string(known) +
           ": use a newer cordon (the file was begun by " + std::string(maker) + ")";
}

}  // namespace cordon::engine::codec
