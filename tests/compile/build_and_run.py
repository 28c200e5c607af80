#!/usr/bin/env python3
"""Builds a program from sources in a folder of its own and runs it; warnings are errors.

Exit code 0 when the program was built and ended with 0 (and printed what was expected), or, with --expect-link-error,
when everything compiled and linking failed with that text. Exit code 77 when this system cannot run the program. A source may bring flags of its own, after an @ and with
commas; each source also gets -DPART=N with its number.
"""

import argparse
import errno
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77
WARNINGS = "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror".split()


def run(command, what):
    outcome = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, errors="replace")
    if what:
        print(outcome.stdout, end="")
        if outcome.returncode != 0:
            sys.exit(f"{what} failed with {outcome.returncode}: {' '.join(map(str, command))}")
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True, help="the folder that holds cordon/cordon.hpp")
    parser.add_argument("--flags", default="-std=c++17")
    parser.add_argument("--expect-output", help="regular expression that the program's output must match")
    parser.add_argument("--expect-link-error", help="regular expression that the linker's message must match")
    parser.add_argument("sources", nargs="+")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        objects = []
        for number, source in enumerate(arguments.sources):
            source, _, own = source.partition("@")
            if source.endswith(".o"):
                objects.append(source)
                continue
            flags = [*arguments.flags.split(), f"-DPART={number}", *filter(None, own.split(","))]
            objects.append(os.path.join(folder, f"{number}-{pathlib.Path(source).stem}.o"))
            run([arguments.compiler, *flags, *WARNINGS, "-I", arguments.include, "-c", source, "-o",
                 objects[-1]], "compiling")

        program = os.path.join(folder, "program")
        link = [arguments.compiler, *arguments.flags.split(), *objects, "-pthread", "-o", program]
        if arguments.expect_link_error:
            outcome = run(link, None)
            print(outcome.stdout, end="")
            if outcome.returncode == 0 or not re.search(arguments.expect_link_error, outcome.stdout):
                sys.exit(f"expected a link error that matches '{arguments.expect_link_error}'")
            return
        run(link, "linking")
        try:
            outcome = run([program], "running")
        except OSError as failure:
            if failure.errno != errno.ENOEXEC:
                raise
            print("skipped the run: this system runs no such programs")
            sys.exit(SKIPPED)
        if arguments.expect_output and not re.search(arguments.expect_output, outcome.stdout):
            sys.exit(f"expected output that matches '{arguments.expect_output}'")


if __name__ == "__main__":
    main()
