"""The test programs that compare.py measures, as source text: the same trivial tests for each framework."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    name: str
    text: str
    flags: tuple = ()


CORDON_MAIN = "#define CORDON_MAIN\n#include <cordon/cordon.hpp>\n"
DOCTEST_MAIN = "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n#include <doctest/doctest.h>\n"
CORDON_HEADER = "#include <cordon/cordon.hpp>\n"
DOCTEST_HEADER = "#include <doctest/doctest.h>\n"


def _split(count, per_file):
    return [range(start, min(start + per_file, count)) for start in range(0, count, per_file)]


def _test_files(header, count, per_file, one_test, flags=()):
    return [
        Source(f"tests_{index}.cpp", header + "".join(one_test(n) for n in numbers), flags)
        for index, numbers in enumerate(_split(count, per_file))
    ]


def _trivial_test(n):
    return f'TEST_CASE("t_{n:06d}") {{ int a = {n}, b = {n}; CHECK(a == b); }}\n'


def cordon_trivial(count, per_file=1000, flags=()):
    return [Source("main.cpp", CORDON_MAIN)] + _test_files(CORDON_HEADER, count, per_file, _trivial_test, flags)


def doctest_trivial(count, per_file=1000, flags=()):
    return [Source("main.cpp", DOCTEST_MAIN)] + _test_files(DOCTEST_HEADER, count, per_file, _trivial_test, flags)


def check_trivial(count):
    """Check: one suite, one case, forking as it does by default."""
    tests = "".join(
        f"START_TEST(t_{n:06d}) {{ int a = {n}, b = {n}; ck_assert_int_eq(a, b); }} END_TEST\n" for n in range(count)
    )
    added = "".join(f"    tcase_add_test(tests, t_{n:06d});\n" for n in range(count))
    return [
        Source(
            "main.cpp",
            "#include <check.h>\n" + tests + "int main() {\n"
            '    Suite* suite = suite_create("trivial");\n    TCase* tests = tcase_create("trivial");\n' + added +
            "    suite_add_tcase(suite, tests);\n    SRunner* runner = srunner_create(suite);\n"
            "    srunner_set_fork_status(runner, CK_FORK);\n    srunner_run_all(runner, CK_NORMAL);\n"
            "    const int failed = srunner_ntests_failed(runner);\n    srunner_free(runner);\n"
            "    return failed == 0 ? 0 : 1;\n}\n",
            ("-O1",),
        )
    ]


def cpputest_trivial(count, per_file=1000):
    main = (
        "#include <CppUTest/CommandLineTestRunner.h>\n"
        "int main(int argc, char** argv) { return CommandLineTestRunner::RunAllTests(argc, argv); }\n"
    )
    files = []
    for index, numbers in enumerate(_split(count, per_file)):
        tests = "".join(
            f"TEST(trivial_{index}, t_{n:06d}) {{ int a = {n}, b = {n}; LONGS_EQUAL(a, b); }}\n" for n in numbers
        )
        header = f"#include <CppUTest/TestHarness.h>\nTEST_GROUP(trivial_{index}) {{}};\n"
        files.append(Source(f"tests_{index}.cpp", header + tests, ("-O1",)))
    return [Source("main.cpp", main)] + files


def criterion_trivial(count, per_file=1000):
    return _test_files(
        "#include <criterion/criterion.h>\n", count, per_file,
        lambda n: f"Test(trivial, t_{n:06d}) {{ int a = {n}, b = {n}; cr_assert_eq(a, b); }}\n",
    )


def ctest_file(doctest_program, count):
    """A CTestTestfile.cmake that runs each test of a doctest program in a process of its own."""
    return "".join(f'add_test(t_{n:06d} "{doctest_program}" "--test-case=t_{n:06d}")\n' for n in range(count))


def cordon_with_setup(count, mebibytes):
    """Trivial tests after a setup that has filled so much memory; each test writes to one page of it."""
    text = "#include <vector>\n" + CORDON_HEADER + f"""
static std::vector<char> filled;
GLOBAL_SETUP() {{ filled.assign(std::size_t({mebibytes}) << 20, 'x'); }}
"""
    text += "".join(
        f'TEST_CASE("with memory {n:06d}") {{ CHECK(filled[{n} * 4096]++ == \'x\'); }}\n' for n in range(count)
    )
    return [Source("main.cpp", CORDON_MAIN), Source("tests.cpp", text, ("-O0",))]


def cordon_using_kernel(count):
    """Tests that open a file each: no rewind survives that."""
    text = "#include <fcntl.h>\n#include <unistd.h>\n" + CORDON_HEADER
    text += "".join(
        f'TEST_CASE("opens {n:06d}") {{ CHECK(open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0); }}\n' for n in range(count)
    )
    return [Source("main.cpp", CORDON_MAIN), Source("tests.cpp", text, ("-O0",))]


def cordon_sleeping(count, milliseconds):
    text = "#include <unistd.h>\n" + CORDON_HEADER
    text += "".join(
        f'TEST_CASE("sleeps {n:02d}") {{ usleep({milliseconds * 1000}); CHECK({n} < {count}); }}\n'
        for n in range(count)
    )
    return [Source("main.cpp", CORDON_MAIN), Source("tests.cpp", text)]


def cordon_printing(megabytes):
    text = "#include <string.h>\n#include <unistd.h>\n" + CORDON_HEADER + f"""
static char line[1 << 20];
TEST_CASE("prints") {{
    memset(line, 'x', sizeof line);
    for (size_t at = 79; at < sizeof line; at += 80) line[at] = '\\n';
    for (int megabyte = 0; megabyte < {megabytes}; ++megabyte) {{
        for (size_t done = 0; done < sizeof line;) {{
            const ssize_t wrote = write(1, line + done, sizeof line - done);
            REQUIRE(wrote > 0);
            done += static_cast<size_t>(wrote);
        }}
    }}
}}
TEST_CASE("is quiet") {{ CHECK(line[0] == 0); }}
"""
    return [Source("main.cpp", CORDON_MAIN), Source("tests.cpp", text)]


def many_checks(header, tests, checks_each):
    """A test file as people write them: several tests, each with several comparisons."""
    body = "".join(
        f'TEST_CASE("t_{t:04d}") {{\n    int a = {t};\n    int b = {t};\n' + "    CHECK(a == b);\n" * checks_each + "}\n"
        for t in range(tests)
    )
    return header + body
