#include <doctest/doctest.h>
#include <cordon/engine/base/path.hpp>

using namespace cordon::engine;

TEST_CASE("a path tells of which system it is") {
    for (const char* path : {"C:\\src\\a.cpp", "c:/src/a.cpp", "\\\\server\\share\\a.cpp"}) {
        CAPTURE(path);
        CHECK(is_windows_path(path));
        CHECK(is_absolute_path(path));
        CHECK(file_name_of(path) == "a.cpp");
    }
    for (const char* path : {"", "C:", "C:a.cpp", "src/a.cpp", "\\a", "1:/a", "::\\a"}) {
        CAPTURE(path);
        CHECK_FALSE(is_windows_path(path));
        CHECK_FALSE(is_absolute_path(path));
    }
    CHECK(is_absolute_path("/src/a.cpp"));
    CHECK_FALSE(is_windows_path("/src/a.cpp"));
}

TEST_CASE("a file's name is what stands behind the last separator") {
    CHECK(file_name_of("/src/a.cpp") == "a.cpp");
    CHECK(file_name_of("a.cpp") == "a.cpp");
    CHECK(file_name_of("/src/") == "");
    CHECK(file_name_of("/src/odd\\name.cpp") == "odd\\name.cpp");  // no separator here
    CHECK(file_name_of("") == "");
}
