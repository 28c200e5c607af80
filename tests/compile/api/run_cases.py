#!/usr/bin/env python3
"""Compiles one source file as its own comments ask for; warnings are errors.

    // flags: FLAG ...        further flags
    // flags of gcc: FLAG ... further flags for that compiler; of clang: for the other
    // error NAME: REGEX      with -DNAME, compiling fails and the compiler's words match
    // errors NAME COUNT: REGEX
                              with -DNAME, so many errors match

Without a NAME defined, the file compiles.
"""

import argparse
import re
import subprocess
import sys

WARNINGS = ("-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-compare -Wfloat-equal -Wunused "
            "-Werror").split()

UNLIMITED = {"gcc": "-fmax-errors=0", "clang": "-ferror-limit=0"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--flags", default="-std=c++17")
    parser.add_argument("source")
    arguments = parser.parse_args()

    with open(arguments.source, encoding="utf-8") as file:
        text = file.read()
    flags = arguments.flags.split() + WARNINGS
    family = "clang" if "clang" in arguments.compiler else "gcc"
    for extra in re.findall(rf"^// flags(?: of {family})?: (.*)$", text, re.MULTILINE):
        flags += extra.split()

    def compile_with(*more):
        return subprocess.run([arguments.compiler, *flags, *more, "-I", arguments.include, "-fsyntax-only",
                               arguments.source], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace")

    plain = compile_with()
    print(plain.stdout, end="")
    failed = plain.returncode != 0
    for name, words in re.findall(r"^// error (\w+): (.*)$", text, re.MULTILINE):
        outcome = compile_with(f"-D{name}")
        if outcome.returncode == 0:
            print(f"{name}: compiled, but should not")
            failed = True
        elif not re.search(words, outcome.stdout):
            print(f"{name}: does not say '{words}':\n{outcome.stdout}")
            failed = True
    for name, count, words in re.findall(r"^// errors (\w+) (\d+): (.*)$", text, re.MULTILINE):
        output = compile_with(f"-D{name}", UNLIMITED[family]).stdout
        found = len(re.findall(f"error: .*{words}", output))
        if found != int(count):
            print(f"{name}: {found} errors instead of {count} say '{words}':\n{output}")
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
