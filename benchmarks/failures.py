#!/usr/bin/env python3
"""Shows how cordon, Catch2, doctest and libassert report the failing checks of failures/failures.cpp, side by side.

Uses what is installed: Catch2 3 and libassert by their CMake packages, doctest by its header (Debian: doctest-dev). Sources
of Catch2 and libassert may be given instead: they are built then, with cpptrace's beside libassert's.

  benchmarks/failures.py [PATTERN]                 the tests whose names contain it
  benchmarks/failures.py --catch2 DIR --libassert DIR --cpptrace DIR
"""

import argparse
import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
SOURCE = ROOT / "benchmarks/failures/failures.cpp"
OF_CATCH2 = re.compile(r"^(=+|-+|~+|\.+|Filters: .*|test cases: .*|assertions: .*|Randomness .*|.* host application\.|Run with .*|"
                       r"\S+: FAILED:|with expansion:)$")
OF_DOCTEST = re.compile(r"^(=+|TEST CASE: .*|\[doctest\].*)$")
OF_CORDON = re.compile(r"^  (cordon  \d|Run again|  \S+ '|\d+ (test|assertion)s?[:,])|^ +FAIL|^ +\S+:\d+ · ")
MOST_LINES = 14

COMPILE = "cmake_minimum_required(VERSION 3.16)\nproject(failures CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
ENGINE = "#define CORDON_MAIN\n#include <cordon/cordon.hpp>\n"
DOCTEST = "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n#include <doctest/doctest.h>\n"


def cmake_project(arguments):
    """Each framework's program, if the framework is there."""
    given = lambda name: getattr(arguments, name) and pathlib.Path(getattr(arguments, name)).resolve()
    lines = [COMPILE, f"include_directories({SOURCE.parent})"]

    def program(name, libraries="", more=""):
        lines.append(f"add_executable({name} {SOURCE} {more})\n"
                     f"target_compile_definitions({name} PRIVATE WITH_{name.upper()})\n"
                     f"target_link_libraries({name} PRIVATE {libraries})")

    program("cordon", more="cordon.cpp")
    lines.append(f"target_include_directories(cordon PRIVATE {ROOT}/single_include)")
    lines.append("find_path(DOCTEST_DIR doctest/doctest.h)\nif(DOCTEST_DIR)")
    program("doctest", more="doctest.cpp")
    lines.append("target_include_directories(doctest PRIVATE ${DOCTEST_DIR})\nendif()")
    if given("catch2"):
        lines.append(f"add_subdirectory({given('catch2')} of_catch2)")
    else:
        lines.append("find_package(Catch2 3 QUIET)")
    lines.append("if(TARGET Catch2::Catch2WithMain)")
    program("catch2", "Catch2::Catch2WithMain")
    lines.append("endif()")
    if given("libassert"):
        if given("cpptrace"):
            lines.append(f"set(FETCHCONTENT_SOURCE_DIR_CPPTRACE {given('cpptrace')})\n"
                         "set(CPPTRACE_GET_SYMBOLS_WITH_ADDR2LINE ON)")
        lines.append(f"add_subdirectory({given('libassert')} of_libassert)")
    else:
        lines.append("find_package(libassert QUIET)")
    lines.append("if(TARGET libassert::assert)")
    program("libassert", "libassert::assert")
    lines.append("endif()")
    return "\n".join(lines)


def build(arguments, folder):
    (folder / "CMakeLists.txt").write_text(cmake_project(arguments))
    (folder / "cordon.cpp").write_text(ENGINE)
    (folder / "doctest.cpp").write_text(DOCTEST)
    for command in (["cmake", "-S", folder, "-B", folder / "build", "-DCMAKE_BUILD_TYPE=Debug"],
                    ["cmake", "--build", folder / "build"]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise SystemExit(done.stdout.decode()[-4000:])
    return [name for name in ("cordon", "Catch2", "doctest", "libassert") if (folder / "build" / name.lower()).exists()]


def report_of(framework, folder, test):
    """The lines about the failures themselves."""
    arguments = {"cordon": [f"={test}", "--color", "never", "--progress", "none"], "doctest": ["-tc=" + test.replace(",", "\\,")],
                 "Catch2": [test.replace(",", "\\,")], "libassert": [test]}[framework]
    noise = {"cordon": OF_CORDON, "doctest": OF_DOCTEST, "Catch2": OF_CATCH2}.get(framework)
    done = subprocess.run([folder / "build" / framework.lower(), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          cwd=folder, env={**os.environ, "CORDON_HISTORY": "off"}, check=False)
    lines = [line for line in done.stdout.decode(errors="backslashreplace").splitlines()
             if line.strip() and line.strip() != test and not (noise and noise.match(line))]
    return [re.sub(r"\S*failures\.cpp", "failures.cpp", line) for line in lines]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pattern", nargs="?", default="")
    for name in ("catch2", "libassert", "cpptrace"):
        parser.add_argument(f"--{name}", metavar="DIR")
    arguments = parser.parse_args()
    tests = re.findall(r'^TEST_CASE\("([^"]+)"\)', SOURCE.read_text(), re.MULTILINE)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        frameworks = build(arguments, folder)
        for test in (each for each in tests if arguments.pattern in each):
            print(f"\n######## {test}")
            for framework in frameworks:
                lines = report_of(framework, folder, test)
                print(f"---- {framework}")
                for line in lines[:MOST_LINES]:
                    print(line[:160])
                if len(lines) > MOST_LINES:
                    print(f"... {len(lines) - MOST_LINES} more lines")


if __name__ == "__main__":
    main()
