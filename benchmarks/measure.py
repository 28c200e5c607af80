"""Building programs with a cache, and measuring runs of whole processes."""

import concurrent.futures
import hashlib
import json
import os
import re
import resource
import shlex
import statistics
import subprocess
import time
from pathlib import Path


class Failure(Exception):
    """A program did not build, did not run, or did not do what it should have."""


class Builder:
    """Compiles generated sources; an object is compiled again when its text, flags or included files change."""

    def __init__(self, directory, include, compiler):
        self.directory = Path(directory).resolve()
        self.compiler = shlex.split(compiler)
        self.include = [f"-I{Path(include).resolve()}"]
        self._digests = {}

    def program(self, name, sources, flags=("-O2",), libraries=()):
        folder = self.directory / name
        folder.mkdir(parents=True, exist_ok=True)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            built = list(pool.map(lambda source: self._object(folder, source, flags), sources))
        program = folder / name
        objects = [path for path, _ in built]
        if any(fresh for _, fresh in built) or not program.exists():
            call([*self.compiler, *map(str, objects), "-o", str(program), "-pthread", *libraries])
        return str(program)

    def source(self, name, text):
        """Writes a source that is compiled only to measure the compiler."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def compile_command(self, source, flags):
        return [*self.compiler, "-std=c++17", *self.include, *flags, "-c", source, "-o", source + ".o"]

    def _object(self, folder, source, flags):
        path = folder / source.name
        if not path.exists() or path.read_text() != source.text:
            path.write_text(source.text)
        target, stamp, deps = path.with_suffix(".o"), path.with_suffix(".stamp"), path.with_suffix(".d")
        # A peer's object must not age when cordon's folder changes. Later -O flags win: a source's own come last.
        include = self.include if "cordon/" in source.text else []
        command = [*self.compiler, "-std=c++17", *include, *flags, *source.flags, "-MMD", "-MF", str(deps)]
        command += ["-c", str(path), "-o", str(target)]
        if target.exists() and stamp.exists() and stamp.read_text() == self._stamp(command, deps):
            return target, False
        call(command)
        stamp.write_text(self._stamp(command, deps))
        return target, True

    def _stamp(self, command, deps):
        if not deps.exists():
            return ""
        files = deps.read_text().replace("\\\n", " ").split(":", 1)[1].split()
        return json.dumps([command, [[name, self._digest(name)] for name in files]])

    def _digest(self, name):
        try:
            key = (name, os.stat(name).st_mtime_ns)
            if key not in self._digests:
                self._digests[key] = hashlib.sha256(Path(name).read_bytes()).hexdigest()
            return self._digests[key]
        except OSError:
            return "gone"


def call(command):
    """Runs a tool; its messages are in the Failure when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{shlex.join(command)}\n{done.stderr.strip()[:4000]}")


def clean_environment():
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CORDON_", "CK_", "CRITERION_"))}
    return {**kept, "LC_ALL": "C"}


def _spawn(command, output="/dev/null"):
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawnp(command[0], command, clean_environment(), file_actions=actions)


def _check_exit(command, status, expected):
    code = os.waitstatus_to_exitcode(status)
    if code != expected:
        raise Failure(f"{shlex.join(command)} ended with {code}, not {expected}")


def timed(command, expected=0):
    """Seconds by the wall clock, and of user CPU with all waited-for descendants, of one run."""
    start = time.perf_counter()
    pid = _spawn(command)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    _check_exit(command, status, expected)
    return wall, usage.ru_utime


def prove(command, pattern, log):
    """Runs once, untimed, and checks that the output says what it must: that every test really ran."""
    pid = _spawn(command, log)
    _, status = os.waitpid(pid, 0)
    _check_exit(command, status, 0)
    text = re.sub(r"\x1b\[[0-9;]*m", "", Path(log).read_text(errors="replace"))
    if not re.search(pattern, text):
        raise Failure(f"{shlex.join(command)} did not print /{pattern}/; see {log}")


def own_peak_memory(command, expected=0):
    """Peak resident bytes of the started process alone.

    rusage will not do: its ru_maxrss is the largest of the process, of every descendant it waited for, and of the image
    that called exec. VmHWM belongs to the one process and only grows, so the last value seen before the exit is the peak.
    """
    pid = _spawn(command)
    peak = 0
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        peak = max(peak, _high_water(pid))
        time.sleep(0.0003)
    _check_exit(command, status, expected)
    return peak


def _high_water(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
    except OSError:
        return 0
    return int(found.group(1)) * 1024 if found else 0


class MachineLoad:
    """The share of all processors that programs other than ours used while measuring."""

    def __enter__(self):
        self._start = (time.monotonic(), self._busy(), self._ours())
        return self

    def __exit__(self, *_):
        elapsed = time.monotonic() - self._start[0]
        others = (self._busy() - self._start[1]) - (self._ours() - self._start[2])
        self.share = max(0.0, others / (elapsed * os.cpu_count()))

    @staticmethod
    def _ours():
        usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    @staticmethod
    def _busy():
        user, nice, system, _, _, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
        return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def interleaved(samplers, rounds):
    """A B A B ...: one value of each sampler a round, so that a slow minute of the machine hits all alike."""
    values = {name: [] for name in samplers}
    for _ in range(rounds):
        for name, sample in samplers.items():
            values[name].append(sample())
    return values


def summary(values):
    return {"median": statistics.median(values), "low": min(values), "high": max(values)}
