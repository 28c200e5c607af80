#!/usr/bin/env python3
"""Builds and runs a suite written for doctest, Catch2 or GoogleTest twice: with its own framework, and with cordon.

Each file of the suite is compiled both ways in turn, and the verdicts of both programs are compared test by test. A test
whose file does not compile counts as different. With --adapter, the suite keeps its framework: only main() differs.

    benchmarks/suites.py doctest argparse/test/*.cpp --main argparse/test/main.cpp --flags="-Iargparse/include"
"""

import argparse
import collections
import json
import os
import re
import resource
import shlex
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"passed": "passed", "known_failure": "passed", "flaky": "passed", "skipped": "skipped"}
MAINS = {"doctest": "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n#include <doctest/doctest.h>\n",
         "catch2": "#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n",
         "gtest": "#include <gtest/gtest.h>\nint main(int argc, char** argv) {\n  testing::InitGoogleTest(&argc, argv);\n"
                  "  return RUN_ALL_TESTS();\n}\n"}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("framework", choices=("doctest", "catch2", "gtest"))
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--main", type=Path, help="the file with main(); its compile time is not counted")
    parser.add_argument("--flags", default="", help="for the compiler, both ways")
    parser.add_argument("--theirs", default="", help="only with the framework itself")
    parser.add_argument("--ours", default="", help="only with cordon")
    parser.add_argument("--link", default="", help="for the linker, both ways")
    parser.add_argument("--link-theirs", default="", help="for the linker, only with the framework itself")
    parser.add_argument("--arguments", default="", help="for both programs")
    parser.add_argument("--arguments-ours", default="", help="for cordon's program")
    parser.add_argument("--cwd", type=Path, default=Path("."), help="where the programs run")
    parser.add_argument("--each", action="store_true", help="each file is a program of its own, with the same main()")
    parser.add_argument("--adapter", action="store_true", help="keep the framework; cordon/adapters/ has main()")
    parser.add_argument("--reuse", action="store_true", help="do not compile again what an earlier call has compiled")
    parser.add_argument("--rounds", type=int, default=1, help="compile this often; the least time counts")
    parser.add_argument("--build", type=Path, default=ROOT / "build/suites")
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    return parser.parse_args()


def user_seconds(command):
    """The CPU time of a command and its messages; None if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(command, capture_output=True, text=True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return (spent if done.returncode == 0 else None), done.stderr


class Side:
    """The suite, built one way."""

    def __init__(self, name, flags, folder, reuse):
        self.name, self.flags, self.folder, self.reuse = name, flags, folder, reuse
        self.objects, self.shared, self.seconds, self.failed = [], [], {}, {}
        folder.mkdir(parents=True, exist_ok=True)

    def compile(self, compiler, source, counted=True):
        made = self.folder / (re.sub(r"\W", "_", str(source)) + ".o")
        known = made.with_suffix(".seconds")
        if self.reuse and made.exists() and known.exists():
            spent, words = float(known.read_text()), ""
        else:
            spent, words = user_seconds([*compiler, *self.flags, "-c", str(source), "-o", str(made)])
        if spent is None:
            self.failed[source] = words
            return
        objects = self.objects if counted else self.shared
        if made not in objects:
            objects.append(made)
        if counted:
            self.seconds[source] = min(spent, self.seconds.get(source, spent))
        known.write_text(str(self.seconds.get(source, spent)))

    def link(self, compiler, flags, each):
        groups = [[made] for made in self.objects] if each else [self.objects]
        self.programs, self.elapsed, self.errors = [], 0, ""
        for number, group in enumerate(groups):
            program = self.folder / f"tests{number}"
            done = subprocess.run([*compiler, *map(str, group), *map(str, self.shared), "-o", str(program), *flags,
                                   "-pthread"], capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"{self.name}: cannot link\n{done.stderr[-3000:]}")
            self.programs.append(program)

    def run(self, program, words, cwd):
        started = time.monotonic()
        done = subprocess.run([str(program.resolve()), *words], capture_output=True, cwd=cwd)
        self.elapsed += time.monotonic() - started
        self.errors = done.stderr.decode(errors="replace")
        return done.stdout


def key(file, line, name):
    return Path(file or "").name, int(line or 0), re.sub(r" #\d+$", "", (name or "").strip())


def without_types(verdicts):
    """The same without the types in the names of templates' tests, which may be spelled in another way."""
    found = collections.defaultdict(list)
    for (file, line, name), each in verdicts.items():
        found[file, line, re.sub(r"<.*>$", "<>", name)] += each
    return found


