"""What compare.py measures: each row's sides, how each side is built and sampled, and the figures drawn from them."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import measure
import sources

MIB = 1 << 20
SLEEPING, SLEEP_MS = 64, 100
OUTPUT_LIMIT_MIB = 1  # cordon's default --output-limit

# Package that a side needs, and a header by which it is found.
PACKAGES = {
    "doctest": ("doctest-dev", "doctest/doctest.h"),
    "Check": ("check", "check.h"),
    "CppUTest": ("libcpputest-dev", "CppUTest/TestHarness.h"),
    "Criterion": ("libcriterion-dev", "criterion/criterion.h"),
    "Google Benchmark": ("libbenchmark-dev", "benchmark/benchmark.h"),
}


@dataclass(frozen=True)
class Figure:
    """A number drawn from one round's values. `more` says that larger is better."""

    title: str
    of: Callable
    unit: str
    reach: float | None = None
    aim: float | None = None
    more: bool = False

    def verdict(self, value):
        if self.reach is None:
            return "for reference"
        meets = (lambda wanted: value >= wanted) if self.more else (lambda wanted: value <= wanted)
        if not meets(self.reach):
            return "missed"
        return "aim reached" if self.aim is None or meets(self.aim) else "enough"


@dataclass(frozen=True)
class Side:
    """One thing that a row runs. `prepare` builds it, proves it, and gives the function that takes one sample."""

    prepare: Callable
    needs: tuple = ()


@dataclass(frozen=True)
class Row:
    key: str
    sides: dict
    figures: list
    rounds: int
    quick_rounds: int = 3
    unit: str = "ms"
    scale: float = 1e3
    notes: dict = field(default_factory=dict)


def is_ours(side):
    return side.startswith(("cordon", "4 workers", "8 workers", "prints"))


def slower(ours, peer):
    return lambda round_: round_[ours] / round_[peer]


def faster(ours, peer):
    return lambda round_: round_[peer] / round_[ours]


def _wall(command):
    return lambda: measure.timed(command)[0]


def _proven(builder, name, command, pattern):
    measure.prove(command, pattern, builder.directory / f"{name}.log")
    return _wall(command)


def _number(count):
    """The count as a report may print it: 5000 or 5,000."""
    return rf"\b{count}\b|\b{count:,}\b"


# Sides of the rows of trivial tests.

def cordon(count, *options, fast_tests=True):
    def prepare(builder):
        # Past some thousand tests, optimising the test files costs minutes and changes the run by a few percent only.
        flags = () if fast_tests else ("-O0",)
        program = builder.program(f"cordon_{count}", sources.cordon_trivial(count, flags=flags))
        name = f"cordon_{count}{''.join(options)}"
        return _proven(builder, name, [program, *options], _number(count))

    return Side(prepare)


def doctest(count, fast_tests=True):
    def prepare(builder):
        flags = () if fast_tests else ("-O0",)
        program = builder.program(f"doctest_{count}", sources.doctest_trivial(count, flags=flags))
        return _proven(builder, f"doctest_{count}", [program], rf"test cases: +{count} \| +{count} passed")

    return Side(prepare, ("doctest",))


def bare(count, in_flight, leave, name="bare_fork", libraries=()):
    def prepare(builder):
        text = (Path(__file__).parent / "bare_fork.cpp").read_text()
        program = builder.program(name, [sources.Source("bare_fork.cpp", text)], libraries=libraries)
        command = [program, str(count), str(in_flight), leave]
        return _proven(builder, f"{name}_{in_flight}{leave}", command, rf"{count} children")

    return Side(prepare)


def bare_with_library(count, in_flight):
    """The same loop in a program that has the C++ library loaded, as every C++ test program has: each child faults in
    more, and more is finalised when it exits."""
    return bare(count, in_flight, "exit", "bare_fork_cxx", ("-Wl,--no-as-needed", "-lstdc++", "-lm"))


def check(count):
    def prepare(builder):
        libraries = ("-lcheck_pic", "-lsubunit", "-lrt", "-lm")
        program = builder.program(f"check_{count}", sources.check_trivial(count), libraries=libraries)
        return _proven(builder, f"check_{count}", [program], rf"100%: Checks: {count}, Failures: 0, Errors: 0")

    return Side(prepare, ("Check",))


def cpputest(count):
    def prepare(builder):
        program = builder.program(f"cpputest_{count}", sources.cpputest_trivial(count), libraries=("-lCppUTest",))
        return _proven(builder, f"cpputest_{count}", [program, "-p"], rf"OK \({count} tests, {count} ran")

    return Side(prepare, ("CppUTest",))


