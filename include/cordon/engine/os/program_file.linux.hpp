#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/program_file.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include <cxxabi.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace program_file_linux {

/// The file's tables are read, not mapped: if a linker truncates a mapped file, its reader gets SIGBUS. Nothing in the
/// file is trusted. Symbols, which can be many, are read when the first name is needed.
class elf_file final : public program_file {
  public:
    explicit elf_file(const char* path) : file_(::open(path, O_RDONLY | O_CLOEXEC)) {
        struct stat about {};
        if (!file_ || ::fstat(file_.native(), &about) != 0 || about.st_size <= 0) return;
        size_ = static_cast<std::uint64_t>(about.st_size);
        ElfW(Ehdr) header{};
        usable_ = read(0, sizeof header, reinterpret_cast<char*>(&header)) &&
                  ::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
                  header.e_ident[EI_CLASS] == (sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32);
        if (!usable_) return;
        parts_ = read_table<ElfW(Phdr)>(header.e_phoff, header.e_phnum);
        sections_ = read_table<ElfW(Shdr)>(header.e_shoff, header.e_shnum);
        read_section_names(header.e_shstrndx);
    }

    bool usable() const { return usable_; }

    std::uint64_t address_of(std::uint64_t file_offset) const override {
        for (const ElfW(Phdr) & part : parts_) {
            if (part.p_type != PT_LOAD) continue;
            // A mapping starts at a page border, which may be before the part that it is made for.
            const std::uint64_t first = part.p_offset & ~std::uint64_t{0xFFF};
            if (file_offset >= first && file_offset < part.p_offset + part.p_filesz)
                return file_offset - part.p_offset + part.p_vaddr;
        }
        return file_offset;
    }

    std::string function_at(std::uint64_t address) override {
        if (!symbols_read_) read_symbols();
        const ElfW(Sym)* best = nullptr;
        for (const ElfW(Sym) & each : symbols_) {
            if ((each.st_info & 0xF) != STT_FUNC || each.st_shndx == SHN_UNDEF || each.st_value > address) continue;
            const std::uint64_t size = each.st_size != 0 ? each.st_size : of_unknown_size;
            if (address - each.st_value >= size) continue;
            if (best == nullptr || each.st_value > best->st_value) best = &each;
        }
        if (best == nullptr) return {};
        char distance[32];
        ::snprintf(distance, sizeof distance, "+0x%llx", static_cast<unsigned long long>(address - best->st_value));
        const std::size_t begin = std::min<std::size_t>(best->st_name, texts_.size());
        return readable_name(texts_.c_str() + begin) + distance;
    }

    source_place place_at(std::uint64_t address) override {
        if (!lines_) lines_ = make_owned<line_table>(contents_of(".debug_line"), contents_of(".debug_line_str"));
        return lines_->place_at(address);
    }

    bool has_lines() const override {
        for (const char* each : {".debug_line", ".zdebug_line", ".gnu_debuglink", ".gnu_debugaltlink"}) {
            if (find_section(each) != nullptr) return true;
        }
        return false;
    }

  private:
    const ElfW(Shdr) * find_section(const char* name) const {
        for (const ElfW(Shdr) & section : sections_) {
            if (section.sh_name < names_.size() && ::strcmp(names_.c_str() + section.sh_name, name) == 0)
                return &section;
        }
        return nullptr;
    }

    // Empty if it does not exist, or is compressed.
    std::string contents_of(const char* name) const {
        const ElfW(Shdr)* section = find_section(name);
        if (section == nullptr || section->sh_type == SHT_NOBITS || (section->sh_flags & SHF_COMPRESSED) != 0)
            return {};
        if (!is_readable(section->sh_offset, section->sh_size)) return {};
        std::string bytes(static_cast<std::size_t>(section->sh_size), '\0');
        if (bytes.empty() || !read(section->sh_offset, bytes.size(), &bytes[0])) return {};
        return bytes;
    }

    void read_section_names(std::size_t table) {
        if (table >= sections_.size()) return;
        const ElfW(Shdr)& names = sections_[table];
        if (!is_readable(names.sh_offset, names.sh_size)) return;
        names_.resize(static_cast<std::size_t>(names.sh_size));
        if (!read(names.sh_offset, names_.size(), &names_[0])) names_.clear();
    }

    static constexpr std::uint64_t of_unknown_size = 4096;  // assumed maximum size of a function in assembly
    static constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;  // of one table

    bool is_readable(std::uint64_t offset, std::uint64_t bytes) const {
        return offset <= size_ && bytes <= size_ - offset && bytes <= most_bytes;
    }

    bool read(std::uint64_t offset, std::size_t bytes, char* to) const {
        while (bytes > 0) {
            const ssize_t got = ::pread(file_.native(), to, bytes, static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            to += got;
            offset += static_cast<std::uint64_t>(got);
            bytes -= static_cast<std::size_t>(got);
        }
        return true;
    }

    /// Empty if the file does not contain all of it.
    template <typename Row>
    vector<Row> read_table(std::uint64_t offset, std::uint64_t count) const {
        vector<Row> rows;
        if (count > size_ / sizeof(Row) || !is_readable(offset, count * sizeof(Row))) return rows;
        rows.resize(static_cast<std::size_t>(count));
        if (count != 0 && !read(offset, rows.size() * sizeof(Row), reinterpret_cast<char*>(rows.data()))) rows.clear();
        return rows;
    }

    void read_symbols() {
        symbols_read_ = true;
        if (!use_table(SHT_SYMTAB)) use_table(SHT_DYNSYM);
    }

    bool use_table(std::uint32_t type) {
        for (const ElfW(Shdr) & section : sections_) {
            if (section.sh_type != type || section.sh_link >= sections_.size()) continue;
            const ElfW(Shdr)& texts = sections_[section.sh_link];
            if (!is_readable(texts.sh_offset, texts.sh_size)) continue;
            symbols_ = read_table<ElfW(Sym)>(section.sh_offset, section.sh_size / sizeof(ElfW(Sym)));
            if (symbols_.empty()) continue;
            texts_.resize(static_cast<std::size_t>(texts.sh_size));
            if (!read(texts.sh_offset, texts_.size(), &texts_[0])) texts_.clear();
            return true;
        }
        return false;
    }

    descriptor file_;
    bool symbols_read_ = false;
    std::uint64_t size_ = 0;
    bool usable_ = false;
    vector<ElfW(Phdr)> parts_;
    vector<ElfW(Shdr)> sections_;
    std::string names_;
    owned<line_table> lines_;
    vector<ElfW(Sym)> symbols_;
    std::string texts_;
};

}  // namespace program_file_linux

owned<program_file> open_program(const std::string& path) {
    auto file = make_owned<program_file_linux::elf_file>(path.c_str());
    if (!file->usable()) return nullptr;
    return file;
}

std::string readable_name(const std::string& symbol) {
    int trouble = 0;
    char* text = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &trouble);
    std::string readable = text != nullptr ? text : symbol;
    ::free(text);
    return readable;
}

std::string running_program() {
    char path[4096];
    const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
    return std::string(path, size > 0 ? static_cast<std::size_t>(size) : 0);
}

std::string own_program_path() { return "/proc/" + std::to_string(own_process_id()) + "/exe"; }

}  // namespace cordon::engine::os

CORDON_CHEAP_END
