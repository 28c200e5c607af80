#pragma once

#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine {

/// A place in source code. Line 0: unknown.
struct source_place {
    std::string file;
    std::uint32_t line = 0;
};

/// Reads bytes that may be damaged. After the end everything is 0 and `ok` is false.
struct byte_reader {
    std::string_view bytes;
    std::size_t at = 0;
    bool ok = true;

    std::size_t left() const { return bytes.size() - at; }
    bool more() const { return ok && at < bytes.size(); }

    std::uint64_t fixed(std::size_t size) {
        if (size > 8 || size > left()) return fail();
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
        at += size;
        return value;
    }
    std::uint64_t uleb() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; more(); shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes[at++]);
            if (shift < 64) value |= std::uint64_t{byte & 0x7Fu} << shift;
            if ((byte & 0x80) == 0) return value;
        }
        return fail();
    }
    std::int64_t sleb() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; more();) {
            const auto byte = static_cast<unsigned char>(bytes[at++]);
            if (shift < 64) value |= std::uint64_t{byte & 0x7Fu} << shift;
            shift += 7;
            if ((byte & 0x80) != 0) continue;
            if ((byte & 0x40) != 0 && shift < 64) value |= ~std::uint64_t{0} << shift;
            return static_cast<std::int64_t>(value);
        }
        return static_cast<std::int64_t>(fail());
    }
    std::string_view text() {
        const std::size_t end = bytes.find('\0', at);
        if (end == std::string_view::npos) return fail(), std::string_view();
        const std::string_view found = bytes.substr(at, end - at);
        at = end + 1;
        return found;
    }
    void skip(std::uint64_t size) {
        if (size > left()) fail();
        if (ok) at += static_cast<std::size_t>(size);
    }
    std::uint64_t fail() {
        ok = false;
        at = bytes.size();
        return 0;
    }
};

struct file_entry {
    std::string_view path;
    std::uint64_t folder = 0;
};

/// The header of one line-number program of DWARF 5 (section 6.2.4), and the program.
struct line_program {
    bool usable = false;
    std::uint64_t least_instruction = 1;
    std::int64_t line_base = 0;
    std::uint64_t line_range = 1;
    std::uint64_t opcode_base = 1;
    vector<std::uint64_t> operands;  ///< of the standard opcodes, from 1
    vector<file_entry> folders;
    vector<file_entry> files;
    std::string_view code;
};

/// The line-number programs of a program compiled with DWARF 5: the file and line of an address. In DWARF 5 files and
/// folders count from 0, in older versions from 1, while the file register always starts at 1. Some releases of
/// addr2line (binutils 2.40) confuse the two.
class line_table {
  public:
    line_table() = default;
    line_table(const line_table&) = delete;  // its parts refer to each other
    line_table& operator=(const line_table&) = delete;
    /// The sections .debug_line and .debug_line_str.
    line_table(std::string lines, std::string texts) : lines_(std::move(lines)), texts_(std::move(texts)) {
        for (byte_reader in{lines_}; in.more();) {
            const std::size_t start = in.at;
            std::uint64_t size = in.fixed(4);
            if (size == long_format) size = in.fixed(8);
            in.skip(size);
            if (in.ok) note_ranges(std::string_view(lines_).substr(start, in.at - start));
        }
    }

    source_place place_at(std::uint64_t address) const {
        for (const range& each : ranges_) {
            if (address < each.from || address >= each.to) continue;
            const line_program program = read_header(each.unit);
            row found;
            run(program, [&](const row& before, const row& next) {
                if (address >= before.address && address < next.address) found = before;
            });
            if (found.line != 0) return {path_of(program, found.file), found.line};
        }
        return {};
    }

  private:
    static constexpr std::uint64_t long_format = 0xFFFFFFFF;

    struct row {
        std::uint64_t address = 0;
        std::uint64_t file = 1;
        std::uint32_t line = 0;
    };
    /// The addresses of a sequence of instructions, and the unit with their lines.
    struct range {
        std::uint64_t from;
        std::uint64_t to;
        std::string_view unit;
    };

    void note_ranges(std::string_view unit) {
        const line_program program = read_header(unit);
        run(program, [&](const row& before, const row& next) {
            if (next.address <= before.address) return;
            if (!ranges_.empty() && ranges_.back().unit.data() == unit.data() && ranges_.back().to == before.address) {
                ranges_.back().to = next.address;
            } else {
                ranges_.push_back({before.address, next.address, unit});
            }
        });
    }

    line_program read_header(std::string_view unit) const {
        line_program program;
        byte_reader in{unit};
        const bool is_long = in.fixed(4) == long_format;
        if (is_long) in.skip(8);
        if (in.fixed(2) != 5) return program;
        in.skip(2);  // sizes of an address and of a segment
        const std::uint64_t header = in.fixed(is_long ? 8 : 4);
        if (header > in.left()) return program;
        program.code = unit.substr(in.at + static_cast<std::size_t>(header));
        program.least_instruction = in.fixed(1);
        in.skip(2);  // operations per instruction, and whether a row begins as a statement
        program.line_base = static_cast<std::int8_t>(in.fixed(1));
        program.line_range = in.fixed(1);
        program.opcode_base = in.fixed(1);
        for (std::uint64_t i = 1; i < program.opcode_base; ++i)
            program.operands.push_back(in.fixed(1));
        program.folders = read_entries(in, is_long);
        program.files = read_entries(in, is_long);
        program.usable = in.ok && program.line_range != 0;
        return program;
    }

