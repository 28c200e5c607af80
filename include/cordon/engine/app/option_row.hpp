#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/model/options.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::app {

/// Returns the value of an environment variable, or null. main passes getenv, tests pass a table.
using environment_lookup = const char* (*)(const char* name);

enum class option_group : std::uint8_t { select, run, retry, output, record, debug, other };

/// A flag takes no value, except `--flag=false`, which overrides the environment. An optional value must follow `=`,
/// because the next argument may be a pattern.
enum class takes : std::uint8_t { flag, value, optional_value };

struct option_row;

/// One occurrence of an option. The value of a flag is a boolean. A missing optional value is empty.
struct setting {
    const option_row& row;
    std::string_view value;
    environment_lookup lookup;
};

/// One option: all data for parsing, listing and explaining it.
struct option_row {
    const char* name;   ///< without the dashes
    char letter;        ///< 0: no short form
    const char* value;  ///< name of the value in help, "N" or "FORMAT[=PATH]"; empty for flags
    takes how;
    option_group group;
    bool repeatable;      ///< several may be given; else the last one wins
    bool in_environment;  ///< also read from CORDON_NAME
    /// Stores the value. The detail of an error says what was expected; the parser adds the option and the value.
    status (*apply)(options& chosen, const setting& given);
    const char* choices;   ///< words that the value may be, separated by blanks; empty where it is free
    const char* standard;  ///< the default, as help shows it; empty: off
    const char* line;      ///< for the list of options
    const char* more;      ///< what --help=OPTION says besides; may be empty
};

}  // namespace cordon::engine::app
