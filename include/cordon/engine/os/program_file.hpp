#pragma once

#include <cordon/engine/base/line_table.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

/// A program or library on disk with its functions: for stacks without any tool. Linux: ELF, the symbol table or, in a
/// stripped file, the table of the dynamic linker. Windows: PE, the symbol table, or what the system's library finds.
/// Elsewhere nothing is known.
class program_file {
  public:
    virtual ~program_file() = default;
    /// The address of that byte of the file, as the file's own tables and tools such as addr2line count.
    virtual std::uint64_t address_of(std::uint64_t file_offset) const = 0;
    /// The readable name of the function there, with the distance from its start: "parse(char const*)+0x12". Empty if
    /// unknown.
    virtual std::string function_at(std::uint64_t address) = 0;
    /// The source of the instruction there, from the compiler's line table (DWARF 5): corrects wrong answers of tools.
    /// Unknown elsewhere.
    virtual source_place place_at(std::uint64_t address) = 0;
    /// True if it was compiled with information about files and lines (-g), even if that is stored elsewhere.
    virtual bool has_lines() const = 0;
    /// True if place_at() knows all that a tool would, so that none is asked. Windows.
    virtual bool names_lines() const { return false; }
};

/// Null if it cannot be read or is damaged.
owned<program_file> open_program(const std::string& path);

/// "parse(char const*)" for "_Z5parsePKc"; other names unchanged.
std::string readable_name(const std::string& symbol);

/// The path of this program in the system's map of the process, even if the file is gone.
std::string running_program();

/// A path that opens this program's file, even if its own path leads to another file by now.
std::string own_program_path();

}  // namespace cordon::engine::os
