#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/program_file.hpp>

#include <cxxabi.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cordon::engine::os {

namespace program_file_linux {

/// The file as bytes; every look at them is checked, since the file may be anything.
class elf_file final : public program_file {
  public:
    explicit elf_file(const char* path) {
        const int file = ::open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0) return;
        struct stat about {};
        if (::fstat(file, &about) == 0 && about.st_size > 0) {
            size_ = static_cast<std::size_t>(about.st_size);
            void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
            bytes_ = mapped == MAP_FAILED ? nullptr : static_cast<const char*>(mapped);
        }
        ::close(file);
        find_tables();
    }
    elf_file(const elf_file&) = delete;
    elf_file& operator=(const elf_file&) = delete;
    ~elf_file() override {
        if (bytes_ != nullptr) ::munmap(const_cast<char*>(bytes_), size_);
    }

    bool usable() const { return header_ != nullptr; }

    std::uint64_t address_of(std::uint64_t file_offset) const override {
        for (std::size_t i = 0; i < header_->e_phnum; ++i) {
            const auto* part = at<ElfW(Phdr)>(header_->e_phoff + i * sizeof(ElfW(Phdr)));
            if (part == nullptr || part->p_type != PT_LOAD) continue;
            // A mapping starts at a page, which may be before the part that it is made for.
            const std::uint64_t first = part->p_offset & ~std::uint64_t{0xFFF};
            if (file_offset >= first && file_offset < part->p_offset + part->p_filesz)
                return file_offset - part->p_offset + part->p_vaddr;
        }
        return file_offset;
    }

    std::string function_at(std::uint64_t address) const override {
        const ElfW(Sym)* best = nullptr;
        for (std::size_t i = 0; i < symbols_; ++i) {
            const ElfW(Sym)& each = *at<ElfW(Sym)>(table_ + i * sizeof(ElfW(Sym)));
            if ((each.st_info & 0xF) != STT_FUNC || each.st_shndx == SHN_UNDEF || each.st_value > address) continue;
            if (each.st_size != 0 && address >= each.st_value + each.st_size) continue;
            if (best == nullptr || each.st_value > best->st_value) best = &each;
        }
        if (best == nullptr) return {};
        char distance[32];
        ::snprintf(distance, sizeof distance, "+0x%llx", static_cast<unsigned long long>(address - best->st_value));
        return readable_name(text_at(best->st_name)) + distance;
    }

  private:
    template <typename Struct>
    const Struct* at(std::uint64_t offset) const {
        if (bytes_ == nullptr || offset > size_ || size_ - offset < sizeof(Struct) || offset % alignof(Struct) != 0)
            return nullptr;
        return reinterpret_cast<const Struct*>(bytes_ + offset);
    }

    void find_tables() {
        header_ = at<ElfW(Ehdr)>(0);
        if (header_ == nullptr || ::memcmp(header_->e_ident, ELFMAG, SELFMAG) != 0 ||
            header_->e_ident[EI_CLASS] != (sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32)) {
            header_ = nullptr;
            return;
        }
        if (!use_table(SHT_SYMTAB)) use_table(SHT_DYNSYM);
    }

    bool use_table(std::uint32_t type) {
        for (std::size_t i = 0; i < header_->e_shnum; ++i) {
            const auto* section = this->section(i);
            if (section == nullptr || section->sh_type != type) continue;
            const auto* texts = this->section(section->sh_link);
            const std::uint64_t count = section->sh_size / sizeof(ElfW(Sym));
            if (texts == nullptr || count == 0 || texts->sh_offset > size_) continue;
            if (at<ElfW(Sym)>(section->sh_offset) == nullptr ||
                count > (size_ - section->sh_offset) / sizeof(ElfW(Sym)))
                continue;
            table_ = section->sh_offset;
            symbols_ = static_cast<std::size_t>(count);
            texts_ = texts->sh_offset;
            return true;
        }
        return false;
    }

    const ElfW(Shdr) * section(std::size_t index) const {
        return at<ElfW(Shdr)>(header_->e_shoff + index * sizeof(ElfW(Shdr)));
    }

    std::string text_at(std::uint64_t offset) const {
        if (offset >= size_ - texts_) return {};
        const char* text = bytes_ + texts_ + offset;
        return std::string(text, ::strnlen(text, size_ - static_cast<std::size_t>(texts_ + offset)));
    }

    const char* bytes_ = nullptr;
    std::size_t size_ = 0;
    const ElfW(Ehdr) * header_ = nullptr;
    std::uint64_t table_ = 0;
    std::size_t symbols_ = 0;
    std::uint64_t texts_ = 0;
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
