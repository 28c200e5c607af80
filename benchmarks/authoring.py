#!/usr/bin/env python3
"""Compares matchers, typed tests, rows and containers with Catch2 2 and doctest, and properties with RapidCheck (Debian:
catch2, doctest-dev, librapidcheck-dev).

Counts instructions, because they do not depend on what else the machine does: of the compiler at -O0 (cachegrind on
cc1plus), and of a run without isolation (callgrind). The files with the frameworks' own code are not counted. Options
choose among the topics.
"""

import argparse
import pathlib
import re
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


def measure(name, side, text, engine, folder):
    source, expanded = folder / f"{name}_{side}.cpp", folder / f"{name}_{side}.ii"
    program = folder / f"{name}_{side}"
    source.write_text(HEADERS[side] + text)
    output_of([*compiler(), "-E", source, "-o", expanded])
    proper = output_of(["g++", "-print-prog-name=cc1plus"]).strip()
    compiled = counted("cachegrind", ["--cache-sim=no", proper, "-quiet", "-fpreprocessed", "-std=c++17", "-O0", expanded,
                                      "-o", "/dev/null"])
    if engine is None:
        return compiled, None
    output_of([*compiler(), source, engine, "-o", program])
    return compiled, counted("callgrind", [program, *QUIETLY[side]])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", help=", ".join(TOPICS))
    chosen = parser.parse_args().topics or list(TOPICS)
    print("| what | framework | compiler, million instructions | run, million instructions |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        engines = {}
        for topic in chosen:
            make, words = TOPICS[topic]
            for side, text in make().items():
                if side not in engines and topic != "properties":
                    engines[side] = build_engine(side, folder)
                engine = engines[side] if topic != "properties" else None
                compiled, ran = measure(topic, side, text, engine, folder)
                print(f"| {words} | {side} | {compiled:,.0f} | {f'{ran:,.1f}' if ran else '–'} |", flush=True)


if __name__ == "__main__":
    main()
