#pragma once

#include <cordon/engine/base/line_table.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

/// A program or library on disk, asked for its functions: what is known of a stack without any tool. Linux: ELF, the
/// symbol table or, in a stripped file, that of the dynamic linker. Elsewhere nothing is known.
class program_file {
  public:
    virtual ~program_file() = default;
    /// Where that byte of the file lies, as the file's own tables and tools such as addr2line count.
    virtual std::uint64_t address_of(std::uint64_t file_offset) const = 0;
    /// The readable name of the function there, with the distance from its start: "parse(char const*)+0x12". Empty
    /// where none is known.
    virtual std::string function_at(std::uint64_t address) = 0;
    /// The source of the instruction there, by what the compiler has written of lines (DWARF 5): for what tools tell
    /// wrongly. Unknown elsewhere.
    virtual source_place place_at(std::uint64_t address) = 0;
    /// Whether it was compiled with information on files and lines (-g). True where that is kept elsewhere, too.
    virtual bool has_lines() const = 0;
};

/// Null if it cannot be read or is damaged.
owned<program_file> open_program(const std::string& path);

/// "parse(char const*)" for "_Z5parsePKc"; what is no such name as it is.
std::string readable_name(const std::string& symbol);

/// The path of this very program as the system names it in a process's map, also where the file is gone by now.
std::string running_program();

/// A path under which this very program's file can be opened, even if its own path holds another one by now.
std::string own_program_path();

}  // namespace cordon::engine::os
