#pragma once

#include <cordon/api/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// A file of sealed records begins with a title: a line of 32 bytes with the kind of file and the version of cordon that
// created it. Every record has the format's version, so a file may contain records of several versions. A program reads
// records of its own and older versions, and refuses newer ones.

namespace cordon::engine::codec {

inline constexpr std::size_t title_size = 32;

/// "cordon-recording 1.2.3         \n".
inline std::string title_of(std::string_view kind) {
    std::string title(kind);
    title.append(" " CORDON_VERSION);
    title.resize(title_size - 1, ' ');
    return title += '\n';
}

/// True if these bytes may be the beginning of a file of this kind.
inline bool may_be_titled(std::string_view bytes, std::string_view kind) {
    const std::string_view begin = bytes.substr(0, kind.size());
    if (begin != kind.substr(0, begin.size())) return false;
    if (bytes.size() > kind.size() && bytes[kind.size()] != ' ') return false;
    return bytes.size() < title_size || bytes.substr(0, title_size).find('\n') == title_size - 1;
}

/// True if bytes begin with a complete title of this kind.
inline bool is_titled(std::string_view bytes, std::string_view kind) {
    return bytes.size() >= title_size && may_be_titled(bytes, kind);
}

/// Why a titled file with a record of a newer version cannot be read, and what to do. Continues a sentence after "it".
inline std::string newer_in_words(std::string_view title, std::string_view kind, unsigned version, unsigned known) {
    std::string_view maker = title.substr(kind.size() + 1, title_size - kind.size() - 2);
    maker = maker.substr(0, maker.find(' '));
    return "has format " + std::to_string(version) +
           ", but this is cordon " CORDON_VERSION ", which reads up to format " + std::to_string(known) +
           ": use a newer cordon (the file was begun by " + std::string(maker) + ")";
}

}  // namespace cordon::engine::codec
