#pragma once

#include <cordon/api/check.hpp>

// What compat/ needs of the engine.

namespace cordon::detail {

/// True while a test runs in this process.
bool is_in_test() noexcept;
/// True before cordon::run in a process that cordon started again from the program. There cordon::run does not return
/// to report a run: the program must end with its result.
bool is_started_by_cordon() noexcept;

/// The frameworks whose command line a program can understand besides cordon's.
enum class command_words : unsigned char { doctest, catch2 };
/// From then on words on the command line that both know are this framework's. Call it before cordon::run. If a program
/// asks for both frameworks, such words are cordon's. Returns true, so that a static initializer may call it.
bool understand(command_words) noexcept;

/// Says with which words cordon starts the program again, if cordon::run is given only a part of them. Call it before
/// cordon::run; the words must live until then.
void keep_command_line(int argc, const char* const* argv) noexcept;

/// A tag that stands for a part of a Catch2 test spec on the command line. It registers itself; both texts must live as
/// long as the program.
struct spec_alias {
    spec_alias(const char* tag, const char* spec) noexcept;

    const char* tag;  ///< in brackets
    const char* spec;
    const spec_alias* next;
};

/// Writes the type that name_of_type<T> names.
void write_type_name(text_sink& out, const char* name);

/// A std::ostream that writes to `out`. What a manipulator sets holds for the values after it.
class lasting_stream {
  public:
    explicit lasting_stream(text_sink& out);
    lasting_stream(const lasting_stream&) = delete;
    lasting_stream& operator=(const lasting_stream&) = delete;
    ~lasting_stream();
    std::ostream& get() const;

  private:
    struct state;
    state* own_;
};

/// Passes or fails by the text of the current exception, as check_exception_text does. `words` says what was expected.
outcome check_exception_text_by(const assertion_site& site, bool (*accepts)(const void* expected, text_view text),
                                const void* expected, operand_text words);

}  // namespace cordon::detail