def criterion(count):
    def prepare(builder):
        program = builder.program(f"criterion_{count}", sources.criterion_trivial(count), libraries=("-lcriterion",))
        return _proven(builder, f"criterion_{count}", [program, "-j2"], rf"Tested: {count} \| Passing: {count}")

    return Side(prepare, ("Criterion",))


def ctest(count):
    def prepare(builder):
        program = builder.program(f"doctest_{count}", sources.doctest_trivial(count))
        folder = builder.directory / f"ctest_{count}"
        folder.mkdir(exist_ok=True)
        (folder / "CTestTestfile.cmake").write_text(sources.ctest_file(program, count))
        command = ["ctest", "--test-dir", str(folder), "-j2"]
        return _proven(builder, f"ctest_{count}", command, rf"100% tests passed, 0 tests failed out of {count}")

    return Side(prepare, ("doctest",))


def cordon_of(name, sources_of_it, count, *options):
    def prepare(builder):
        program = builder.program(name, sources_of_it)
        return _proven(builder, f"{name}{''.join(options)}", [program, *options], _number(count))

    return Side(prepare)


# Sides of the other rows.

def sleeping(jobs):
    def prepare(builder):
        program = builder.program("cordon_sleeping", sources.cordon_sleeping(SLEEPING, SLEEP_MS))
        return _proven(builder, f"sleeping_{jobs}", [program, f"-j{jobs}"], _number(SLEEPING))

    return Side(prepare)


def compiling(name, text, needs=(), times=1):
    """User CPU of one compilation. The kernel divides user from system time by its clock tick: `times` evens that out."""

    def prepare(builder):
        source = builder.source(f"compile/{name}.cpp", text)
        command = builder.compile_command(source, ("-O0",))
        measure.call(command)
        return lambda: sum(measure.timed(command)[1] for _ in range(times)) / times

    return Side(prepare, needs)


def check_cost(name, benchmark, options, defines=(), needs=()):
    def prepare(builder):
        here = Path(__file__).parent
        parts = [sources.Source(part, (here / part).read_text()) for part in ("check_cost.cpp", "check_cost_engine.cpp")]
        program = builder.program(f"check_cost_{name}", parts, ("-O2", *defines), ("-lbenchmark",))
        report = builder.directory / f"check_cost_{name}.json"
        command = [program, f"--benchmark_filter=^{benchmark}$", "--benchmark_min_time=0.2"]
        command += [f"--benchmark_out={report}", "--benchmark_out_format=json", *options]

        def sample():
            measure.timed(command)
            return json.loads(report.read_text())["benchmarks"][0]["cpu_time"] * 1e-9

        return sample

    return Side(prepare, ("Google Benchmark", *needs))


def memory(count):
    def prepare(builder):
        program = builder.program(f"cordon_{count}", sources.cordon_trivial(count))
        command = [program, "--isolate=fork"]
        measure.prove(command, _number(count), builder.directory / f"memory_{count}.log")
        return lambda: measure.own_peak_memory(command)

    return Side(prepare)


def memory_printing(test):
    def prepare(builder):
        program = builder.program("cordon_printing", sources.cordon_printing(2048))
        return lambda: measure.own_peak_memory([program, "--isolate=fork", test])

    return Side(prepare)


def memory_bare():
    def prepare(builder):
        bare(1000, 1, "exit").prepare(builder)
        return lambda: measure.own_peak_memory([str(builder.directory / "bare_fork/bare_fork"), "1000", "1", "exit"])

    return Side(prepare)


def _fork_row(jobs, reach, aim):
    title = f"5,000 trivial tests, `fork`, `-j{jobs}`, against a bare fork+wait loop, {jobs} in flight"
    return Row(
        f"fork-j{jobs}",
        {
            "cordon": cordon(5000, "--isolate=fork", f"-j{jobs}"),
            "bare loop": bare(5000, jobs, "exit"),
            "bare loop, C++ library": bare_with_library(5000, jobs),
            "bare loop, _exit": bare(5000, jobs, "_exit"),
        },
        [
            Figure(title, slower("cordon", "bare loop"), "x its time", reach, aim),
            Figure("… with the C++ library loaded, as every C++ test program has it",
                   slower("cordon", "bare loop, C++ library"), "x its time"),
            Figure("… whose children leave by `_exit`", slower("cordon", "bare loop, _exit"), "x its time"),
        ],
        rounds=15, unit="µs a test", scale=1e6 / 5000,
    )


