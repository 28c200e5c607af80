#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/help.hpp>
#include <cordon/engine/app/option_table.hpp>
#include <cordon/engine/app/parse.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <string>
#include <string_view>

// --completion: a script for an interactive shell, from the table of options. It asks the program itself for its tests.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// The words that the value of an option may be, separated by blanks; empty where it is free.
std::string words_for(const option_row& row) { return is_report(row) ? report_formats() : row.choices; }

/// Text for a word in single quotes, with a backslash before each of the `special` characters.
std::string in_quotes(std::string_view text, std::string_view special) {
    std::string out;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return out;
}

std::string completion_for_bash(const std::string& program) {
    std::string all, values;
    for (const option_row& row : option_table) {
        const std::string name = std::string("--") + row.name;
        const std::string words = words_for(row);
        all += " " + name;
        if (row.how != takes::value) continue;  // the next word is a pattern
        values += "        " + name + (row.letter ? std::string("|-") + row.letter : std::string()) + ") ";
        if (words.empty()) {
            values += "compopt -o default; return ;;\n";
        } else {
            values += "COMPREPLY=($(compgen -W '" + words + "' -- \"$cur\")); return ;;\n";
        }
    }
    return "_cordon() {\n"
           "    local cur=$2 option=$3 line\n"
           "    COMPREPLY=()\n"
           "    [ \"$cur\" = = ] && cur=\n"
           "    [ \"$option\" = = ] && option=${COMP_WORDS[COMP_CWORD-2]}\n"
           "    case $option in\n" +
           values +
           "    esac\n"
           "    case $cur in\n"
           "        -*) COMPREPLY=($(compgen -W '" +
           all +
           "' -- \"$cur\")) ;;\n"
           "        @*) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -P @ -f -- \"${cur#@}\") ;;\n"
           "        *) cur=${cur//\\\\/}\n"
           "            while IFS= read -r line; do\n"
           "                case $line in [-=@]*) ;; \"$cur\"*) COMPREPLY+=(\"$(printf %q \"$line\")\") ;; esac\n"
           "            done < <(\"$1\" --list 2>/dev/null) ;;\n"
           "    esac\n"
           "}\n"
           "complete -F _cordon -- " +
           program + "\n";
}

void add_for_zsh(std::string& out, const option_row& row, const std::string& spelled) {
    out += " \\\n        '";
    if (row.repeatable) out += '*';
    out += spelled + "[" + in_quotes(row.line, "[]\\:") + "]";
    if (row.how != takes::flag) {
        const std::string words = words_for(row);
        out += (row.how == takes::optional_value ? "::" : ":") + in_quotes(row.value, ":\\") + ":";
        out += words.empty() ? std::string("_files") : "(" + words + ")";
    }
    out += '\'';
}

std::string completion_for_zsh(const std::string& program) {
    std::string out = "#compdef " + program +
                      "\n_cordon_tests() {\n"
                      "    local -a names\n"
                      "    names=(${(f)\"$(${(Q)words[1]} --list 2>/dev/null)\"})\n"
                      "    names=(${names:#[-=@]*})\n"
                      "    compadd -a names\n"
                      "}\n"
                      "_cordon() {\n"
                      "    _arguments";
    constexpr std::string_view suffixes[] = {"", "=", "=-"};
    for (const option_row& row : option_table) {
        const std::string letter = std::string("-") + row.letter;
        if (row.letter) add_for_zsh(out, row, row.how == takes::value ? letter + "+" : letter);
        add_for_zsh(out, row, "--" + (row.name + std::string(suffixes[static_cast<std::size_t>(row.how)])));
    }
    return out + " \\\n        '*:test:_cordon_tests'\n}\ncompdef _cordon " + program + "\n";
}

std::string completion_for_fish(const std::string& program) {
    const std::string start = "complete -c " + program;
    std::string out = start +
                      " -f -a '(begin; set -l program (commandline -opc)[1]; "
                      "$program --list 2>/dev/null | string match -rv \"^[-=@]\"; end)'\n";
    for (const option_row& row : option_table) {
        out += start + " -l " + row.name;
        if (row.letter) out += std::string(" -s ") + row.letter;
        const std::string words = words_for(row);
        if (row.how == takes::value) out += words.empty() ? " -r -F" : " -x";
        if (row.how != takes::flag && !words.empty()) out += " -a '" + words + "'";
        out += " -d '";
        out += in_quotes(row.line, "\\") + "'\n";
    }
    return out;
}

/// `path` is that of the program.
std::string completion_for(completion_shell shell, std::string_view path) {
    const std::string program = text::shell_word(path.substr(path.rfind('/') + 1));
    if (shell == completion_shell::bash) return completion_for_bash(program);
    return shell == completion_shell::zsh ? completion_for_zsh(program) : completion_for_fish(program);
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
