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
if(CORDON_SANITIZE)  # what a sanitizer puts into the code is warned of as well
    set(cordon_warnings -w)
endif()
target_compile_options(cordon_developer INTERFACE ${cordon_warnings})
if(CORDON_SANITIZE)
    set(cordon_sanitizer_flags -fsanitize=${CORDON_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    target_compile_options(cordon_developer INTERFACE ${cordon_sanitizer_flags})
    target_link_options(cordon_developer INTERFACE -fsanitize=${CORDON_SANITIZE})
endif()

# The engine takes long to compile. So all programs of this build share the object of cordon::main, which is therefore
# compiled with the warnings.
target_compile_options(cordon_main PRIVATE ${cordon_warnings} ${cordon_sanitizer_flags})

# Nearly all of a program's debug information is the engine's, and addr2line reads all of it for each run with a stack.
option(CORDON_DEBUG_ENGINE "Compile the shared engine with the debug information of the build type" ON)
set(cordon_engine_options)
if(NOT CORDON_DEBUG_ENGINE)
    set(cordon_engine_options -g0)
endif()
target_compile_options(cordon_main PRIVATE ${cordon_engine_options})

# Links a program of which a file defines CORDON_MAIN with the shared engine.
function(cordon_share_engine program)
    target_include_directories(${program} BEFORE PRIVATE ${PROJECT_SOURCE_DIR}/cmake/without_engine)
    target_sources(${program} PRIVATE $<TARGET_OBJECTS:cordon_main>)
endfunction()

# Sets `result` to true if a source has the engine itself, by CORDON_MAIN or CORDON_IMPLEMENT.
function(cordon_has_engine source result)
    file(STRINGS ${source} definitions REGEX "^ *# *define +CORDON_(MAIN|IMPLEMENT)")
    if(definitions)
        set(${result} ON PARENT_SCOPE)
    else()
        set(${result} OFF PARENT_SCOPE)
    endif()
endfunction()