    vector<file_entry> read_entries(byte_reader& in, bool is_long) const {
        constexpr std::uint64_t is_path = 1, is_folder = 2;
        vector<std::pair<std::uint64_t, std::uint64_t>> format;
        for (std::uint64_t count = in.fixed(1); count != 0; --count) {
            const std::uint64_t content = in.uleb();
            format.emplace_back(content, in.uleb());
        }
        vector<file_entry> entries;
        for (std::uint64_t count = in.uleb(); count != 0 && in.more(); --count) {
            file_entry entry;
            for (const auto& [content, form] : format) {
                const file_entry value = read_form(in, form, is_long);
                if (content == is_path) entry.path = value.path;
                if (content == is_folder) entry.folder = value.folder;
            }
            entries.push_back(entry);
        }
        return entries;
    }

    // Reads a text or a number. A form that no compiler uses here ends the reading.
    file_entry read_form(byte_reader& in, std::uint64_t form, bool is_long) const {
        switch (form) {
            case 0x08:  // DW_FORM_string
                return {in.text(), 0};
            case 0x1F: {  // DW_FORM_line_strp
                byte_reader texts{texts_};
                texts.skip(in.fixed(is_long ? 8 : 4));
                return {texts.text(), 0};
            }
            case 0x0F:  // DW_FORM_udata
                return {{}, in.uleb()};
            case 0x0B:  // DW_FORM_data1, 2, 4, 8, 16
                return {{}, in.fixed(1)};
            case 0x05:
                return {{}, in.fixed(2)};
            case 0x06:
                return {{}, in.fixed(4)};
            case 0x07:
                return {{}, in.fixed(8)};
            case 0x1E:
                in.skip(16);
                return {};
            case 0x09:  // DW_FORM_block
                in.skip(in.uleb());
                return {};
            default:
                in.fail();
                return {};
        }
    }

    // Calls `step` for each two consecutive rows of a sequence (section 6.2.5).
    template <class Step>
    static void run(const line_program& program, const Step& step) {
        if (!program.usable) return;
        byte_reader in{program.code};
        row now, last;
        now.line = 1;
        bool begun = false;
        const auto emit = [&] {
            if (begun) step(last, now);
            last = now;
            begun = true;
        };
        const auto advance_by = [&](std::uint64_t opcode) {
            now.address += (opcode - program.opcode_base) / program.line_range * program.least_instruction;
        };
        while (in.more()) {
            const std::uint64_t opcode = in.fixed(1);
            if (opcode >= program.opcode_base) {
                advance_by(opcode);
                const std::uint64_t lines = (opcode - program.opcode_base) % program.line_range;
                now.line = static_cast<std::uint32_t>(now.line + program.line_base + static_cast<std::int64_t>(lines));
                emit();
            } else if (opcode == 0) {
                const std::uint64_t size = in.uleb();
                const std::size_t end = in.at + static_cast<std::size_t>(size);
                const std::uint64_t extended = in.fixed(1);
                if (extended == 2 && size >= 1) now.address = in.fixed(static_cast<std::size_t>(size - 1));
                if (extended == 1) {
                    emit();
                    now = row();
                    now.line = 1;
                    begun = false;
                }
                if (end < in.at || end > program.code.size()) return;
                in.at = end;
            } else {
                run_standard(program, opcode, in, now, emit, advance_by);
            }
        }
    }

    template <class Emit, class Advance>
    static void run_standard(const line_program& program, std::uint64_t opcode, byte_reader& in, row& now,
                             const Emit& emit, const Advance& advance_by) {
        switch (opcode) {
            case 1:  // DW_LNS_copy
                return emit();
            case 2:  // DW_LNS_advance_pc
                now.address += in.uleb() * program.least_instruction;
                return;
            case 3:  // DW_LNS_advance_line
                now.line = static_cast<std::uint32_t>(now.line + in.sleb());
                return;
            case 4:  // DW_LNS_set_file
                now.file = in.uleb();
                return;
            case 8:  // DW_LNS_const_add_pc
                return advance_by(255);
            case 9:  // DW_LNS_fixed_advance_pc
                now.address += in.fixed(2);
                return;
            default:
                for (std::uint64_t i = program.operands[static_cast<std::size_t>(opcode - 1)]; i != 0; --i)
                    in.uleb();
        }
    }

    // Folder 0 is the compiler's working folder.
    static std::string path_of(const line_program& program, std::uint64_t file) {
        if (file >= program.files.size()) return {};
        const file_entry& entry = program.files[static_cast<std::size_t>(file)];
        std::string path(entry.path);
        for (std::uint64_t folder = entry.folder; !is_absolute_path(path) && folder < program.folders.size();
             folder = 0) {
            path = std::string(program.folders[static_cast<std::size_t>(folder)].path) + "/" + path;
            if (folder == 0) break;
        }
        return path;
    }

    std::string lines_;
    std::string texts_;
    vector<range> ranges_;
};

}  // namespace cordon::engine