def read_xml(data):
    """The elements <TestCase> of a report that may end in the middle: a test without its end has crashed."""
    text = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"?", data[max(0, data.find(b"<?xml")):])
    parser = ElementTree.XMLPullParser(["start", "end"])
    ended, open_case = [], None
    try:
        parser.feed(text)
        for event, element in parser.read_events():
            if element.tag == "TestCase":
                open_case = element if event == "start" else None
                if event == "end":
                    ended.append(element)
    except ElementTree.ParseError:
        pass
    return ended, open_case


def verdicts_of_doctest(side, program, words, cwd, found):
    ended, crashed = read_xml(side.run(program, ["-r=xml", "-ni=1", *words], cwd))
    for case in ended:
        result = case.find("OverallResultsAsserts")
        good = case.get("skipped") == "true" or (result is not None and result.get(
            "test_case_success", "true" if result.get("failures") == "0" else "false") == "true")
        is_skipped = case.get("skipped") == "true"
        found[key(case.get("filename"), case.get("line"), case.get("name"))].append(
            "skipped" if is_skipped else "passed" if good else "failed")
    if crashed is not None:
        found[key(crashed.get("filename"), crashed.get("line"), crashed.get("name"))].append("failed")


def verdicts_of_catch2(side, program, words, cwd, found):
    ended, crashed = read_xml(side.run(program, ["-r", "xml", *words], cwd))
    for case in ended:
        result = case.find("OverallResult")
        is_skipped = result.get("skips", "0") != "0" and result.get("success") == "true"
        found[key(case.get("filename"), case.get("line"), case.get("name"))].append(
            "skipped" if is_skipped else "passed" if result.get("success") == "true" else "failed")
    if crashed is not None:
        found[key(crashed.get("filename"), crashed.get("line"), crashed.get("name"))].append("failed")


def verdicts_of_gtest(side, program, words, cwd, found):
    report = side.folder / "theirs.json"
    report.unlink(missing_ok=True)
    side.run(program, [f"--gtest_output=json:{report.resolve()}", *words], cwd)
    for suite in json.loads(report.read_text())["testsuites"]:
        for test in suite["testsuite"]:
            is_skipped = test["status"] == "NOTRUN" or test.get("result") == "SKIPPED"
            found["", 0, suite["name"] + "/" + test["name"]].append(
                "skipped" if is_skipped else "failed" if test.get("failures") else "passed")


def verdicts_of_cordon(side, program, words, cwd, found, named_only):
    report = side.folder / "ours.json"
    report.unlink(missing_ok=True)
    side.run(program, ["--report", f"json={report.resolve()}", *words], cwd)
    if not report.exists():
        sys.exit(f"cordon: no report\n{side.errors[-2000:]}")
    for test in json.loads(report.read_text())["tests"]:
        verdict = GOOD.get(test["verdict"], "failed")
        if named_only:
            found["", 0, test["suite"] + "/" + test["name"]].append(verdict)
        else:
            found[key(test["file"], test["line"], test["name"])].append(verdict)


def compare(theirs, ours):
    same, different = 0, []
    for test in sorted(set(theirs) | set(ours)):
        left, right = sorted(theirs.get(test, [])), sorted(ours.get(test, []))
        if left == right:
            same += len(left)
        else:
            different.append((test, left, right))
    return same, different


