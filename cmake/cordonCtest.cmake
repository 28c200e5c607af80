# Included by a file that cordon_discover_tests() has made, which sets the variables cordon_... Under `cmake -P`, after
# the program was built, it asks the program for its tests. In ctest it adds them.
cmake_policy(PUSH)
cmake_policy(VERSION 3.16)

# Writes the calls of cordon_test() that the program prints to cordon_LIST. If they cannot be had, it fails under
# `cmake -P`. In ctest the file does not exist then, and the other programs' tests still run.
function(_cordon_list_tests)
    execute_process(COMMAND ${cordon_LAUNCHER} ${cordon_PROGRAM} --list=ctest ${cordon_TEST_SPEC}
                    WORKING_DIRECTORY ${cordon_FOLDER} TIMEOUT ${cordon_TIMEOUT}
                    OUTPUT_VARIABLE text ERROR_VARIABLE complaints RESULT_VARIABLE code)
    # The program may print something before them, and after.
    string(FIND "${text}" "\n# cordon.ctest/1\n" start)
    string(FIND "${text}" "\n# cordon.ctest/1 ends\n" end)
    if(NOT code STREQUAL "0" OR start EQUAL -1 OR end LESS start)
        file(REMOVE ${cordon_LIST})
        if(NOT CMAKE_SCRIPT_MODE_FILE)
            return()
        endif()
        message(FATAL_ERROR "${cordon_TARGET}: cannot find out which tests it has.\n"
                            "command: ${cordon_PROGRAM} --list=ctest ${cordon_TEST_SPEC}\n"
                            "folder: ${cordon_FOLDER}\nresult: ${code}\n${complaints}${text}")
    endif()
    if(NOT complaints STREQUAL "")
        message("${complaints}")
    endif()
    math(EXPR length "${end} - ${start}")
    string(SUBSTRING "${text}" ${start} ${length} text)
    string(FIND "${text}" "\ncordon_test(" any)
    if(any EQUAL -1)
        message("${cordon_TARGET}: no test was selected")
    endif()
    # Another ctest may read the list meanwhile.
    string(RANDOM LENGTH 12 unique)
    file(WRITE ${cordon_LIST}.${unique} "${text}\n")
    file(RENAME ${cordon_LIST}.${unique} ${cordon_LIST})
endfunction()

# Sets `result` to the arguments that write the report `name`.
function(_cordon_reports result name)
    file(MAKE_DIRECTORY "${cordon_REPORT_DIR}")
    set(${result} --report "junit=${cordon_REPORT_DIR}/${name}.xml" --report console PARENT_SCOPE)
endfunction()

# One test. Names and values of more properties follow; what the caller of cordon_discover_tests() gave comes last and
# wins. Older versions of CTest ignore properties that they do not know.
function(cordon_test title selector labels locks place)
    if(cordon_REPORT_DIR)
        math(EXPR number "${cordon_number} + 1")
        set(cordon_number ${number} PARENT_SCOPE)
        _cordon_reports(reports "${cordon_TARGET}-${number}")
    endif()
    add_test("${cordon_TEST_PREFIX}${title}${cordon_TEST_SUFFIX}" ${cordon_command} "${selector}" ${reports}
             ${cordon_EXTRA_ARGS})
    set_tests_properties("${cordon_TEST_PREFIX}${title}${cordon_TEST_SUFFIX}" PROPERTIES
                         LABELS "${labels};${cordon_LABELS}" RESOURCE_LOCK "${locks}" DEF_SOURCE_LINE "${place}"
                         ${cordon_common} ${ARGN} ${cordon_PROPERTIES})
endfunction()

# A part of the tests, or all of them, with `jobs` workers.
function(_cordon_add_part name report jobs)
    _cordon_reports(reports "${report}")
    add_test("${cordon_TEST_PREFIX}${name}${cordon_TEST_SUFFIX}" ${cordon_command} ${ARGN} -j ${jobs} ${reports}
             ${cordon_EXTRA_ARGS})
    set_tests_properties("${cordon_TEST_PREFIX}${name}${cordon_TEST_SUFFIX}" PROPERTIES LABELS "${cordon_LABELS}"
                         PROCESSORS ${jobs} ${cordon_common} ${cordon_PROPERTIES})
endfunction()

function(_cordon_add_parts)
    set(jobs ${cordon_JOBS})
    if(cordon_SHARDS)
        if(NOT jobs)
            set(jobs 1)
        endif()
        foreach(part RANGE 1 ${cordon_SHARDS})
            _cordon_add_part("${cordon_TARGET} ${part}/${cordon_SHARDS}" "${cordon_TARGET}-${part}-of-${cordon_SHARDS}"
                             ${jobs} --shard ${part}/${cordon_SHARDS} ${cordon_TEST_SPEC})
        endforeach()
        return()
    endif()
    if(NOT jobs)
        cmake_host_system_information(RESULT jobs QUERY NUMBER_OF_LOGICAL_CORES)
    endif()
    _cordon_add_part("${cordon_TARGET}" "${cordon_TARGET}" ${jobs} ${cordon_TEST_SPEC})
endfunction()

set(cordon_command ${cordon_LAUNCHER} ${cordon_PROGRAM} --skip-code 77)
# cordon ends by itself when the limit of CTest comes, with a report of what was done.
set(cordon_common SKIP_RETURN_CODE 77 WORKING_DIRECTORY "${cordon_FOLDER}" TIMEOUT_SIGNAL_NAME SIGTERM
    TIMEOUT_SIGNAL_GRACE_PERIOD 10)
set(cordon_number 0)
if(CMAKE_SCRIPT_MODE_FILE)
    _cordon_list_tests()
elseif(NOT EXISTS "${cordon_PROGRAM}")
    add_test("${cordon_TARGET}_NOT_BUILT" "${cordon_TARGET}_NOT_BUILT")
elseif(cordon_WHOLE OR cordon_SHARDS)
    _cordon_add_parts()
else()
    if(NOT EXISTS "${cordon_LIST}" OR "${cordon_PROGRAM}" IS_NEWER_THAN "${cordon_LIST}" OR
       "${cordon_SETTINGS}" IS_NEWER_THAN "${cordon_LIST}")
        _cordon_list_tests()
    endif()
    if(EXISTS "${cordon_LIST}")
        include("${cordon_LIST}")
    else()  # this test fails and says why
        add_test("${cordon_TARGET}_NOT_LISTED" "${cordon_CMAKE}" -P "${cordon_SETTINGS}")
    endif()
endif()
cmake_policy(POP)
