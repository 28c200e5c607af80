# Compiles unit tests of one folder as one file. Most of the compile time of each is for the headers of the engine, the
# standard library and doctest. One file compiles those only once.

# Sets `result` to true if the test may share a file: it defines no name of the engine, and needs no other engine and no
# flags of its own.
function(may_be_joined source result)
    file(STRINGS ${source} lines REGEX "^(#[ ]*(define|if)|namespace (cordon|std|doctest)|template <>|(cordon|engine)::)")
    get_source_file_property(flags ${source} COMPILE_OPTIONS)
    if(lines OR flags)
        set(${result} OFF PARENT_SCOPE)
    else()
        set(${result} ON PARENT_SCOPE)
    endif()
endfunction()

# Writes `file`: the headers of all `sources` first, and then each test in a namespace of its own.
function(write_joined_tests file sources)
    set(includes)
    set(tests)
    foreach(source IN LISTS sources)
        set(path ${CMAKE_CURRENT_SOURCE_DIR}/${source})
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
        get_filename_component(folder ${path} DIRECTORY)
        get_filename_component(name ${path} NAME_WE)
        file(STRINGS ${path} lines REGEX "^#include ")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^#include \"(.*)\"$" "\\1" own "${line}")
            if(EXISTS ${folder}/${own})
                set(line "#include \"${folder}/${own}\"")
            endif()
            list(APPEND includes "${line}\n")
        endforeach()
        string(APPEND tests "namespace ${name} {\n#include \"${path}\"\n}\n")
    endforeach()
    list(REMOVE_DUPLICATES includes)
    string(CONCAT text ${includes} "${tests}")
    file(GENERATE OUTPUT ${file} CONTENT "${text}")
endfunction()
