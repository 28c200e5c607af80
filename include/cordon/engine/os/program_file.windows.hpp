#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/program_file.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace windows {

/// The system's reader of symbols: PDB files, and the functions that a DLL exports. Loaded when the first name is
/// needed, so that no program must link it.
class symbol_library {
  public:
    symbol_library() {
        using initialize = BOOL(WINAPI*)(HANDLE, PCWSTR, BOOL);
        using options = DWORD(WINAPI*)(DWORD);
        constexpr DWORD undecorated = 0x2, lines = 0x10, no_questions = 0x80200;  // no dialogs, no critical errors
        const HMODULE library = ::LoadLibraryW(L"dbghelp.dll");
        if (library == nullptr) return;
        const auto begin = find<initialize>(library, "SymInitializeW");
        const auto choose = find<options>(library, "SymSetOptions");
        load_ = find<load>(library, "SymLoadModuleExW");
        name_ = find<name>(library, "SymFromAddr");
        line_ = find<line>(library, "SymGetLineFromAddrW64");
        if (choose != nullptr) choose(undecorated | lines | no_questions);
        usable_ = begin != nullptr && load_ != nullptr && name_ != nullptr && begin(self(), nullptr, FALSE) != 0;
    }

    void open(const std::wstring& path, std::uint64_t base) {
        if (usable_) load_(self(), nullptr, path.c_str(), nullptr, base, 0, nullptr, 0);
    }

    std::string function_at(std::uint64_t address) {
        constexpr ULONG longest = 1000;
        struct {
            symbol about;
            char more[longest];
        } found{};
        found.about.size = sizeof(symbol);
        found.about.most = longest;
        DWORD64 distance = 0;
        if (!usable_ || name_(self(), address, &distance, &found.about) == 0) return {};
        return found.about.name + ("+" + engine::hexadecimal(distance));
    }

    source_place place_at(std::uint64_t address) {
        place found{};
        found.size = sizeof found;
        DWORD distance = 0;
        if (!usable_ || line_ == nullptr || line_(self(), address, &distance, &found) == 0) return {};
        return {neutral_path(found.file), static_cast<std::uint32_t>(found.line)};
    }

  private:
    // SYMBOL_INFO and IMAGEHLP_LINEW64 of <dbghelp.h>, which would bring many macros.
    struct symbol {
        ULONG size;
        ULONG type;
        ULONG64 reserved[2];
        ULONG index;
        ULONG bytes;
        ULONG64 base;
        ULONG flags;
        ULONG64 value;
        ULONG64 address;
        ULONG in_register;
        ULONG scope;
        ULONG tag;
        ULONG length;
        ULONG most;
        char name[4];
    };
    struct place {
        DWORD size;
        PVOID key;
        DWORD line;
        PWSTR file;
        DWORD64 address;
    };
    using load = DWORD64(WINAPI*)(HANDLE, HANDLE, PCWSTR, PCWSTR, DWORD64, DWORD, PVOID, DWORD);
    using name = BOOL(WINAPI*)(HANDLE, DWORD64, DWORD64*, symbol*);
    using line = BOOL(WINAPI*)(HANDLE, DWORD64, DWORD*, place*);

    template <class Function>
    static Function find(HMODULE in, const char* called) {
        return reinterpret_cast<Function>(reinterpret_cast<void*>(::GetProcAddress(in, called)));
    }
    // Any number that no other user of the library in this process has.
    HANDLE self() { return this; }

    load load_ = nullptr;
    name name_ = nullptr;
    line line_ = nullptr;
    bool usable_ = false;
};

symbol_library& symbols() {
    static auto* only = new symbol_library;  // never destroyed
    return *only;
}