def main():
    arguments = parse_arguments()
    os.environ["CORDON_HISTORY"] = "off"
    compiler = [*shlex.split(arguments.cxx), "-std=c++17", *shlex.split(arguments.flags)]
    if arguments.main is None:
        arguments.build.mkdir(parents=True, exist_ok=True)
        arguments.main = arguments.build / f"{arguments.framework}_main.cpp"
        arguments.main.write_text(MAINS[arguments.framework])
    theirs = Side(arguments.framework, shlex.split(arguments.theirs), arguments.build / "theirs",
                  arguments.reuse)
    compat = ["-DCORDON_CONFIG_LINKED_ENGINE", f"-I{ROOT}/single_include/cordon/compat", f"-I{ROOT}/single_include"]
    ours = Side("cordon", [*(shlex.split(arguments.theirs) if arguments.adapter else compat), *shlex.split(arguments.ours)],
                arguments.build / "ours", arguments.reuse)

    sources = [each for each in arguments.sources if each != arguments.main]
    for _ in range(arguments.rounds):
        for source in sources:
            theirs.compile(compiler, source)
            if not arguments.adapter:
                ours.compile(compiler, source)
    theirs.compile(compiler, arguments.main, counted=False)
    if arguments.adapter:
        ours.objects = theirs.objects
        own_main = arguments.build / "adapter_main.cpp"
        own_main.write_text(f"#define CORDON_MAIN\n#include <cordon/adapters/{arguments.framework}.hpp>\n")
        ours.compile([*compiler, f"-I{ROOT}/include"], own_main, counted=False)
    else:
        ours.compile(compiler, arguments.main, counted=False)
        ours.compile([*shlex.split(arguments.cxx), "-std=c++17", f"-I{ROOT}/include"], ROOT / "cmake/cordon_main.cpp",
                     counted=False)
    for side in (theirs, ours):
        for source, words in side.failed.items():
            first = next((line for line in words.splitlines() if "error" in line), words[:200])
            print(f"{side.name}: {source} does not compile: {first[:300]}")

    theirs.link(compiler, shlex.split(arguments.link) + shlex.split(arguments.link_theirs), arguments.each)
    ours.link(compiler, shlex.split(arguments.link) + (shlex.split(arguments.link_theirs) if arguments.adapter else []),
              arguments.each)
    words = shlex.split(arguments.arguments)
    read = {"doctest": verdicts_of_doctest, "catch2": verdicts_of_catch2, "gtest": verdicts_of_gtest}[arguments.framework]
    told, mine = collections.defaultdict(list), collections.defaultdict(list)
    for program in theirs.programs:
        read(theirs, program, words, arguments.cwd, told)
    for program in ours.programs:
        verdicts_of_cordon(ours, program, [*words, *shlex.split(arguments.arguments_ours)], arguments.cwd, mine,
                           named_only=arguments.framework == "gtest")
    same_name, _ = compare(told, mine)
    same, different = compare(without_types(told), without_types(mine))
    for test, left, right in different:
        print(f"different: {test[0]}:{test[1]}: {test[2]}: {','.join(left) or 'absent'}, cordon {','.join(right) or 'absent'}")
    both = [each for each in theirs.seconds if each in ours.seconds]
    spent = [sum(side.seconds[each] for each in both) for side in (theirs, ours)]
    print(f"tests {sum(map(len, told.values()))}, alike {same}, with the same name {same_name}, files {len(sources)}, compiled {len(both)}")
    if both:
        print(f"compile: {spent[0]:.2f} s, cordon {spent[1]:.2f} s, ratio {spent[1] / spent[0]:.2f}")
    print(f"run: {theirs.elapsed:.2f} s, cordon {ours.elapsed:.2f} s")


if __name__ == "__main__":
    main()
