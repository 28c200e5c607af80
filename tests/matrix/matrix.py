#!/usr/bin/env python3
"""Builds the same tests with every compiler, for every target and with the flags that users have, and compares each
verdict with the one that the test's tags state: tools/test --matrix [NAME ...]

    NAME       only the ways with this text in their names; =NAME: only the way of this name
    --list     print the names of the ways, and do nothing

A way builds the tests in the files beside this one, and runs them in each mode of isolation. Compilers and libraries that
are not installed are downloaded as Debian packages and unpacked, without installing them, into the folder
build/matrix/packages (BUILD_DIR). A way whose compiler cannot be had is skipped, and told.
"""

import argparse
import dataclasses
import glob
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = pathlib.Path(os.environ.get("BUILD_DIR", ROOT / "build")).resolve() / "matrix"
PACKAGES = WORK / "packages"
LIBRARIES = PACKAGES / "usr/lib/x86_64-linux-gnu"

WARNINGS = "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wdouble-promotion -Werror".split()
OF_GCC = "-Wuseless-cast -Wnull-dereference".split()
# The Debian packages of what a way needs.
NEEDS = {
    "g++-11": ["g++-11"],
    "g++-12": ["g++-12"],
    "clang++-14": ["clang-14", "libclang-rt-14-dev"],
    "clang++-15": ["clang-15", "libclang-common-15-dev", "libclang-cpp15", "libllvm15"],
    "clang++-16": ["clang-16", "libclang-rt-16-dev"],
    "clang++-19": ["clang-19", "libclang-common-19-dev", "libclang-cpp19", "libllvm19", "libclang-rt-19-dev"],
    "libc++-16": ["libc++-16-dev", "libc++abi-16-dev"],
    "libc++-19": ["libc++-19-dev", "libc++1-19", "libc++abi1-19", "libc++abi-19-dev", "libunwind-19", "libunwind-19-dev"],
    "lld-14": ["lld-14"],
    "-m32": ["g++-multilib", "libc6-dev-i386"],
    "aarch64": [f"{name}-aarch64-linux-gnu" for name in ("g++-12", "gcc-12", "cpp-12", "binutils")] +
               [f"{name}-arm64-cross" for name in ("libc6-dev", "libc6", "linux-libc-dev", "libstdc++-12-dev", "libstdc++6",
                                                   "libgcc-12-dev", "libgcc-s1", "libatomic1")],
    "riscv64": [f"{name}-riscv64-linux-gnu" for name in ("g++-12", "gcc-12", "cpp-12", "binutils")] +
               [f"{name}-riscv64-cross" for name in ("libc6-dev", "libc6", "linux-libc-dev", "libstdc++-12-dev", "libstdc++6",
                                                     "libgcc-12-dev", "libgcc-s1", "libatomic1")],
    "qemu": ["qemu-user"],
}


@dataclasses.dataclass
class Way:
    """How the tests are built and run."""

    name: str
    compiler: str
    flags: str = "-std=c++17"
    link_flags: str = ""
    how: str = "files"  # or unity, precompiled, module, library; warnings: nothing is run
    needs: tuple = ()
    target: str = ""  # the architecture that qemu runs; empty: this one
    modes: tuple = ("fork", "exec", "shard", "rewind")
    skip: str = ""  # tests that cannot be there, as a filter
    instead: dict = dataclasses.field(default_factory=dict)  # other tags of a test


# Tests that crash otherwise under a sanitizer which handles the signal and exits.
OF_SANITIZER = {name: ["ends:crashed"] for name in ("writes nowhere", "writes nowhere in a thread", "overflows its stack")}
# qemu does not let a process adopt orphans: they are killed, and not counted.
OF_QEMU = {"leaves a process": []}
# The engine of other systems finds no stacks, and ends the processes that a test leaves without counting them.
OF_PORTABLE = {"aborts": ["ends:crashed", "signal:SIGABRT"], "writes nowhere": ["ends:crashed", "signal:SIGSEGV"],
               "leaves a process": []}
