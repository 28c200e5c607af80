#include <doctest/doctest.h>
#include <cordon/engine/text/stack.hpp>

#include <string>

using namespace cordon::engine;

TEST_CASE("a call without a name is told by its place in its file, and without a file by its address") {
    stack_frame in_file;
    in_file.address = 0x7f0000001234;
    in_file.module = "/usr/lib/libthing.so.1";
    in_file.offset = 0x1234;
    stack_frame in_none;
    in_none.address = 0x1234500000;
    stack_frame named = in_none;
    named.function = "f()";
    CHECK(text::stack_text({in_file}, 10) == "0x1234  in libthing.so.1\n");
    CHECK(text::stack_text({in_none}, 10) == "0x1234500000  in an unknown file\n");
    CHECK(text::stack_text({named}, 10) == "f()  \n");
}
