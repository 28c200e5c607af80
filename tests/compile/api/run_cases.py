#!/usr/bin/env python3
"""Compiles one source file as its own comments ask for; warnings are errors.

    // flags: FLAG ...        further flags
    // flags of gcc: FLAG ... further flags for that compiler; of clang: for the other
    // error NAME: REGEX      with -DNAME, compiling fails and the compiler's words match
    // errors NAME COUNT: REGEX
                              with -DNAME, so many errors match

Without a NAME defined, the file compiles. What NAMEs refuse is between "#if defined(NAME)" and "#endif". All of them are
compiled at once, and each must be refused by a message of its own, which has the words and leads to these lines. If one
has no such message then, for example because the compiler stopped before it, it is compiled by itself, which counts.
"""

import argparse
import pathlib
import re
import subprocess
import sys

WARNINGS = ("-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-compare -Wfloat-equal -Wunused "
            "-Werror").split()
ERROR = re.compile(r": (fatal )?error: ")
BEFORE_ERROR = re.compile(r"^In file included from|^ +from .*[:,]$|:   required (from|by)|: In .*:$|: At global scope:$")


def messages_of(output):
    """The compiler's errors, each with the lines before and behind it that say where it comes from."""
    messages, has_error = [[]], False
    for line in output.splitlines():
        if has_error and (ERROR.search(line) or BEFORE_ERROR.search(line)):
            messages.append([])
            has_error = False
        messages[-1].append(line)
        has_error = has_error or bool(ERROR.search(line))
    return ["\n".join(each) for each in messages]


def lines_of(text, name):
    """The numbers of the lines that exist only with that name defined."""
    inside, found = False, set()
    for number, line in enumerate(text.splitlines(), 1):
        if line == f"#if defined({name})":
            inside = True
        elif line.startswith("#"):
            inside = False
        elif inside:
            found.add(number)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--flags", default="-std=c++17")
    parser.add_argument("source")
    arguments = parser.parse_args()

    source = pathlib.Path(arguments.source)
    text = source.read_text(encoding="utf-8")
    flags = arguments.flags.split() + WARNINGS
    family = "clang" if "clang" in arguments.compiler else "gcc"
    for extra in re.findall(rf"^// flags(?: of {family})?: (.*)$", text, re.MULTILINE):
        flags += extra.split()
    if family == "clang":
        flags.append("-ferror-limit=0")

    def compile_with(*names):
        return subprocess.run([arguments.compiler, *flags, *(f"-D{name}" for name in names), "-I", arguments.include,
                               "-fsyntax-only", arguments.source], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", check=False)

    plain = compile_with()
    print(plain.stdout, end="")
    failed = plain.returncode != 0
    errors = re.findall(r"^// error (\w+): (.*)$", text, re.MULTILINE)
    together = messages_of(compile_with(*(name for name, _ in errors)).stdout) if len(errors) > 1 else []

    def is_refused_there(name, words):
        lines = lines_of(text, name)
        return any(ERROR.search(each) and re.search(words, each) and
                   any(int(line) in lines for line in re.findall(rf"{re.escape(source.name)}:(\d+):", each))
                   for each in together)

    for name, words in errors:
        if is_refused_there(name, words):
            continue
        print(f"{name} by itself")
        outcome = compile_with(name)
        if outcome.returncode == 0:
            print(f"{name}: compiled, but should not")
            failed = True
        elif not re.search(words, outcome.stdout):
            print(f"{name}: does not say '{words}':\n{outcome.stdout}")
            failed = True
    for name, count, words in re.findall(r"^// errors (\w+) (\d+): (.*)$", text, re.MULTILINE):
        output = compile_with(name).stdout
        found = len(re.findall(f"error: .*{words}", output))
        if found != int(count):
            print(f"{name}: {found} errors instead of {count} say '{words}':\n{output}")
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
