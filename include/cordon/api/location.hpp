#pragma once

namespace cordon {

/// A place in the user's source. `file` is the compiler's name of it (`__FILE__`); it lives as long as the program.
struct location {
    const char* file;
    unsigned line;
};

}  // namespace cordon