# The C library of RISC-V has unwind tables for a quarter of its functions, and none for abort().
OF_TARGET = {"aarch64": {}, "riscv64": {"aborts": ["ends:crashed", "signal:SIGABRT"]}}


def ways_of():
    ways = []

    def add(name, compiler, flags="", **more):
        if "-std=" not in flags:
            flags = ("-std=c++17 " + flags).strip()
        ways.append(Way(name, compiler, flags, **more))

    for compiler in ("g++-11", "g++-12", "clang++-14", "clang++-15", "clang++-16", "clang++-19"):
        add(f"{compiler}/c++17", compiler)
        add(f"{compiler}/c++20", compiler, "-std=c++20")
        add(f"{compiler}/c++23", compiler, "-std=c++2b")
    for compiler in ("g++-11", "g++-12", "clang++-14", "clang++-16", "clang++-19"):
        add(f"{compiler}/O2", compiler, "-O2")
    for version in ("16", "19"):
        libcxx = {"link_flags": f"-Wl,-rpath,{PACKAGES}/usr/lib/llvm-{version}/lib", "needs": (f"libc++-{version}",)}
        add(f"clang++-{version}/libc++/c++17", f"clang++-{version}", "-stdlib=libc++", **libcxx)
        add(f"clang++-{version}/libc++/c++23", f"clang++-{version}", "-std=c++2b -stdlib=libc++", **libcxx)

    # What a program is made of
    for compiler in ("g++-12", "clang++-16"):
        for how in ("unity", "precompiled", "library"):
            add(f"{compiler}/{how}", compiler, how=how)
        add(f"{compiler}/module", compiler, "-std=c++20", how="module")
        add(f"{compiler}/static", compiler, link_flags="-static")
        add(f"{compiler}/m32", compiler, "-m32", needs=("-m32",))
    add("clang++-19/module", "clang++-19", "-std=c++20", how="module")
    add("g++-12/m32/wide-files", "g++-12", "-m32 -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64", needs=("-m32",))
    add("g++-12/lto", "g++-12", "-O2 -flto=auto")
    add("clang++-14/lto", "clang++-14", "-O2 -flto=thin", needs=("lld-14",),
        link_flags=f"-fuse-ld={shutil.which('ld.lld-14') or PACKAGES / 'usr/bin/ld.lld-14'}")
    add("g++-12/portable", "g++-12", "-DCORDON_CONFIG_PORTABLE_POSIX=1", modes=("fork", "exec", "shard"),
        instead=OF_PORTABLE)

    # What the language is without
    for compiler in ("g++-12", "clang++-16"):
        add(f"{compiler}/no-exceptions", compiler, "-fno-exceptions")
        add(f"{compiler}/no-rtti", compiler, "-fno-rtti")
    add("g++-12/no-exceptions-no-rtti", "g++-12", "-std=c++2b -fno-exceptions -fno-rtti")

    # What changes types and checks
    add("g++-12/unsigned-char", "g++-12", "-funsigned-char")
    add("clang++-16/unsigned-char", "clang++-16", "-funsigned-char")
    add("g++-12/debug-library", "g++-12", "-D_GLIBCXX_DEBUG -D_GLIBCXX_DEBUG_PEDANTIC")
    add("g++-12/old-strings", "g++-12", "-D_GLIBCXX_USE_CXX11_ABI=0")
    add("g++-12/hardened", "g++-12", "-O2 -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong "
        "-fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero")
    add("g++-12/Os", "g++-12", "-Os")
    add("g++-12/O3-no-plt", "g++-12", "-O3 -fno-plt -fno-semantic-interposition", link_flags="-Wl,-z,now,-z,relro")

    # Sanitizers
    for compiler in ("g++-12", "clang++-16"):
        add(f"{compiler}/asan", compiler, "-fsanitize=address", skip="tag(limits)", instead=OF_SANITIZER)
        add(f"{compiler}/ubsan", compiler, "-fsanitize=undefined", instead=OF_SANITIZER if "clang" in compiler else {})
        add(f"{compiler}/tsan", compiler, "-fsanitize=thread", skip="tag(limits)", instead=OF_SANITIZER)

    # Every header with every warning, also those that only an optimizing compiler finds
    for compiler in ("g++-11", "g++-12", "clang++-14", "clang++-16", "clang++-19"):
        add(f"{compiler}/warnings", compiler, how="warnings")
        add(f"{compiler}/warnings/O2", compiler, "-O2", how="warnings")

    # Other processors
    for processor in ("aarch64", "riscv64"):
        foreign = {"target": processor, "needs": (processor, "qemu"), "modes": ("fork", "exec", "shard"),
                   "skip": "tag(limits)", "instead": {**OF_QEMU, **OF_TARGET[processor]}}
        add(f"{processor}/g++-12", f"{processor}-linux-gnu-g++-12", **foreign)
        add(f"{processor}/g++-12/O2", f"{processor}-linux-gnu-g++-12", "-O2", **foreign)
        root = f"{PACKAGES}/usr/{processor}-linux-gnu"
        gcc = f"{PACKAGES}/usr/lib/gcc-cross/{processor}-linux-gnu/12"
        add(f"{processor}/clang++-16", "clang++-16",
            f"--target={processor}-linux-gnu -nostdlibinc -Wno-unused-command-line-argument -isystem {root}/include/c++/12 "
            f"-isystem {root}/include/c++/12/{processor}-linux-gnu -isystem {root}/include -B{gcc} -B{root}/lib",
            link_flags=f"-L{gcc} -L{root}/lib -fuse-ld={PACKAGES}/usr/bin/{processor}-linux-gnu-ld", **foreign)
    return ways


