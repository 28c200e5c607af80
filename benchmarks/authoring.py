#!/usr/bin/env python3
"""Compares matchers, typed tests, rows and containers with Catch2 2 and doctest, and properties with RapidCheck (Debian:
catch2, doctest-dev, librapidcheck-dev).

Measures the compiler at -O0, and counts the instructions of a run without isolation (callgrind). The compiler's are
counted, too, with --count (cachegrind on cc1plus, some 30 minutes for all); else its processor time is taken, the median
of rounds in turns. The files with the frameworks' own code are not counted. Arguments choose among the topics.
"""

import argparse
import pathlib
import re
import resource
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
HEADERS = {
    "cordon": "#include <cordon/cordon.hpp>\n#include <cordon/matchers.hpp>\n",
    "Catch2": "#include <catch2/catch.hpp>\n",
    "doctest": "#include <doctest/doctest.h>\n",
    "RapidCheck": "#include <rapidcheck.h>\n",
}
ENGINES = {
    "cordon": "#define CORDON_MAIN\n" + HEADERS["cordon"],
    "Catch2": "#define CATCH_CONFIG_MAIN\n" + HEADERS["Catch2"],
    "doctest": "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n" + HEADERS["doctest"],
}
ROUNDS = 5
QUIETLY = {"cordon": ["--isolate=none", "-q"], "Catch2": [], "doctest": []}


def lines(count, text):
    return "".join(text.replace("@", str(i)) for i in range(count))


def tests(count, each, text):
    return "".join(f'TEST_CASE("{t}") {{\n{lines(each, text)}}}\n' for t in range(count))


def matchers():
    data = ("#include <string>\n#include <vector>\nstatic const std::string text = \"a text of words\";\n"
            "static const std::vector<int> numbers = {1, 2, 3};\n")
    checks = ("CHECK_THAT(text + \"@\", {}starts_with(\"a\") && {}contains(\"@\"));\n"
              "CHECK_THAT(1.0 + @, {}near(1.0 + @, 0.1));\nCHECK_THAT(numbers, {}has(2));\n")
    ours = checks.format(*[""] * 4)
    theirs = (checks.format(*[""] * 4).replace("starts_with", "Catch::Matchers::StartsWith").replace(
        "contains", "Catch::Matchers::Contains").replace("near", "Catch::Matchers::WithinAbs").replace(
            "has(2)", "Catch::Matchers::VectorContains(2)"))
    ours = ours.replace("near(1.0 + @, 0.1)", "within_abs(1.0 + @, 0.1)").replace("has(2)", "contains(2)")
    return {"cordon": data + "using namespace cordon::matchers;\n" + tests(10, 20, ours),
            "Catch2": data + tests(10, 20, theirs)}


def typed():
    """Ten lists of a hundred types, because doctest takes them one inside the other."""
    def each(text):
        return "#include <tuple>\n#include <type_traits>\n" + "".join(
            text.replace("@", str(n)).replace("TYPES", ", ".join(
                f"std::integral_constant<int, {100 * n + i}>" for i in range(100))) for n in range(10))
    body = " { CHECK(T::value >= 0); }\n"
    return {"cordon": each("TEST_CASE_TEMPLATE(\"@\", T, TYPES)" + body),
            "Catch2": each("using list_@ = std::tuple<TYPES>;\nTEMPLATE_LIST_TEST_CASE(\"@\", \"\", list_@)" +
                           body.replace("T::", "TestType::")),
            "doctest": each("TEST_CASE_TEMPLATE(\"@\", T, TYPES)" + body)}


def rows():
    values = ", ".join(str(i) for i in range(1000))
    return {"cordon": f"TEST_CASE_PARAMS(\"row\", int value, {values}) {{ CHECK(value >= 0); }}\n",
            "Catch2": f"TEST_CASE(\"row\") {{ const int value = GENERATE(values<int>({{{values}}})); CHECK(value >= 0); }}\n",
            "doctest": "TEST_CASE(\"row\") {\n" + lines(1000, "SUBCASE(\"@\") { int value = @; CHECK(value >= 0); }\n") + "}\n"}


