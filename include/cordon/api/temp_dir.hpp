#pragma once

namespace cordon {

/// Returns the path of the running test's own temporary folder. The first call creates the folder and sets TEST_TMPDIR.
/// The folder and its content are removed after the test; with `--keep-temp` they stay if the test failed. Any thread
/// may call it. Returns null if the folder cannot be created; the reason goes to standard error.
const char* temp_dir();

}  // namespace cordon
