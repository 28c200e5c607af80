#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/helper_program.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/program_file.hpp>
#include <cordon/engine/run/port.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::launch {

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

void name_from(const std::string& folder, std::string& file) {
    if (!folder.empty() && file.compare(0, folder.size(), folder) == 0) file.erase(0, folder.size());
}

/// Reads the answer of addr2line or llvm-symbolizer: "0x12", then two lines for each inlined call and the function
/// around it: the function, and "file:line", sometimes with " (discriminator 3)". "??" means unknown. Files below
/// `folder`, which ends with a slash or is empty, are named relative to it, as the user writes them.
vector<stack_frame> parse_frames(std::string_view answer, const std::string& folder) {
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
            name_from(folder, frame.file);
            frame.line = static_cast<std::uint32_t>(parse_unsigned(place.substr(colon + 1), 0xFFFFFFFF).value_or(0));
        }
        frames.push_back(std::move(frame));
    }
    return frames;
}

/// A tool may find the correct line and name the wrong file, as addr2line of binutils 2.40 does.
inline void mend_file(stack_frame& frame, const source_place& known, const std::string& folder) {
    if (known.line == 0 || known.line != frame.line || file_name_of(known.file) == file_name_of(frame.file)) return;
    frame.file = known.file;
    name_from(folder, frame.file);
}

/// Names the places of stacks. It uses addr2line or llvm-symbolizer, if installed: function, file and line, with
/// inlined calls as separate frames. Otherwise it names functions by the file's own symbol table. A file is opened once
/// in a run, and a place asked for once, so a thousand crashes cost little more than one. A tool may read a large
/// program for a second before its first answer: a busy caller should ask ahead and not wait.
class symbolizer {
  public:
    /// Requests the frames at these places. Returns true if name() can answer all of them at once; otherwise call it
    /// again now and then.
    bool prepare(const vector<run::code_place>& places) {
        for (const run::code_place& each : places)
            find_or_want(each);
        bool ready = true;
        for (program& each : files_) {
            listen(each);
            ready = ready && each.wanted.empty();
        }
        return ready;
    }

    /// The frames at that place, the innermost inlined call first; at least one.
    const vector<stack_frame>& name(const run::code_place& place) {
        const std::size_t at = find_or_want(place);
        while (!known_[at].told) {
            program& file = files_[known_[at].file];
            listen(file);
            if (!known_[at].told) wait_for(file);
        }
        for (stack_frame& frame : known_[at].frames) {
            frame.address = place.address;
            frame.module = place.module;
            frame.offset = known_[at].offset;
        }
        return known_[at].frames;
    }

    /// Ends the tools, which are children of this process, and keeps their answers. The next question starts one again.
    void rest() {
        for (program& each : files_) {
            if (!each.tool) continue;
            each.tool.reset();
            each.asked = 0;
            each.answer.clear();
            --each.tools_tried;
        }
    }

    /// Why a place in that file has no line.
    missing_lines lacks(const std::string& module) {
        const program& in = files_[file_of(module)];
        if (!in.tables || (in.tables->names_lines() && in.tables->has_lines())) return missing_lines::none;
        // Other parts of the program may have some.
        return in.has_answered || !in.tables->has_lines() ? missing_lines::debug_information : missing_lines::tool;
    }

  private:
    struct program {
        std::string path;
        owned<os::program_file> tables;
        owned<os::helper_program> tool;
        std::size_t tools_tried = 0;
        bool has_answered = false;   ///< the tool that is asked now
        vector<std::size_t> wanted;  ///< indices in known_, in the order of the requests
        std::size_t asked = 0;       ///< so many of those
        instant asked_at{};
        std::string answer;
    };
    struct named_place {
        std::size_t file = 0;
        std::uint64_t offset = 0;
        bool told = false;
        vector<stack_frame> frames;
    };

    static constexpr std::size_t tools_known = 3;
    static constexpr duration patience = std::chrono::seconds(20);  // to read a large program's line table

    // Limited, so that neither side fills its pipe while the other one writes.
    static constexpr std::size_t most_asked = 16;

    // No program has code at the highest address. The answer to it marks the end of the answer before, which may have
    // any number of lines. It is sent twice: if a program has symbols, LLVM's tools name the last symbol there.
    static constexpr std::string_view last = "0xffffffffffffffff\n";
    // addr2line writes addresses as wide as those of the file.
    static constexpr std::string_view last_of_32_bits = "0xffffffff\n";

