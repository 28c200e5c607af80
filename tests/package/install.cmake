# Installs BUILD_DIR to a fresh PREFIX and looks for what must be there.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${PREFIX} RESULT_VARIABLE code)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "installing failed")
endif()
foreach(file IN ITEMS include/cordon/cordon.hpp include/cordon/engine/app/main.hpp
                      share/cordon/single_include/cordon/cordon.hpp)
    if(NOT EXISTS ${PREFIX}/${file})
        message(FATAL_ERROR "${file} was not installed")
    endif()
endforeach()
