#pragma once

// The headers whose functions the engine shares with the user's files: those of the standard library and of api/.
// engine/app/main.hpp includes them before it lowers the optimization, because the linker keeps one copy of a shared
// function, and that may be the engine's. tests/compile/cold_code.py finds one that is missing here.

#include <cordon/api/config.hpp>

// A file that includes them again finds them here, as they are.
CORDON_SILENCE_BEGIN
#include <cordon/api/adapters/adapter.hpp>
#include <cordon/api/approx.hpp>
#include <cordon/api/check.hpp>
#include <cordon/api/compat/support.hpp>
#include <cordon/api/exits.hpp>
#include <cordon/api/generators/place.hpp>
#include <cordon/api/in_test.hpp>
#include <cordon/api/listener/listener.hpp>
#include <cordon/api/location.hpp>
#include <cordon/api/logging.hpp>
#include <cordon/api/matchers/elements.hpp>
#include <cordon/api/matchers/exception.hpp>
#include <cordon/api/matchers/number.hpp>
#include <cordon/api/matchers/plain_text.hpp>
#include <cordon/api/matchers/range.hpp>
#include <cordon/api/matchers/regex.hpp>
#include <cordon/api/matchers/value.hpp>
#include <cordon/api/property/code.hpp>
#include <cordon/api/property/property.hpp>
#include <cordon/api/property/source.hpp>
#include <cordon/api/rows.hpp>
#include <cordon/api/snapshot/check.hpp>
#include <cordon/api/stringify.hpp>
#include <cordon/api/test_case.hpp>
#include <cordon/api/translator.hpp>
CORDON_SILENCE_END

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <clocale>
#include <cmath>
#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <exception>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>