def containers():
    data = ("#include <map>\n#include <string>\n#include <vector>\n"
            "using names = std::map<std::string, std::vector<int>>;\n")
    body = ("{ const std::vector<int> a{1, 2, @}, b = a; CHECK(a == b); }\n"
            "{ const names a{{\"x\", {1}}, {\"y\", {2, @}}}, b = a; CHECK(a == b); }\n")
    return {side: data + tests(10, 20, body) for side in ("cordon", "Catch2")}


def properties():
    """Only compiled: properties.py runs them."""
    data = "#include <string>\n#include <vector>\n"
    body = "CHECK(static_cast<int>(v.size()) != x + @); }\n"
    ours = "#include <cordon/property.hpp>\n" + data + lines(20, "PROPERTY(\"@\", int x, std::vector<int> v, std::string) { " + body)
    theirs = data + lines(20, "bool p@() { return rc::check([](int x, const std::vector<int>& v, const std::string&) { " +
                          body.replace("CHECK", "RC_ASSERT").replace("}\n", "}); }\n"))
    return {"cordon": ours, "RapidCheck": theirs}


TOPICS = {
    "matchers": (matchers, "600 matchers in 10 tests"),
    "typed": (typed, "1,000 typed tests"),
    "rows": (rows, "1,000 rows"),
    "containers": (containers, "400 comparisons of containers"),
    "properties": (properties, "20 properties"),
}


def output_of(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}:\n{done.stdout[-2000:]}")
    return done.stdout


def counted(tool, command):
    text = output_of(["valgrind", f"--tool={tool}", f"--{tool}-out-file=/dev/null", *command])
    return int(re.search(r"(?:I\s+refs:|Collected :)\s+([\d,]+)", text)[1].replace(",", "")) / 1e6


def compiler():
    return ["g++", "-std=c++17", "-O0", "-I", ROOT / "single_include"]


def build_engine(side, folder):
    source, target = folder / f"{side}_main.cpp", folder / f"{side}_main.o"
    source.write_text(ENGINES[side])
    output_of([*compiler(), "-c", source, "-o", target])
    return target


def compiler_instructions(source):
    """In millions."""
    expanded = source.with_suffix(".ii")
    output_of([*compiler(), "-E", source, "-o", expanded])
    proper = output_of(["g++", "-print-prog-name=cc1plus"]).strip()
    return counted("cachegrind", ["--cache-sim=no", proper, "-quiet", "-fpreprocessed", "-std=c++17", "-O0", expanded, "-o",
                                  "/dev/null"])


def compiler_seconds(source):
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    output_of([*compiler(), "-c", source, "-o", source.with_suffix(".o")])
    return used() - before


def run_instructions(side, source, engine):
    program = source.with_suffix("")
    output_of([*compiler(), source, engine, "-o", program])
    return counted("callgrind", [program, *QUIETLY[side]])


def measure(topic, engines, folder, counts):
    """For each side what the compiler and the run took."""
    sources = {}
    for side, text in TOPICS[topic][0]().items():
        sources[side] = folder / f"{topic}_{side}.cpp"
        sources[side].write_text(HEADERS[side] + text)
        if side not in engines and topic != "properties":
            engines[side] = build_engine(side, folder)
    take = compiler_instructions if counts else compiler_seconds
    rounds = [{side: take(source) for side, source in sources.items()} for _ in range(1 if counts else ROUNDS)]
    compiled = {side: statistics.median(each[side] for each in rounds) for side in sources}
    for side, source in sources.items():
        ran = run_instructions(side, source, engines[side]) if topic != "properties" else None
        yield side, compiled[side], compiled["cordon"] / compiled[side], ran


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", help=", ".join(TOPICS))
    parser.add_argument("--count", action="store_true", help="count the compiler's instructions")
    arguments = parser.parse_args()
    unit = "million instructions" if arguments.count else "seconds"
    print(f"| what | framework | compiler, {unit} | cordon against it | run, million instructions |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        engines = {}
        for topic in arguments.topics or list(TOPICS):
            for side, compiled, ratio, ran in measure(topic, engines, pathlib.Path(name), arguments.count):
                spent = f"{compiled:,.0f}" if arguments.count else f"{compiled:.2f}"
                print(f"| {TOPICS[topic][1]} | {side} | {spent} | {ratio:.2f} x | {f'{ran:,.1f}' if ran else '–'} |", flush=True)


if __name__ == "__main__":
    main()
