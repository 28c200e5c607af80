#!/usr/bin/env python3
"""Compares property tests with RapidCheck (Debian: librapidcheck-dev): what is found, and how fast.

Both programs of benchmarks/properties/ run the problems with several seeds. Prints a table: how often the smallest value
was found, the values tried while shrinking and the time, as medians; then examples a second, and compile times.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
SOURCES = ROOT / "benchmarks" / "properties"

# The smallest values that do not have the property. Any of the texts will do.
PROBLEMS = {
    "reverse": ["[0, 1]", "[1, 0]"],
    "distinct": ["[0, 1, -1]", "[0, 1, 2]", "[0, -1, 1]", "[1, 0, -1]", "[-1, 0, 1]", "[1, -1, 0]", "[-1, 1, 0]"],
    "large_union_list": ["[[0, 1, -1, 2, -2]]"],
    "nested_lists": ["[[" + ", ".join("0" * 11) + "]]"],
    "length_list": ["[900]"],
    "difference": ["(10, 9)"],
    "bound5": [],  # see is_smallest()
    "coupling": ["[1, 0]"],
    "deletion": ["([0, 0], 0)"],
    "calculator": ["(0 / (0 + 0))", "(0 / (0 / 1))"],
    "binheap": ["(0, (1, -, -), (0, -, -))", "(0, (0, -, (1, -, -)), (0, -, -))"],
}
EXAMPLES = 20000
ONE_PROPERTY = {
    "cordon": "#include <cordon/property.hpp>\n#include <vector>\n"
              "PROPERTY(\"p\", int x, std::vector<int> v) { CHECK(static_cast<int>(v.size()) != x); }\n",
    "RapidCheck": "#include <rapidcheck.h>\n#include <vector>\n"
                  "bool p() { return rc::check(\"p\", [](int x, const std::vector<int>& v) {\n"
                  "    RC_ASSERT(static_cast<int>(v.size()) != x); }); }\n",
}


def is_smallest(problem, value):
    if problem == "bound5":  # two numbers at most
        return len(re.findall(r"-?\d+", value)) <= 2
    return value in PROBLEMS[problem]


def compile_program(compiler, source, target, *more):
    subprocess.run([compiler, "-std=c++17", "-O2", "-I", ROOT / "include", source, "-o", target, *more], check=True)


def cordon_results(program, seed, folder):
    """Problem: (smallest value, tried, seconds)."""
    report = folder / "report.json"
    subprocess.run([program, "-x", "speed", f"--seed={seed}", f"--examples={EXAMPLES}", "-j1", "--corpus=off",
                    "--history=off", "--progress=none", "-q", f"--report=json={report}"], check=False,
                   stdout=subprocess.DEVNULL)
    results = {}
    for test in json.loads(report.read_text())["tests"]:
        failures = [each for each in test["attempts"][-1]["failures"] if each["kind"] == "fail"]
        if len(failures) < 2:
            continue
        words = failures[0]["message"]
        tried = int(re.search(r"of ([\d,]+) tried", words).group(1).replace(",", ""))
        results[test["name"]] = failures[1]["message"], tried, test["attempts"][-1]["duration_ms"] / 1000
    return results


def rapidcheck_results(program, seed):
    environment = dict(os.environ, RC_PARAMS=f"seed={seed} max_success={EXAMPLES}")
    lines = subprocess.run([program], check=True, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                           text=True).stdout.splitlines()
    rows = [line.split("\t") for line in lines]
    return {name: (value, int(tried), float(seconds)) for name, value, tried, seconds in rows if value}


def row(problem, results):
    found = [each[problem] for each in results if problem in each]
    if not found:
        return "not found", "", ""
    good = sum(is_smallest(problem, value) for value, _, _ in found)
    example = next((value for value, _, _ in found if not is_smallest(problem, value)), "")
    text = f"{good} of {len(results)}" + (f", {example[:60]}" if example else "")
    return text, f"{statistics.median(tried for _, tried, _ in found):.0f}", \
        f"{1000 * statistics.median(seconds for _, _, seconds in found):.1f} ms"


def print_problems(programs, seeds, folder):
    cordon = [cordon_results(programs["cordon"], seed, folder) for seed in range(1, seeds + 1)]
    rapidcheck = [rapidcheck_results(programs["RapidCheck"], seed) for seed in range(1, seeds + 1)]
    print("| problem | cordon: smallest found | tried | time | RapidCheck: smallest found | tried | time |")
    print("|---|---|---|---|---|---|---|")
    for problem in PROBLEMS:
        print("| " + " | ".join([problem, *row(problem, cordon), *row(problem, rapidcheck)]) + " |")
    steps = [each[name][1] / each[name][2] for each in cordon for name in each if each[name][1] > 100]
    print(f"\ncordon: {statistics.median(steps):,.0f} shrink steps a second, each in a process of its own")


def print_speed(programs, examples):
    begun = time.monotonic()
    subprocess.run([programs["cordon"], "=speed", f"--examples={examples}", "--corpus=off", "--history=off", "-q",
                    "--timeout=0"], check=True, stdout=subprocess.DEVNULL)
    cordon = examples / (time.monotonic() - begun)
    environment = dict(os.environ, RC_PARAMS=f"max_success={examples}")
    output = subprocess.run([programs["RapidCheck"], "speed"], check=True, env=environment, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True).stdout
    print(f"examples a second (an int and a vector of them): cordon {cordon:,.0f}, "
          f"RapidCheck {examples / float(output.splitlines()[-1]):,.0f}")


def compile_seconds(compiler, source):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([compiler, "-std=c++17", "-O0", "-I", ROOT / "single_include", "-c", source, "-o", os.devnull],
                   check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def print_compile_times(compiler, folder):
    times = {}
    for name, text in ONE_PROPERTY.items():
        source = folder / "one.cpp"
        source.write_text(text)
        times[name] = statistics.median(compile_seconds(compiler, source) for _ in range(5))
    print("compiling a file with one property: " + ", ".join(f"{name} {took:.2f} s" for name, took in times.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--examples", type=int, default=200_000)
    parser.add_argument("--build-dir", type=pathlib.Path, default=ROOT / "build" / "benchmarks")
    options = parser.parse_args()
    options.build_dir.mkdir(parents=True, exist_ok=True)
    programs = {"cordon": options.build_dir / "properties_cordon", "RapidCheck": options.build_dir / "properties_rapidcheck"}
    try:
        compile_program(options.compiler, SOURCES / "with_rapidcheck.cpp", programs["RapidCheck"], "-lrapidcheck")
    except subprocess.CalledProcessError:
        sys.exit("RapidCheck is missing: apt-get install librapidcheck-dev")
    compile_program(options.compiler, SOURCES / "with_cordon.cpp", programs["cordon"], "-pthread")
    with tempfile.TemporaryDirectory() as folder:
        print_problems(programs, options.seeds, pathlib.Path(folder))
        print_speed(programs, options.examples)
        print_compile_times(options.compiler, pathlib.Path(folder))


if __name__ == "__main__":
    main()