/// A program or DLL. The compilers of MinGW put symbols and lines into the file, which are read here. Others keep them
/// beside it, where the system's library looks. Nothing in the file is trusted.
class pe_file final : public program_file {
  public:
    explicit pe_file(const std::string& path) {
        file_ = ::CreateFileW(wide_path(path).c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                              OPEN_EXISTING, 0, nullptr);
        IMAGE_DOS_HEADER dos{};
        IMAGE_NT_HEADERS header{};
        usable_ = file_ != INVALID_HANDLE_VALUE && read(0, sizeof dos, &dos) && dos.e_magic == IMAGE_DOS_SIGNATURE &&
                  dos.e_lfanew > 0 && read(static_cast<std::uint64_t>(dos.e_lfanew), sizeof header, &header) &&
                  header.Signature == IMAGE_NT_SIGNATURE;
        if (!usable_) return;
        base_ = header.OptionalHeader.ImageBase;
        parts_.resize(std::min<WORD>(header.FileHeader.NumberOfSections, 96));
        const std::uint64_t at = static_cast<std::uint64_t>(dos.e_lfanew) + offsetof(IMAGE_NT_HEADERS, OptionalHeader) +
                                 header.FileHeader.SizeOfOptionalHeader;
        if (!read(at, parts_.size() * sizeof(IMAGE_SECTION_HEADER), parts_.data())) parts_.clear();
        read_symbols(header.FileHeader.PointerToSymbolTable, header.FileHeader.NumberOfSymbols);
        if (functions_.empty()) symbols().open(wide_path(path), base_);
    }
    ~pe_file() override {
        if (file_ != INVALID_HANDLE_VALUE) ::CloseHandle(file_);
    }

    bool usable() const { return usable_; }

    std::uint64_t address_of(std::uint64_t offset) const override { return base_ + offset; }

    std::string function_at(std::uint64_t address) override {
        if (functions_.empty()) return symbols().function_at(address);
        const function* best = nullptr;
        for (const function& each : functions_) {
            if (each.start <= address && (best == nullptr || each.start > best->start)) best = &each;
        }
        if (best == nullptr || !is_in_part(*best, address) || best->start < start_of_function(address)) return {};
        return readable_name(best->name) + "+" + engine::hexadecimal(address - best->start);
    }

    source_place place_at(std::uint64_t address) override {
        if (functions_.empty()) return symbols().place_at(address);
        if (!lines_) lines_ = make_owned<line_table>(contents_of(".debug_line"), contents_of(".debug_line_str"));
        return lines_->place_at(address);
    }

    bool has_lines() const override { return functions_.empty() || find_part(".debug_line") != nullptr; }
    bool names_lines() const override { return true; }

  private:
    struct function {
        std::uint64_t start = 0;
        std::size_t part = 0;
        std::string name;
    };

    static constexpr std::uint32_t most_bytes = 1u << 30;

    bool read(std::uint64_t offset, std::size_t bytes, void* to) const {
        OVERLAPPED from{};
        from.Offset = static_cast<DWORD>(offset);
        from.OffsetHigh = static_cast<DWORD>(offset >> 32);
        DWORD got = 0;
        return bytes == 0 ||
               (::ReadFile(file_, to, static_cast<DWORD>(bytes), &got, &from) != 0 && got == static_cast<DWORD>(bytes));
    }

    std::string read_text(std::uint64_t offset, std::uint32_t bytes) const {
        LARGE_INTEGER size{};
        const bool fits = bytes <= most_bytes && ::GetFileSizeEx(file_, &size) != 0 &&
                          offset + bytes <= static_cast<std::uint64_t>(size.QuadPart);
        std::string text(fits ? bytes : 0u, '\0');
        return read(offset, text.size(), &text[0]) ? text : std::string();
    }

    // A name of more than 8 bytes is "/OFFSET" in a section's header.
    std::string name_of(const IMAGE_SECTION_HEADER& part) const {
        const char* name = reinterpret_cast<const char*>(part.Name);
        const std::string text(name, ::strnlen(name, sizeof part.Name));
        return text[0] == '/' ? text_at(std::strtoul(text.c_str() + 1, nullptr, 10)) : text;
    }

    std::string text_at(std::size_t offset) const { return offset < texts_.size() ? texts_.c_str() + offset : ""; }