def _against_forking_peers():
    figures = []
    for peer in ("Check", "CppUTest"):
        how = {"Check": "Check (`CK_FORK`)", "CppUTest": "CppUTest `-p`"}[peer]
        for jobs in (1, 2):
            ours = f"cordon -j{jobs}"
            title = f"5,000 trivial tests, `fork`, `-j{jobs}`, against {how}"
            figures.append(Figure(title, faster(ours, peer), "x faster", 1.5, 2, True))
    return Row(
        "forking-peers",
        {
            "cordon -j1": cordon(5000, "--isolate=fork", "-j1"),
            "cordon -j2": cordon(5000, "--isolate=fork", "-j2"),
            "Check": check(5000),
            "CppUTest": cpputest(5000),
        },
        figures, rounds=9, unit="µs a test", scale=1e6 / 5000,
    )


REWIND, FORK = "--isolate=rewind", "--isolate=fork"


def _rewind_rows():
    return [
        Row(
            "rewind",
            {
                "cordon -j1": cordon(5000, REWIND, "-j1"),
                "cordon -j2": cordon(5000, REWIND, "-j2"),
                "cordon, fork -j1": cordon(5000, FORK, "-j1"),
                "bare loop, _exit": bare(5000, 1, "_exit"),
                "bare loop, _exit, 2 in flight": bare(5000, 2, "_exit"),
                "Check": check(5000),
                "CppUTest": cpputest(5000),
            },
            [
                Figure("5,000 trivial tests, `rewind`, `-j1`, against a bare fork+_exit+wait loop",
                       slower("cordon -j1", "bare loop, _exit"), "x its time", 0.3, 0.15),
                Figure("… `-j2`, 2 in flight", slower("cordon -j2", "bare loop, _exit, 2 in flight"), "x its time", 0.3,
                       0.15),
                Figure("… `-j1`, against `fork`", faster("cordon -j1", "cordon, fork -j1"), "x faster", more=True),
                Figure("… `-j1`, against Check (`CK_FORK`)", faster("cordon -j1", "Check"), "x faster", 5, None, True),
                Figure("… `-j1`, against CppUTest `-p`", faster("cordon -j1", "CppUTest"), "x faster", 5, None, True),
            ],
            rounds=9, unit="µs a test", scale=1e6 / 5000,
        ),
        Row(
            "rewind-criterion",
            {"cordon": cordon(5000, REWIND, "-j2"), "Criterion": criterion(5000)},
            [Figure("5,000 trivial tests, `rewind`, `-j2`, against Criterion `-j2`", faster("cordon", "Criterion"),
                    "x faster", 100, None, True)],
            rounds=3, quick_rounds=1, unit="µs a test", scale=1e6 / 5000,
        ),
        Row(
            "rewind-doctest",
            {
                "cordon": cordon(100000, REWIND, "-j2", fast_tests=False),
                "doctest": doctest(100000, fast_tests=False),
            },
            [Figure("100,000 trivial tests, `rewind`, `-j2`, against doctest in one process",
                    slower("cordon", "doctest"), "x its time", 40, 20)],
            rounds=5, quick_rounds=1, unit="µs a test", scale=1e6 / 100000,
        ),
        Row(
            "rewind-setup",
            {
                f"cordon {mode}, {size} MB": cordon_of(f"cordon_setup_{size}", sources.cordon_with_setup(2000, size), 2000,
                                                       f"--isolate={mode}", "-j1")
                for size in (64, 512) for mode in ("rewind", "fork")
            },
            [
                Figure(f"2,000 tests after a setup of {size} MB, `rewind`, `-j1`, against `fork`",
                       faster(f"cordon rewind, {size} MB", f"cordon fork, {size} MB"), "x faster", more=True)
                for size in (64, 512)
            ],
            rounds=5, quick_rounds=1, unit="µs a test", scale=1e6 / 2000,
        ),
        Row(
            "rewind-kernel",
            {
                f"cordon {mode}": cordon_of("cordon_kernel", sources.cordon_using_kernel(2000), 2000,
                                            f"--isolate={mode}", "-j1")
                for mode in ("rewind", "fork")
            },
            [Figure("2,000 tests that open a file, `rewind`, `-j1`, against `fork`",
                    slower("cordon rewind", "cordon fork"), "x its time", 1.05)],
            rounds=15, unit="µs a test", scale=1e6 / 2000,
        ),
    ]


def _against_doctest_compile(key, title, name, ours, theirs, reach, aim, times=1):
    sides = {
        "cordon": compiling(f"{name}_cordon", ours, (), times),
        "doctest": compiling(f"{name}_doctest", theirs, ("doctest",), times),
    }
    return Row(key, sides, [Figure(title, slower("cordon", "doctest"), "x", reach, aim)], rounds=15)


