# A coding agent that runs cordon's own tests would get the brief report where they expect the console's. So ctest clears
# the variables that agents set, for every test.
file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/include/cordon/engine/app/agent_variables.hpp lines REGEX "\"[A-Z_]+\"")
set(script)
foreach(line IN LISTS lines)
    string(REGEX MATCHALL "\"[A-Z_]+\"" names "${line}")
    foreach(name IN LISTS names)
        string(REPLACE "\"" "" name ${name})
        string(APPEND script "unset(ENV{${name}})\n")
    endforeach()
endforeach()
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/without_agents_at_test_time.cmake "${script}")
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES
             ${CMAKE_CURRENT_BINARY_DIR}/without_agents_at_test_time.cmake)