    const IMAGE_SECTION_HEADER* find_part(std::string_view name) const {
        for (const IMAGE_SECTION_HEADER& each : parts_) {
            if (name_of(each) == name) return &each;
        }
        return nullptr;
    }

    std::string contents_of(std::string_view name) const {
        const IMAGE_SECTION_HEADER* part = find_part(name);
        if (part == nullptr) return {};
        return read_text(part->PointerToRawData, std::min(part->Misc.VirtualSize, part->SizeOfRawData));
    }

    bool is_code(std::size_t part) const {
        return part < parts_.size() && (parts_[part].Characteristics & IMAGE_SCN_MEM_EXECUTE) != 0;
    }

    bool is_in_part(const function& which, std::uint64_t address) const {
        const IMAGE_SECTION_HEADER& part = parts_[which.part];
        return address - base_ - part.VirtualAddress < part.Misc.VirtualSize;
    }

    /// By the table for unwinding, which knows all functions but those that call no other one. 0: unknown. A function
    /// of a library may have no symbol, and must not get the name of its neighbor.
    std::uint64_t start_of_function(std::uint64_t address) {
        if (unwinding_.empty()) unwinding_ = contents_of(".pdata");
        for (byte_reader in{unwinding_}; in.more(); in.skip(4)) {
            const std::uint64_t start = base_ + in.fixed(4);
            const std::uint64_t end = base_ + in.fixed(4);
            if (in.ok && start <= address && address < end) return start;
        }
        return 0;
    }

    // The symbols of COFF, each of 18 bytes, and their names.
    void read_symbols(std::uint32_t at, std::uint32_t count) {
        constexpr std::uint32_t row = 18;
        constexpr std::uint64_t is_function = 0x20, is_external = 2;
        if (at == 0 || count > most_bytes / row) return;
        const std::string rows = read_text(at, count * row);
        const std::uint64_t end = std::uint64_t{at} + count * row;
        const std::string size = read_text(end, 4);
        texts_ = read_text(end, static_cast<std::uint32_t>(byte_reader{size}.fixed(4)));
        for (byte_reader in{rows}; in.more();) {
            function found;
            const std::string_view name = std::string_view(rows).substr(in.at, 8);
            const bool is_long = in.fixed(4) == 0;
            const std::uint64_t place = in.fixed(4);
            found.start = in.fixed(4);
            found.part = static_cast<std::size_t>(in.fixed(2)) - 1;
            const bool has_type = in.fixed(2) == is_function;  // those in assembly have none
            const bool wanted = (in.fixed(1) == is_external || has_type) && is_code(found.part);
            in.skip(in.fixed(1) * row);
            if (!wanted || !in.ok) continue;
            found.start += base_ + parts_[found.part].VirtualAddress;
            found.name =
                is_long ? text_at(static_cast<std::size_t>(place)) : std::string(name.substr(0, name.find('\0')));
            functions_.push_back(std::move(found));
        }
    }

    HANDLE file_ = INVALID_HANDLE_VALUE;
    bool usable_ = false;
    std::uint64_t base_ = 0;
    vector<IMAGE_SECTION_HEADER> parts_;
    std::string texts_;
    std::string unwinding_;
    vector<function> functions_;
    owned<line_table> lines_;
};

}  // namespace windows

owned<program_file> open_program(const std::string& path) {
    auto file = make_owned<windows::pe_file>(path);
    if (!file->usable()) return nullptr;
    return file;
}

std::string readable_name(const std::string& symbol) {
#if __has_include(<cxxabi.h>)
    int failed = 0;
    char* readable = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &failed);
    const std::string name = failed == 0 ? readable : symbol;
    std::free(readable);
    return name;
#else
    return symbol;
#endif
}

std::string running_program() { return windows::neutral_path(windows::own_file()); }
std::string own_program_path() { return running_program(); }

}  // namespace cordon::engine::os

CORDON_CHEAP_END