class Skipped(Exception):
    """The way cannot be taken on this machine."""


class Failed(Exception):
    """A verdict is not the expected one, or something could not be built."""


# ---- compilers ----


def is_installed(package):
    got = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Status}", package], capture_output=True, text=True, check=False)
    return got.stdout == "installed"


def mend_linker_scripts():
    """Libraries that are texts for the linker name their files by where the package would be installed."""
    for script in glob.glob(f"{PACKAGES}/usr/*-linux-gnu/lib/lib*.so"):
        path = pathlib.Path(script)
        if path.is_symlink() or path.read_bytes()[:4] == b"\x7fELF":
            continue
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?<=[ (])/usr/(?=\w+-linux-gnu/)", f"{PACKAGES}/usr/", text), encoding="utf-8")


def unpack(packages):
    """Downloads Debian packages, unless they were before or are installed."""
    marks = WORK / "unpacked"
    marks.mkdir(parents=True, exist_ok=True)
    missing = [each for each in packages if not (marks / each).exists() and not is_installed(each)]
    if not missing:
        return
    if os.environ.get("CORDON_NO_DOWNLOAD") or not shutil.which("apt-get"):
        raise Skipped("missing: " + " ".join(missing))
    print("downloading", *missing, flush=True)
    for each in missing:
        with_room = WORK / "download"
        shutil.rmtree(with_room, ignore_errors=True)
        with_room.mkdir()
        got = subprocess.run(["apt-get", "download", "-q", each], cwd=with_room, capture_output=True, text=True, check=False)
        files = glob.glob(f"{with_room}/*.deb")
        if got.returncode != 0 or not files:
            raise Skipped(f"apt-get download {each}: " + " ".join(got.stderr.split("\n")[:1]))
        subprocess.run(["dpkg", "-x", files[0], PACKAGES], check=True)
        (marks / each).touch()
    shutil.rmtree(WORK / "download", ignore_errors=True)
    mend_linker_scripts()


def prepare(way):
    """Returns the path of the way's compiler and the environment that it needs."""
    for need in (way.compiler, *way.needs):
        unpack(NEEDS.get(need, []))
    found = shutil.which(way.compiler)
    if found:
        return found, dict(os.environ)
    here = PACKAGES / "usr/bin" / way.compiler
    if not here.exists():
        raise Skipped(f"no {way.compiler}")
    return str(here), {**os.environ, "LD_LIBRARY_PATH": str(LIBRARIES)}


# ---- building ----


