#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/model/options.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::app {

/// The value of an environment variable, or null. main passes getenv, tests a table.
using environment_lookup = const char* (*)(const char* name);

enum class option_group : std::uint8_t { select, run, retry, output, record, debug, other };

/// A flag takes no value, except that `--flag=false` undoes what the environment says. An optional value is taken only
/// with `=`, so that the next argument stays a pattern.
enum class takes : std::uint8_t { flag, value, optional_value };

struct option_row;

/// One occurrence of an option. The value of a flag is a boolean; an optional value that is not there is empty.
struct setting {
    const option_row& row;
    std::string_view value;
    environment_lookup lookup;
};

/// One option: everything that parsing it, listing it and explaining it needs.
struct option_row {
    const char* name;   ///< without the dashes
    char letter;        ///< 0: no short form
    const char* value;  ///< the value's name as help shows it, "N" or "FORMAT[=PATH]"; empty for flags
    takes how;
    option_group group;
    bool repeatable;      ///< several may be given; else the last one wins
    bool in_environment;  ///< also read from CORDON_NAME
    /// Stores the value. An error's detail says what was expected; parsing puts the option and the value before it.
    status (*apply)(options& chosen, const setting& given);
    const char* choices;   ///< words that the value may be, separated by blanks; empty where it is free
    const char* standard;  ///< the default as help shows it; empty: off
    const char* line;      ///< for the list of options
    const char* more;      ///< what --help=OPTION says besides; may be empty
};

}  // namespace cordon::engine::app
