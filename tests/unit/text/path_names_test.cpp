#include <doctest/doctest.h>

#include <cordon/engine/text/path_names.hpp>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::text;

namespace {

test_list list_of(const vector<std::string_view>& files) {
    test_list list;
    for (const std::string_view file : files) {
        list.tests.emplace_back();
        list.tests.back().file = file;
    }
    return list;
}

}  // namespace

TEST_CASE("paths are told from the working folder") {
    const test_list list = list_of({"/home/me/project/tests/a.cpp", "/home/me/project/tests/deep/b.cpp"});
    const path_names names("/home/me/project/build", list);
    CHECK(names.name("/home/me/project/build/made.cpp") == "made.cpp");
    CHECK(names.name("/home/me/project/tests/a.cpp") == "../tests/a.cpp");
    CHECK(names.name("/home/me/project/build2/x.cpp") == "../build2/x.cpp");
    CHECK(names.name("relative/c.cpp") == "relative/c.cpp");
    CHECK(names.name("") == "");
    CHECK(names.name("/usr/include/c++/12/vector") == "/usr/include/c++/12/vector");
}

TEST_CASE("paths that compilers have put together are told without their detours") {
    const path_names names("/home/me/build", list_of({"/home/me/build/../tests/a.cpp"}));
    CHECK(names.name("/home/me/build/../tests/a.cpp") == "../tests/a.cpp");
    CHECK(names.name("/home/me/build/./x/../../b.cpp") == "../b.cpp");
    CHECK(names.name("/../../c.cpp") == "/c.cpp");
    CHECK(path_names("/home/me", list_of({})).name("/home/me/build/../tests/a.cpp") == "tests/a.cpp");
}

TEST_CASE("elsewhere they are told from the folder that the test files have in common") {
    const test_list list = list_of({"/src/project/tests/a.cpp", "/src/project/tests/deep/b.cpp"});
    for (const char* folder : {"/tmp", "/", ""}) {
        const path_names names(folder, list);
        CHECK(names.name("/src/project/tests/deep/b.cpp") == "deep/b.cpp");
        CHECK(names.name("/src/project/lib/x.cpp") == "/src/project/lib/x.cpp");
    }
    CHECK(path_names("/tmp", list_of({"/src/only.cpp"})).name("/src/only.cpp") == "only.cpp");
    CHECK(path_names("/tmp", list_of({"/src/a.cpp", "b.cpp"})).name("/src/a.cpp") == "/src/a.cpp");
}

TEST_CASE("a path that the way to it would make longer stays as it is") {
    const path_names names("/a/b/c/d/e/f", list_of({}));
    CHECK(names.name("/a/y/z.cpp") == "/a/y/z.cpp");
}

TEST_CASE("programs are told as a shell takes them") {
    CHECK(path_names::program("/home/me/build/tests", "/home/me/build") == "./tests");
    CHECK(path_names::program("/home/me/build/bin/tests", "/home/me/build") == "./bin/tests");
    CHECK(path_names::program("/home/me/build2/tests", "/home/me/build") == "/home/me/build2/tests");
    CHECK(path_names::program("/tests", "/") == "/tests");
    CHECK(path_names::program("./tests", "") == "./tests");
}

TEST_CASE("a place is cut on its left, file and line stay") {
    const std::string place = "some/deep/folder/file.cpp:123";
    CHECK(shortened_place(place, 40, "~") == place);
    CHECK(shortened_place(place, 26, "~") == "~/deep/folder/file.cpp:123");
    CHECK(shortened_place(place, 22, "~") == "~/folder/file.cpp:123");
    CHECK(shortened_place(place, 13, "~") == "file.cpp:123");
    CHECK(shortened_place(place, 3, "~") == "file.cpp:123");
}

TEST_CASE("paths of Windows, also in a recording that is read elsewhere") {
    test_list list;
    for (const std::string_view file : {"C:\\work\\app\\tests\\a.cpp", "C:\\work\\app\\src/b.cpp"}) {
        test_info test;
        test.file = file;
        list.tests.push_back(test);
    }
    const path_names near("C:\\work\\app", list);
    CHECK(near.name("C:\\work\\app\\tests\\a.cpp") == "tests\\a.cpp");
    CHECK(near.name("C:\\work\\app\\build\\..\\src/b.cpp") == "src/b.cpp");
    CHECK(near.name("C:\\work\\lib\\c.cpp") == "..\\lib\\c.cpp");
    const path_names far("D:\\elsewhere", list);
    CHECK(far.name("C:\\work\\app\\tests\\a.cpp") == "tests\\a.cpp");
    CHECK(path_names::program("C:\\work\\app\\tests.exe", "C:\\work\\app") == ".\\tests.exe");
    CHECK(shortened_place("src\\deep\\a.cpp:12", 14, "...") == "...\\a.cpp:12");
}
