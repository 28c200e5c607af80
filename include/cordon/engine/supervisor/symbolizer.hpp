#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/helper_program.hpp>
#include <cordon/engine/os/program_file.hpp>
#include <cordon/engine/supervisor/port.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::supervisor {

namespace symbolizer_detail {

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

}  // namespace symbolizer_detail

/// Reads what addr2line and llvm-symbolizer answer: "0x12", then for each inlined call and what holds it a pair of
/// lines: a function, and "file:line", at times with " (discriminator 3)" behind it. "??" stands for what is not known.
/// Files below `folder`, which ends with a slash or is empty, are named from there, as the user would write it.
vector<stack_frame> parse_frames(std::string_view answer, const std::string& folder) {
    using symbolizer_detail::take_line;
    vector<stack_frame> frames;
    take_line(answer);
    while (!answer.empty()) {
        stack_frame frame;
        const std::string_view function = take_line(answer);
        std::string_view place = take_line(answer);
        if (function != "??") frame.function = function;
        place = place.substr(0, place.find(" ("));
        const std::size_t colon = place.rfind(':');
        if (colon != std::string_view::npos && place.substr(0, 2) != "??") {
            frame.file = place.substr(0, colon);
            if (!folder.empty() && frame.file.compare(0, folder.size(), folder) == 0)
                frame.file.erase(0, folder.size());
            frame.line = static_cast<std::uint32_t>(parse_unsigned(place.substr(colon + 1), 0xFFFFFFFF).value_or(0));
        }
        frames.push_back(std::move(frame));
    }
    return frames;
}

/// Names the places of stacks: function, file and line by addr2line or llvm-symbolizer, whichever is installed, with
/// inlined calls as frames of their own; else functions by the file's own symbol table. A file is opened once a run and
/// a place asked for once, so that a thousand crashes cost little more than one.
class symbolizer {
  public:
    /// The frames at that place, the innermost inlined call first; at least one.
    const vector<stack_frame>& name(const code_place& place) {
        const std::size_t file = file_of(place.module);
        const std::uint64_t offset =
            files_[file].tables ? files_[file].tables->address_of(place.file_offset) : place.file_offset;
        const std::uint64_t hash = mix_bits(offset * 31 + file);
        const std::size_t found = index_.find_or_enter(hash, known_.size(), [&](std::size_t at) {
            return known_[at].file == file && known_[at].offset == offset;
        });
        if (found == known_.size()) known_.push_back({file, offset, ask(files_[file], offset)});
        for (stack_frame& frame : known_[found].frames) {
            frame.address = place.address;
            frame.module = place.module;
            frame.offset = offset;
        }
        return known_[found].frames;
    }

  private:
    struct program {
        std::string path;
        owned<os::program_file> tables;
        owned<os::helper_program> tool;
    };
    struct named_place {
        std::size_t file = 0;
        std::uint64_t offset = 0;
        vector<stack_frame> frames;
    };

    static constexpr duration patience = std::chrono::seconds(20);  // to read a large program's line table

    std::size_t file_of(const std::string& module) {
        for (std::size_t i = 0; i < files_.size(); ++i) {
            if (files_[i].path == module) return i;
        }
        const std::string path = module == own_path_ ? os::own_program_path() : module;
        program added{module, os::open_program(path), nullptr};
        if (added.tables) added.tool = start_tool(path);
        files_.push_back(std::move(added));
        return files_.size() - 1;
    }

    // What is not installed ends at once, and is found out by a first question that every file can answer.
    static owned<os::helper_program> start_tool(const std::string& path) {
        const vector<std::string> tools[] = {
            {"addr2line", "-aifCe", path},
            {"llvm-addr2line", "-aifCe", path},
            {"llvm-symbolizer", "--output-style=GNU", "-a", "-i", "-f", "-C", "-e", path}};
        for (const vector<std::string>& each : tools) {
            auto tool = make_owned<os::helper_program>(each);
            if (!question(*tool, 0).empty()) return tool;
        }
        return nullptr;
    }

    // No program has code at the highest address: the answer to it marks the end of the one before, which can have any
    // number of lines. Two follow it: where a program has symbols, LLVM's tools name the last of them there.
    static std::string question(os::helper_program& tool, std::uint64_t offset) {
        const std::string last = "0xffffffffffffffff";
        std::string answer = tool.ask(hexadecimal(offset) + "\n" + last + "\n", last + "\n", 2, patience);
        return answer.substr(0, answer.find(last));
    }

    vector<stack_frame> ask(program& in, std::uint64_t offset) const {
        vector<stack_frame> frames;
        if (in.tool && in.tool->usable()) frames = parse_frames(question(*in.tool, offset), folder_);
        if (frames.empty()) frames.emplace_back();
        // Without lines a tool takes the nearest name before the place, however far that is.
        if (frames.size() == 1 && frames.front().line == 0 && in.tables)
            frames.front().function = in.tables->function_at(offset);
        return frames;
    }

    static std::string folder_prefix() {
        const std::string folder = os::current_folder();
        return folder.empty() || folder == "/" ? "" : folder + "/";
    }

    const std::string folder_ = folder_prefix();
    const std::string own_path_ = os::running_program();
    vector<program> files_;
    vector<named_place> known_;
    hash_index index_;
};

}  // namespace cordon::engine::supervisor
