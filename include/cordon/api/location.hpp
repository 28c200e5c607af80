#pragma once

namespace cordon {

/// A place in the user's source. `file` is what the compiler calls it (`__FILE__`) and lives as long as the program.
struct location {
    const char* file;
    unsigned line;
};

}  // namespace cordon
