"""The unit tests, built by mingw-w64 and run under Wine. Skipped where one of them is not installed.

    units_test.py FILE ...    each a doctest program without its main()

CORDON_BRIEF_TESTS=1: only tests of folders whose code asks the system.
"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys

from wine_test import COMPILER, FLAGS, SKIPPED, SOURCE, WINE, WORK, environment

INCLUDE = WORK / "include"  # with doctest and nothing else of /usr/include, which is of another system
OWN = [f"-I{SOURCE / 'tests'}", f"-isystem{INCLUDE}", f'-DCORDON_SOURCE_DIR="Z:{SOURCE}"', f'-DCORDON_GOLDEN_DIR="Z:{SOURCE}/tests/golden"']


ASKING_THE_SYSTEM = ("app", "archive", "exec", "launch")


def call(*command):
    got = subprocess.run([*map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, errors="replace", timeout=600, env=environment(), cwd=WORK, check=False)
    return got.returncode, got.stdout


def compile_object(source, name):
    launcher = [shutil.which("ccache")] if shutil.which("ccache") else []
    return call(*launcher, COMPILER, *FLAGS, *OWN, "-c", source, "-o", WORK / f"{name}.o")


def name_of(source):
    """The folder of the tests, with the name of a file that is alone in its program."""
    path = pathlib.Path(source)
    return path.stem if path.parent == WORK else f"{path.parent.name}_{path.stem}"


def take(source):
    """Builds and runs one program. Returns its name, how many test cases ran, and what went wrong."""
    name = name_of(source)
    code, said = compile_object(source, name)
    if code == 0:
        code, said = call(COMPILER, "-static", WORK / f"{name}.o", WORK / "main.o", "-o", WORK / f"{name}.exe")
    if code != 0:
        return name, 0, said
    code, said = call(WINE, WORK / f"{name}.exe", "--no-colors=true")
    summary = next((line for line in said.splitlines() if "test cases:" in line), "")
    words = summary.replace("|", " ").split()
    ran = int(words[words.index("cases:") + 1]) if summary else 0
    return name, ran, "" if code == 0 and ran > 0 else said


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    INCLUDE.mkdir(exist_ok=True)
    if not (INCLUDE / "doctest").exists():
        (INCLUDE / "doctest").symlink_to("/usr/include/doctest")
    code, said = compile_object(SOURCE / "tests/doctest_main.cpp", "main")
    if code != 0:
        sys.exit(said)
    subprocess.run([WINE, "wineboot", "-i"], capture_output=True, timeout=280, env=environment(DISPLAY=""), check=False)
    chosen = sys.argv[1:]
    if os.environ.get("CORDON_BRIEF_TESTS"):
        chosen = [each for each in chosen if name_of(each).split("_")[0] in ASKING_THE_SYSTEM]
    total, failed = 0, False
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for name, ran, trouble in pool.map(take, chosen):
            print(f"{name}: {'FAILED' if trouble else 'ok'}, {ran} test cases")
            print(trouble, end="")
            total += ran
            failed = failed or bool(trouble)
    print(f"{total} test cases")
    sys.exit(failed)


if __name__ == "__main__":
    if WINE is None or shutil.which(COMPILER) is None:
        print("skipped: needs the Debian packages wine64 and g++-mingw-w64-x86-64-posix", file=sys.stderr)
        sys.exit(SKIPPED)
    main()