def all_rows():
    return [
        _fork_row(2, 1.4, 1.15),
        _fork_row(1, 1.5, 1.2),
        _against_forking_peers(),
        Row(
            "criterion",
            {"cordon": cordon(5000, "--isolate=fork", "-j2"), "Criterion": criterion(5000)},
            [Figure("5,000 trivial tests, `fork`, `-j2`, against Criterion `-j2`", faster("cordon", "Criterion"),
                    "x faster", 20, 40, True)],
            rounds=3, quick_rounds=1, unit="µs a test", scale=1e6 / 5000,
        ),
        *_rewind_rows(),
        Row(
            "ctest",
            {"cordon": cordon(500, "--isolate=fork", "-j2"), "ctest": ctest(500)},
            [Figure("500 trivial tests, `fork`, `-j2`, against `ctest -j2` over doctest, a process a test",
                    faster("cordon", "ctest"), "x faster", 8, 12, True)],
            rounds=9, unit="µs a test", scale=1e6 / 500,
        ),
        Row(
            "shard",
            {
                "cordon": cordon(100000, "--isolate=shard", fast_tests=False),
                "cordon -j1": cordon(100000, "--isolate=shard", "-j1", fast_tests=False),
                "doctest": doctest(100000, fast_tests=False),
            },
            [
                Figure("100,000 trivial tests, `shard`, against doctest in one process", slower("cordon", "doctest"),
                       "x its time", 2, 1.1),
                Figure("… with `-j1`", slower("cordon -j1", "doctest"), "x its time"),
            ],
            rounds=11, unit="µs a test", scale=1e6 / 100000,
        ),
        Row(
            "one-test",
            {"cordon": cordon(1), "doctest": doctest(1)},
            [Figure("a binary with one test, whole process, against doctest's", slower("cordon", "doctest"),
                    "x its time", 4, 2.5)],
            rounds=201, quick_rounds=31,
        ),
        Row(
            "sleep",
            {"4 workers": sleeping(4), "8 workers": sleeping(8)},
            [
                Figure(f"{SLEEPING} sleep-bound tests of {SLEEP_MS} ms: speed-up with {jobs} workers",
                       lambda round_, jobs=jobs: SLEEPING * SLEEP_MS / 1e3 / round_[f"{jobs} workers"],
                       "x", reach, aim, True)
                for jobs, reach, aim in ((4, 3.8, 3.95), (8, 7.5, 7.9))
            ],
            rounds=7,
        ),
        _against_doctest_compile(
            "header", "including the header (user CPU, `-O0`), against doctest.h", "header",
            sources.CORDON_HEADER, sources.DOCTEST_HEADER, 1.0, 0.7, times=10),
        _against_doctest_compile(
            "test-file", "a file of 250 tests with 2,000 `CHECK(a == b)`, `-O0`, against doctest", "file",
            sources.many_checks(sources.CORDON_HEADER, 250, 8),
            sources.many_checks(sources.DOCTEST_HEADER, 250, 8), 0.7, 0.4),
        _against_doctest_compile(
            "engine-file", "the engine's file, `-O0`, against doctest's implementation file", "engine",
            sources.CORDON_MAIN, sources.DOCTEST_MAIN, 4, 2.5),
        Row(
            "check-cost",
            {
                "cordon": check_cost("cordon", "passing_check", ["--isolate=none"]),
                "doctest": check_cost("doctest", "passing_check", [], ("-DCHECK_COST_DOCTEST",), ("doctest",)),
                "empty loop": check_cost("doctest", "empty_loop", [], ("-DCHECK_COST_DOCTEST",), ("doctest",)),
            },
            [
                Figure("one passing CHECK at `-O2`, with its loop", lambda round_: round_["cordon"] * 1e9, "ns", 3, 1),
                Figure("… against doctest", faster("cordon", "doctest"), "x faster", 5, None, True),
            ],
            rounds=11, unit="ns", scale=1e9,
        ),
        Row(
            "memory-tests",
            {"cordon": memory(10000), "bare loop": memory_bare()},
            [Figure("supervisor's peak memory: 10,000 tests in `fork` mode",
                    lambda round_: round_["cordon"] / MIB, "MiB", 24, 12)],
            rounds=5, quick_rounds=1, unit="MiB", scale=1 / MIB,
        ),
        Row(
            "memory-output",
            {"prints 2 GB": memory_printing("prints"), "prints nothing": memory_printing("is quiet")},
            [
                Figure("… one test that prints 2 GB (output limit 1 MiB)",
                       lambda round_: round_["prints 2 GB"] / MIB, "MiB", OUTPUT_LIMIT_MIB + 8, OUTPUT_LIMIT_MIB + 2),
                Figure("… of that, over a test that prints nothing",
                       lambda round_: (round_["prints 2 GB"] - round_["prints nothing"]) / MIB, "MiB"),
            ],
            rounds=3, quick_rounds=1, unit="MiB", scale=1 / MIB,
        ),
    ]
