# Configures, builds and installs cordon where doctest, nlohmann_json and every other package are hidden.
set(build ${FOLDER}/build)
set(prefix ${FOLDER}/prefix)
file(REMOVE_RECURSE ${FOLDER})

set(hidden)
foreach(package IN ITEMS doctest nlohmann_json SQLite3 benchmark GTest Catch2 Python3)
    list(APPEND hidden -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()

function(run expectation output)
    execute_process(COMMAND ${CMAKE_COMMAND} ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if((expectation STREQUAL "works" AND NOT code EQUAL 0) OR (expectation STREQUAL "fails" AND code EQUAL 0))
        message(FATAL_ERROR "cmake ${ARGN}: code ${code}, expected that it ${expectation}:\n${said}")
    endif()
    set(${output} "${said}" PARENT_SCOPE)
endfunction()

function(expect text part)
    string(FIND "${text}" "${part}" at)
    if(at EQUAL -1)
        message(FATAL_ERROR "'${part}' is not in:\n${text}")
    endif()
endfunction()

set(configure -S ${SOURCE_DIR} -B ${build} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER} ${hidden})

# With the defaults, and then without what would only take time here: an engine for each example, and optimizing it.
run(works said ${configure})
expect("${said}" "cordon's own tests are left out")
expect("${said}" "doctest, nlohmann_json")
run(works said ${configure} -DCORDON_BUILD_EXAMPLES=OFF -DCMAKE_BUILD_TYPE=None)
run(works said --build ${build})
run(works said --install ${build} --prefix ${prefix})
if(NOT EXISTS ${prefix}/include/cordon/cordon.hpp)
    message(FATAL_ERROR "include/cordon/cordon.hpp was not installed")
endif()

# Who asks for the tests is told what they need.
run(fails said ${configure} -DCORDON_BUILD_TESTS=ON)
expect("${said}" "doctest")
