# Shared by tests, examples and benchmarks. Nothing here reaches a project that uses cordon.

set(CORDON_SANITIZE "" CACHE STRING "Sanitizers for tests and examples, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_EXTENSIONS OFF)

# cordon_developer: warnings, errors for whoever works on cordon; sanitizers when asked for.
add_library(cordon_developer INTERFACE)
set(cordon_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(cordon_tests_wanted)
    list(APPEND cordon_warnings -Werror)
endif()
target_compile_options(cordon_developer INTERFACE ${cordon_warnings})
if(CORDON_SANITIZE)
    set(cordon_sanitizer_flags -fsanitize=${CORDON_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    target_compile_options(cordon_developer INTERFACE ${cordon_sanitizer_flags})
    target_link_options(cordon_developer INTERFACE -fsanitize=${CORDON_SANITIZE})
endif()

# cordon_engine: the engine with main(), compiled once with the warnings, for everything that is built here.
add_library(cordon_engine OBJECT ${PROJECT_SOURCE_DIR}/cmake/cordon_main.cpp)
target_link_libraries(cordon_engine PUBLIC cordon PRIVATE cordon_developer)

# Sets `result` to whether a source brings the engine itself, by CORDON_MAIN or CORDON_IMPLEMENT.
function(cordon_has_engine source result)
    file(STRINGS ${source} definitions REGEX "^ *# *define +CORDON_(MAIN|IMPLEMENT)")
    if(definitions)
        set(${result} ON PARENT_SCOPE)
    else()
        set(${result} OFF PARENT_SCOPE)
    endif()
endfunction()
