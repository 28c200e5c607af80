#!/usr/bin/env python3
"""The engine's cold functions are compiled without optimization, and nothing else is.

A function of the standard library that the engine shares with the user's files must keep the level of the command line:
the linker keeps one copy of it, and that may be the engine's. At -O2, g++ gives a frame pointer only to functions without
optimization; clang marks them in its intermediate language. Also, no file is included between CORDON_CHEAP_BEGIN and
CORDON_CHEAP_END, and shared_headers.hpp includes every shared header before the engine's own. What g++ has made is also run: it is the optimized program that a user has.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

import build_and_run

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_layers  # noqa: E402

SHARED_HEADERS = ROOT / "include/cordon/engine/app/shared_headers.hpp"
INCLUDE = re.compile(r"^#include <([^>]+)>", re.MULTILINE)
FEWEST = 1000  # cold functions; fewer mean that files lost their mark, or that this script reads them wrongly


def functions_of_gcc(text):
    """The name of each function in x86-64 assembly, and whether it sets up a frame pointer."""
    for body in re.split(r"\n(?=\t\.type\t\w+, @function\n)", text):
        name = re.match(r"\t\.type\t(\w+), @function\n", body)
        if name:
            yield name.group(1), "\t.cfi_def_cfa_register 6\n" in body


def functions_of_clang(text):
    attributes = dict(re.findall(r"^attributes #(\d+) = \{(.*)\}$", text, re.MULTILINE))
    for name, group in re.findall(r'^define .*?@"?([\w.$]+)"?\(.*?\).*? #(\d+) ', text, re.MULTILINE):
        yield name, "optnone" in attributes[group]


def cold_functions(clang, text):
    shared = set(re.findall(r'^define linkonce_odr .*?@"?([\w.$]+)"?\(' if clang else r"^\t\.weak\t(\w+)$", text, re.MULTILINE))
    return [(name, name in shared) for name, cold in (functions_of_clang if clang else functions_of_gcc)(text) if cold]


def inner_includes():
    for path in sorted((ROOT / "include/cordon/engine").rglob("*.hpp")):
        cold = False
        for line in path.read_text(encoding="utf-8").splitlines():
            cold = line == "CORDON_CHEAP_BEGIN" or (cold and line != "CORDON_CHEAP_END")
            if cold and line.startswith("#include"):
                yield f"{path.relative_to(ROOT)}: {line}"
        if cold:
            yield f"{path.relative_to(ROOT)}: no CORDON_CHEAP_END"


def late_headers():
    """Shared headers that the engine would be the first to include, where the optimization is lower."""
    early = set(INCLUDE.findall(SHARED_HEADERS.read_text(encoding="utf-8"))) | {"cordon/api/config.hpp"}
    for path in sorted((ROOT / "include/cordon/engine").rglob("*.hpp")):
        for header in INCLUDE.findall(path.read_text(encoding="utf-8")):
            shared = header in check_layers.STANDARD or header.startswith("cordon/api/")
            if shared and header not in early and "one_letter_macros" not in header:
                yield f"{path.relative_to(ROOT)}: <{header}> is not in {SHARED_HEADERS.name}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("source", help="a file that includes cordon/cordon.hpp")
    arguments = parser.parse_args()
    wrong = [*inner_includes(), *late_headers()]
    clang = "clang" in pathlib.Path(arguments.compiler).name
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / "made.s"
        subprocess.run([arguments.compiler, "-std=c++17", "-O2", *build_and_run.WARNINGS, "-I", ROOT / "single_include", "-S",
                        "-o", made, arguments.source, *(["-emit-llvm"] if clang else [])], check=True)
        cold = cold_functions(clang, made.read_text(encoding="utf-8"))
        if not clang:
            program = pathlib.Path(folder) / "program"
            subprocess.run([arguments.compiler, made, "-pthread", "-o", program], check=True)
            subprocess.run([program], check=True)
    wrong += [f"not optimized: {name}" for name, shared in cold if shared and "6cordon6engine" not in name]
    print(f"{len(cold)} functions are compiled without optimization")
    if len(cold) < FEWEST:
        wrong.append(f"fewer than {FEWEST} functions are cold")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
