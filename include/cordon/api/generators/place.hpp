#pragma once

#include <cordon/api/check.hpp>
#include <cordon/api/in_test.hpp>

namespace cordon::detail {

/// Where values are made; `made` counts the random generators, which all get different numbers.
struct generator_origin {
    const char* file;
    unsigned line;
    unsigned number;
    unsigned made;
};

/// A GENERATE that a pass has reached. Its values are offered in order; each is a block of the test, as a SUBCASE is.
class generator_place {
  public:
    /// `number` tells it from others in the line.
    generator_place(const char* file, unsigned line, unsigned number);
    ~generator_place();
    generator_place(const generator_place&) = delete;
    generator_place& operator=(const generator_place&) = delete;

    /// To the next value. True if this pass may use it. Fails the test, and ends it, if there are too many.
    bool step();
    /// True if the user has chosen among the values by name; then allows() is asked first.
    bool chooses() const;
    bool allows(operand_text value) const;
    void refuse();
    /// False: a copy of this process uses the value.
    bool enter();
    void name(operand_text value);

    // After the value of the pass is found, the ones behind it are looked at.

    static constexpr unsigned most = 10'000;
    /// False: this pass has been here before.
    bool is_new() const { return wanted_ == 0; }
    bool is_first() const { return at_ == 1; }
    [[noreturn]] void fail_endless() const;
    /// For chooses(): there is another value. True if it is chosen.
    bool may_follow(operand_text value);
    /// A later pass uses the next value. Until then it is expected, for the case that this one throws.
    void announce();
    /// No later pass uses another value.
    void close();
    /// Not new: there must be as many values as before.
    void compare(bool has_next) const;

    /// No value is left. Ends the pass; fails if there was none at all.
    [[noreturn]] void end() const;

  private:
    unsigned long long place() const;

    const char* file_;
    unsigned line_;
    unsigned number_;
    unsigned at_ = 0;
    bool had_next_ = false;
    unsigned wanted_;      ///< sets had_next_; this pass has used this one here before, from 1; 0: it has not been here
    unsigned done_ = 0;    ///< so many of the first values
    bool reuses_ = false;  ///< all values are done, but the pass needs one
    size_t level_;
    generator_origin outer_;
};

/// Fails the test, and ends it: a generator cannot go on.
[[noreturn]] void fail_generator(const char* words);
/// A number that follows from the test's seed and the place: the same in each pass.
unsigned long long generator_seed();

}  // namespace cordon::detail
