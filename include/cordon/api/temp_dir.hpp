#pragma once

namespace cordon {

/// The running test's own temporary folder, made on the first call and named in TEST_TMPDIR from then on. It is removed
/// after the test with all it holds; `--keep-temp` keeps it when the test failed. Safe from several threads. Null when
/// it cannot be made (the reason goes to standard error).
const char* temp_dir();

}  // namespace cordon