    std::size_t find_or_want(const run::code_place& place) {
        const std::size_t file = file_of(place.module);
        const std::uint64_t offset =
            files_[file].tables ? files_[file].tables->address_of(place.file_offset) : place.file_offset;
        const std::uint64_t hash = mix_bits(offset * 31 + file);
        const std::size_t found = index_.find_or_enter(hash, known_.size(), [&](std::size_t at) {
            return known_[at].file == file && known_[at].offset == offset;
        });
        if (found == known_.size()) {
            known_.push_back({file, offset, false, {}});
            files_[file].wanted.push_back(found);
        }
        return found;
    }

    std::size_t file_of(const std::string& module) {
        for (std::size_t i = 0; i < files_.size(); ++i) {
            if (files_[i].path == module) return i;
        }
        program added;
        added.path = module == own_path_ ? os::own_program_path() : module;
        added.tables = os::open_program(added.path);
        added.path = module;
        if (added.tables && added.tables->names_lines()) added.tools_tried = tools_known;
        if (added.tables && !added.tables->names_lines()) try_next_tool(added);
        files_.push_back(std::move(added));
        return files_.size() - 1;
    }

    // A tool that is not installed ends at once, without answering the first question.
    void try_next_tool(program& in) const {
        const std::string path = in.path == own_path_ ? os::own_program_path() : in.path;
        const vector<std::string> tools[] = {
            {"addr2line", "-aifCe", path},
            {"llvm-addr2line", "-aifCe", path},
            {"llvm-symbolizer", "--output-style=GNU", "-a", "-i", "-f", "-C", "-e", path}};
        in.tool.reset();
        in.asked = 0;
        in.has_answered = false;
        in.answer.clear();
        if (in.tools_tried < std::size(tools)) in.tool = make_owned<os::helper_program>(tools[in.tools_tried++]);
    }

    // Sends questions and reads the answers that have come.
    void listen(program& in) {
        while (!in.wanted.empty()) {
            if (!in.tool || !in.tool->usable()) {
                if (in.tables && (!in.tool || !in.has_answered) && in.tools_tried < tools_known) {
                    try_next_tool(in);
                    continue;
                }
                in.asked = 0;
                tell(in, {});
                continue;
            }
            if (in.asked == 0 && !ask(in)) continue;
            const std::size_t held = in.answer.size();
            in.tool->read(in.answer);
            const bool took = take_answers(in);
            if (!took && in.tool->usable() && in.answer.size() == held) {
                if (now() - in.asked_at < patience) return;
                in.tool->give_up();
            }
        }
    }

    bool ask(program& in) {
        std::string questions;
        for (const std::size_t each : in.wanted) {
            if (in.asked++ == most_asked) break;
            questions += hexadecimal(known_[each].offset) + "\n" + std::string(last);
        }
        in.asked = std::min(in.wanted.size(), most_asked);
        in.asked_at = now();
        return in.tool->tell(questions);
    }

    bool take_answers(program& in) {
        bool took = false;
        while (in.asked != 0) {
            const std::size_t wide = in.answer.find(last);
            const std::size_t at = std::min(wide, in.answer.find(last_of_32_bits));
            if (at == std::string::npos) return took;
            std::size_t end = at + (at == wide ? last.size() : last_of_32_bits.size());
            for (int lines = 0; lines < 2 && end != 0; ++lines)
                end = in.answer.find('\n', end) + 1;
            if (end == 0) return took;
            in.has_answered = took = true;
            --in.asked;
            tell(in, std::string_view(in.answer).substr(0, at));
            in.answer.erase(0, end);
        }
        return took;
    }

    // Settles the first of the wanted places. Without an answer, uses only the file's own tables.
    void tell(program& in, std::string_view answer) {
        named_place& place = known_[in.wanted.front()];
        in.wanted.erase(in.wanted.begin());
        place.told = true;
        if (!answer.empty()) place.frames = parse_frames(answer, folder_);
        if (place.frames.empty()) place.frames.emplace_back();
        if (!in.tables) return;
        stack_frame& first = place.frames.front();
        if (in.tables->names_lines()) {
            const source_place known = in.tables->place_at(place.offset);
            first.file = known.file;
            first.line = known.line;
            name_from(folder_, first.file);
            first.function = in.tables->function_at(place.offset);
            return;
        }
        if (first.line != 0) mend_file(first, in.tables->place_at(place.offset), folder_);
        // Without lines a tool returns the nearest symbol before the place, however far away.
        if (place.frames.size() == 1 && first.line == 0) first.function = in.tables->function_at(place.offset);
    }

    static void wait_for(program& in) {
        os::watch answers{in.tool->answers().native(), true, false, false};
        os::wait_for(&answers, 1, in.asked_at + patience).ignore();
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

}  // namespace cordon::engine::launch

CORDON_CHEAP_END