# What uses the optional headers, the adapters and the headers that stand for other frameworks. Their own code is as
# careless as tests are, so only what is said of cordon's headers counts.
CARELESS = ("doctest_adapter", "catch2_adapter", "googletest", "compat_doctest", "compat_catch2", "properties", "values")
EVERYTHING = ("-Weverything -Wno-c++98-compat -Wno-c++98-compat-pedantic -Wno-padded -Wno-unsafe-buffer-usage -Wno-switch-enum "
              "-Wno-switch-default -Wno-c++20-compat -Wno-global-constructors -Wno-exit-time-destructors "
              "-Wno-missing-prototypes -Wno-weak-vtables -Wno-unknown-warning-option "
              "-Wno-unsafe-buffer-usage-in-libc-call").split()
SAID_OF_CORDON = re.compile(r"^\S*include/cordon/\S*: (?:warning|error): .*", re.MULTILINE)


class Builder:
    """Compiles and links one way, in a folder of its own."""

    def __init__(self, way):
        self.way = way
        self.folder = WORK / "ways" / re.sub(r"[^\w+.-]", "_", way.name)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.compiler, self.environment = prepare(way)
        self.flags = way.flags.split() + WARNINGS
        if "clang" not in way.compiler:
            self.flags += OF_GCC
        self.flags += ["-I", str(ROOT / "include")]
        if way.compiler != self.compiler and way.target and "clang" in way.compiler:
            self.environment["LD_LIBRARY_PATH"] = str(LIBRARIES)  # of the linker and the assembler

    def run(self, *command):
        got = subprocess.run([*map(str, command)], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, errors="replace", cwd=self.folder, check=False)
        if got.returncode != 0 or "warning:" in got.stdout:
            raise Failed(" ".join(map(str, command)) + "\n" + got.stdout)

    def compile(self, source, name, *flags):
        to = self.folder / f"{name}.o"
        launcher = [shutil.which("ccache")] if shutil.which("ccache") and self.way.how in ("files", "library") else []
        self.run(*launcher, self.compiler, *self.flags, *flags, "-c", source, "-o", to)
        return to

    def link(self, *objects):
        program = self.folder / "tests"
        self.run(self.compiler, *self.way.flags.split(), *objects, "-pthread", *self.way.link_flags.split(), "-o", program)
        return program

    def build(self):
        return getattr(self, "build_" + self.way.how)()

    def build_files(self, *flags):
        return self.link(*(self.compile(HERE / f"{each}.cpp", each, *flags) for each in ("endings", "features")),
                         self.compile(ROOT / "cmake/cordon_main.cpp", "engine", *flags))

    def build_unity(self):
        return self.link(self.compile(HERE / "unity.cpp", "unity"))

    def build_precompiled(self):
        header = self.folder / "precompiled.hpp"
        header.write_text("#include <cordon/cordon.hpp>\n#include <string>\n", encoding="utf-8")
        if "clang" in self.way.compiler:
            self.run(self.compiler, *self.flags, "-x", "c++-header", header, "-o", f"{header}.pch")
            return self.build_files("-include-pch", f"{header}.pch")
        self.run(self.compiler, *self.flags, "-x", "c++-header", header, "-o", f"{header}.gch")
        return self.build_files("-include", header, "-Winvalid-pch")

    def build_module(self):
        if "clang" in self.way.compiler:
            interface = self.folder / "tested.pcm"
            self.run(self.compiler, *self.flags, "-x", "c++-module", "--precompile", HERE / "module.cpp", "-o", interface)
            tests = self.folder / "module.o"
            self.run(self.compiler, *self.way.flags.split(), "-c", interface, "-o", tests)
        else:
            tests = self.compile(HERE / "module.cpp", "module", "-fmodules-ts")
        return self.link(tests, self.compile(ROOT / "cmake/cordon_main.cpp", "engine"))

    def build_warnings(self):
        """Returns no program."""
        flags = [each for each in self.flags if each != "-Werror"]
        said = set()
        for each in (*(ROOT / f"tests/children/{name}.cpp" for name in CARELESS), ROOT / "cmake/cordon_main.cpp"):
            compat = ["-I", ROOT / "include/cordon/compat"] if each.name.startswith("compat") else []
            if "clang" in self.way.compiler and each.name != "cordon_main.cpp":
                compat += EVERYTHING
            got = subprocess.run([self.compiler, *flags, *compat, "-I", ROOT / "tests", "-c", each, "-o", self.folder / "made.o"],
                                 env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
            said.update(SAID_OF_CORDON.findall(got.stdout))
            if got.returncode != 0 and "No such file" not in got.stdout:  # a framework that is not installed
                raise Failed(f"{each}: {got.stdout}")
        if said:
            raise Failed("\n".join(sorted(said)))

    def build_library(self):
        library = self.folder / "libtested.so"
        tests = self.compile(HERE / "library.cpp", "library", "-fPIC", "-fvisibility=hidden", "-fvisibility-inlines-hidden")
        self.run(self.compiler, *self.way.flags.split(), "-shared", tests, "-o", library)
        hidden = ("-fvisibility=hidden", "-fvisibility-inlines-hidden")
        return self.link(self.compile(HERE / "features.cpp", "features", *hidden),
                         self.compile(ROOT / "cmake/cordon_main.cpp", "engine", *hidden), "-rdynamic", "-Wl,--no-as-needed",
                         library, f"-Wl,-rpath,{self.folder}")


# ---- running ----

SURVIVES_TOGETHER = "!tag(alone)"
# In the process of the run itself, nothing may end.
SURVIVES_WITHOUT = ("!tag(alone) & !tag(ends:crashed) & !tag(ends:exited) & !tag(ends:timed_out) & !tag(ends-process) & !tag(leaves:*)"
                    " & !name(expects*)")


def tags_of(test, way):
    tags = [each for each in way.instead.get(test["name"], test["tags"])]
    return {each.split(":", 1)[0]: each.split(":", 1)[1] for each in tags if ":" in each}


def verdict_of(ending):
    return {"passed": "passed", "skipped": "skipped"}.get(ending, "failed")


def differences(test, way):
    """What is not as the tags of the test say, in words."""
    if not test["attempts"]:
        return [f"{test['verdict']}, without an attempt"]
    tags = tags_of(test, way)
    attempt = test["attempts"][-1]
    ending = tags.get("ends", "passed")
    expected = {"ending": ending, "verdict": tags.get("verdict", verdict_of(ending))}
    got = {"ending": attempt["ending"], "verdict": test["verdict"]}
    if "signal" in tags:
        expected["signal"], got["signal"] = tags["signal"], attempt["signal_name"]
    if "code" in tags:
        expected["code"], got["code"] = int(tags["code"]), attempt["exit_code"]
    if tags.get("leaves") == "process":
        expected["leftovers"], got["leftovers"] = 1, attempt["leaks"]["processes"] if attempt["leaks"] else 0
    elif "leaves" in tags:
        expected["leaves"], got["leaves"] = tags["leaves"], ",".join(each["ending"] for each in attempt["leaves"])
    found = [f"{what} {got[what]} instead of {expected[what]}" for what in expected if got[what] != expected[what]]
    said = json.dumps([attempt["failures"], attempt["said"], attempt["reason"]], ensure_ascii=False).replace('\\"', '"')
    if "says" in tags and tags["says"] not in said:
        found.append(f"does not say {tags['says']}: {said}")
    if "stack" in tags and tags["stack"] not in [each["function"] for each in attempt["stack"]]:
        found.append(f"no {tags['stack']} in the stack {[each['function'] for each in attempt['stack']]}")
    if "prints" in tags and tags["prints"] not in attempt["stdout"] + attempt["stderr"]:
        found.append(f"did not print {tags['prints']}")
    return found


def run_program(way, program, *arguments):
    emulator = []
    if way.target:
        emulator = [f"qemu-{way.target}", "-L", f"{PACKAGES}/usr/{way.target}-linux-gnu"]
        if "none" not in arguments:  # there are no workers to wrap
            arguments = (*arguments, "--wrap", " ".join(emulator))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
    return subprocess.run([*emulator, program, "--color", "never", *arguments], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=600,
                          env={**environment, "CORDON_HISTORY": "off"}, cwd=program.parent, check=False)


def text_of(file):
    try:
        return pathlib.Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # it has ended


def run_mode(way, program, mode):
    """Runs all tests in a mode of isolation. Returns how many there were."""
    report = program.parent / f"{mode}.json"
    report.unlink(missing_ok=True)
    chosen = {"shard": SURVIVES_TOGETHER, "none": SURVIVES_WITHOUT}.get(mode, "all()")
    if way.skip:
        chosen += f" & !{way.skip}"
    got = run_program(way, program, "--isolate", mode, "-f", chosen, "--report", f"json={report}", "--report", "console",
                      "--order", "random", "--corpus", "off")
    if not report.exists():
        raise Failed(f"--isolate={mode} wrote no report:\n{got.stdout}")
    tests = json.loads(report.read_text(encoding="utf-8"))["tests"]
    left = [each for each in glob.glob("/proc/[0-9]*/cmdline") if str(program) in text_of(each)]
    if left:
        raise Failed(f"{mode} left processes behind: {left}")
    wrong = [f"{mode}: {test['name']}: {each}" for test in tests for each in differences(test, way)]
    if got.returncode != 1:
        wrong.append(f"{mode}: the exit code is {got.returncode} instead of 1:\n{got.stdout}")
    if wrong:
        raise Failed("\n".join(wrong))
    return len(tests)


def count_tests(*sources):
    """How many tests the sources have, so that one that is not there is noticed."""
    macro = re.compile(r"^ *(TEST_CASE|TEST_CASE_FIXTURE|PROPERTY|SCENARIO)\(", re.MULTILINE)
    return sum(len(macro.findall((HERE / f"{each}.cpp").read_text(encoding="utf-8"))) for each in sources)


SOURCES = {"files": ("endings", "features"), "precompiled": ("endings", "features"), "unity": ("endings", "features", "library"),
           "library": ("features", "library"), "module": ("module",)}
ROWS_AND_TYPES = 6  # of features.cpp
BEHIND_EXCEPTIONS = 5  # of endings.cpp


def take(way):
    start = time.monotonic()
    builder = Builder(way)
    program = builder.build()
    built = time.monotonic()
    if program is None:
        return f"{built - start:.0f} s"
    expected = count_tests(*SOURCES[way.how]) + (ROWS_AND_TYPES if "features" in SOURCES[way.how] else 0)
    if "-fno-exceptions" in way.flags:
        expected -= BEHIND_EXCEPTIONS
    listed = json.loads(run_program(way, program, "--list=json").stdout)["tests"]
    if len(listed) != expected:
        raise Failed(f"{len(listed)} tests instead of {expected}")
    ran = {mode: run_mode(way, program, mode) for mode in (*way.modes, "none")}
    return f"{built - start:.0f} s + {time.monotonic() - built:.0f} s; " + ", ".join(f"{mode} {count}" for mode, count in ran.items())


def is_meant(name, way):
    return name[1:] == way.name if name.startswith("=") else name in way.name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    ways = [each for each in ways_of() if not arguments.names or any(is_meant(name, each) for name in arguments.names)]
    if not ways:
        sys.exit(f"matrix: no way has {' or '.join(arguments.names)} in its name; --list prints all")
    if arguments.list:
        print("\n".join(each.name for each in ways))
        return
    counts = {"ok": 0, "skipped": 0, "FAILED": 0}
    for way in ways:
        try:
            result, words = "ok", take(way)
        except Skipped as why:
            result, words = "skipped", str(why)
        except Failed as why:
            result, words = "FAILED", "\n" + str(why)
        except subprocess.TimeoutExpired as why:
            result, words = "FAILED", f"no end after {why.timeout:.0f} s: {why.cmd}"
        counts[result] += 1
        print(f"{way.name}: {result}: {words}", flush=True)
    print(", ".join(f"{count} {result}" for result, count in counts.items()))
    sys.exit(1 if counts["FAILED"] else 0)


if __name__ == "__main__":
    main()
