#!/usr/bin/env python3
"""A program compiled with -fvisibility=hidden exports cordon's functions, so that libraries with tests can use them."""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--include", default=HERE.parents[1] / "include")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = f"{folder}/visibility.o"
        subprocess.run([arguments.compiler, "-std=c++17", "-fvisibility=hidden", "-I", arguments.include, "-c",
                        HERE / "visibility.cpp", "-o", made], check=True)
        table = subprocess.run(["readelf", "-sW", made], check=True, text=True, stdout=subprocess.PIPE).stdout
    for function in ("test_caseC1", "fail_message", "write_knownIi"):
        if not re.search(rf"FUNC\s+(?:GLOBAL|WEAK)\s+DEFAULT\s+\d+ \w*{function}\w*", table):
            sys.exit(f"{function} is not exported:\n{table}")


if __name__ == "__main__":
    main()
