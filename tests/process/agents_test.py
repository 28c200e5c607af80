"""Runs with --agent: the agent is a program on this machine behind a command, as ssh would be."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
# What a session that was lost leaves to the next test of another program.
ENVIRONMENT = {**os.environ, "CORDON_HISTORY": "off"}
for name in ("CLAUDECODE", "AI_AGENT", "CORDON_REPORT"):
    ENVIRONMENT.pop(name, None)


class Run:
    """A program's run that has ended."""

    def __init__(self, child, *options, environment=None, timeout=120, before=()):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "report.json")
            command = [*before, str(CHILDREN / child), "--color=never", f"--report=json={path}", "--report=console", *options]
            done = subprocess.run(command, capture_output=True, timeout=timeout, check=False, env={**ENVIRONMENT, **(environment or {})})
            self.code = done.returncode
            self.out = done.stdout.decode(errors="replace")
            self.err = done.stderr.decode(errors="replace")
            self.report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def tests(self):
        return {(test["suite"], test["name"]): test for test in self.report["tests"]}

    def __str__(self):
        return f"exit code {self.code}\n{self.out}\n{self.err}"


def run_and_watch(child, at, *options, before=()):
    """Runs a program, behind the command `before`; calls at(FINISHED, PID) each time something happens, with the number of tests that have finished."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "report.json")
        command = [*before, str(CHILDREN / child), "--color=never", "--report=events", f"--report=json={path}", *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
            finished = 0
            for line in process.stdout:
                finished += json.loads(line)["event"] == "test_finished"
                at(finished, process.pid)
            run = Run.__new__(Run)
            run.out, run.err = "", ""
            run.code = process.wait()
        run.report = json.loads(path.read_text(encoding="utf-8"))
    return run


def agent(command="env"):
    return ["--agent", command]


# What differs between two runs of the same tests on one machine.
VARIES = {"pid", "slot", "user_ms", "system_ms", "max_rss_bytes", "address", "thread", "cpu_ms", "page_faults", "host",
          "voluntary_switches", "involuntary_switches", "minor_faults", "major_faults", "process_reused"}
# Process ids, times and addresses in texts.
NUMBER = re.compile(r"0x[0-9a-f]+|[0-9]+(\.[0-9]+)?( (ms|s|us|\u00b5s|KiB|MiB))?")


def steady(value):
    """A part of a report without times, process ids and figures."""
    if isinstance(value, dict):
        return {key: steady(part) for key, part in value.items() if key not in VARIES and not key.endswith("_ms")}
    if isinstance(value, list):
        return [steady(part) for part in value]
    return NUMBER.sub("N", value) if isinstance(value, str) else value


def differences(here, there, path=""):
    """What differs between two parts of reports, a line each."""
    if isinstance(here, dict) and isinstance(there, dict) and here.keys() == there.keys():
        return [line for key in here for line in differences(here[key], there[key], f"{path}/{key}")]
    if isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        return [line for i, part in enumerate(here) for line in differences(part, there[i], f"{path}/{i}")]
    return [] if here == there else [f"{path}: {here!r} there {there!r}"]


def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as listed:
            return [int(each) for each in listed.read().split()]
    except OSError:
        return []


def command_of(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as words:
            return words.read().split(b"\0")
    except OSError:
        return []


def agents_of(pid):
    """The processes below this one that serve as agents."""
    found = []
    for child in children_of(pid):
        words = command_of(child)
        if b"--serve-agent" in words and words[0].startswith(b"/") and b"python" not in words[0]:
            found.append(child)
        else:
            found += agents_of(child)
    return found


def relay(how, after, marker, command):
    """Stands between a run and its agent, as ssh does. `how` it goes wrong, once, `after` so many bytes of the agent."""
    if how == "banner":
        print("Welcome to this machine!\nLast login: today", flush=True)
        print("a remark on standard error", file=sys.stderr, flush=True)
    misbehaves = how != "banner" and not os.path.exists(marker)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as agent:
        silent = threading.Event()

        def pass_orders():
            while data := os.read(0, 65536):
                if silent.is_set():
                    continue
                agent.stdin.write(data)
                agent.stdin.flush()
            agent.stdin.close()

        threading.Thread(target=pass_orders, daemon=True).start()
        passed = 0
        while data := os.read(agent.stdout.fileno(), 65536):
            passed += len(data)
            if misbehaves and passed > after:
                misbehaves = False
                pathlib.Path(marker).touch()
                if how == "cut":
                    os._exit(7)
                if how == "garbage":
                    data = b"garbage" + data
                if how == "silent":
                    silent.set()
            if not silent.is_set():
                os.write(1, data)
    return agent.returncode


class AgentsTest(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def relayed(self, how, after=3000):
        script = pathlib.Path(__file__).resolve()
        return agent(f"{sys.executable} {script} --relay {how} {after} {self.folder}/marker")

    def check_all_passed_once(self, run, tests=84):
        self.assertEqual(run.code, 0, f"{run}\n{[test for test in run.report['tests'] if test['verdict'] != 'passed']}")
        self.assertEqual(len(run.report["tests"]), tests)
        for test in run.report["tests"]:
            self.assertEqual(test["verdict"], "passed", test)
            self.assertEqual(len(test["attempts"]), 1, test)
            if test["suite"] is None and test["name"].startswith("many/"):
                self.assertEqual(test["attempts"][0]["stdout"], f"this was {test['name'][5:]}\n")

    def check_lost(self, run, why):
        said = [notice["text"] for notice in run.report["notices"] if "was lost" in notice["text"]]
        self.assertEqual(len(said), 1, run)
        self.assertIn(why, said[0])

    def compare(self, child, *options):
        here = Run(child, "-j2", "--seed=1", *options)
        there = Run(child, "-j0", "--agent-jobs=2", "--seed=1", *agent(), *options)
        self.assertEqual(here.code, there.code, f"{here}\n{there}")
        local, remote = here.tests(), there.tests()
        self.assertEqual(list(local), list(remote))
        for name, test in local.items():
            if name[1] == "overflows the stack":  # in which of its lines depends on where the stack is
                for each in (*test["attempts"], *remote[name]["attempts"]):
                    each["stack"][0].pop("line")
            with self.subTest(child=child, test=name):
                self.assertEqual(differences(steady(test), steady(remote[name])), [])

    def test_tests_end_as_they_end_here(self):
        for child in ("endings", "subcases", "setups", "retries", "leftovers", "decorators"):
            self.compare(child)

    def test_local_workers_and_agents_share_the_tests(self):
        run = Run("agents", "-j1", "--agent-jobs=1", *agent("env"), *agent("sh -c 'exec \"$@\"' sh"))
        self.check_all_passed_once(run)
        self.assertEqual(run.report["run"]["jobs"], 3)
        attempts = [test["attempts"][0] for test in run.report["tests"]]
        self.assertEqual({each["slot"] for each in attempts}, {0, 1, 2})
        host = os.uname().nodename.split(".")[0]
        for each in attempts:
            self.assertEqual(each["host"], None if each["slot"] == 0 else host)
        # No worker has kept the last tests to itself.
        ends = [max(each["started_ms"] + each["duration_ms"] for each in attempts if each["slot"] == slot) for slot in range(3)]
        self.assertLess(max(ends) - min(ends), 0.5 * max(ends))

    def test_groups_and_resources_hold_over_all_machines(self):
        run = Run("agents", "-j2", "--agent-jobs=2", *agent(), *agent(), "at a time", environment={"MEETING": self.folder})
        self.check_all_passed_once(run, 14)

    def test_setups_are_kept_together(self):
        log = pathlib.Path(self.folder, "log")
        run = Run("agents", "-j0", "--agent-jobs=2", *agent(), environment={"SETUPS": str(log)})
        self.check_all_passed_once(run)
        self.assertLessEqual(len(log.read_text(encoding="ascii")), 2)

    def test_a_banner_before_the_agent_speaks_is_no_trouble(self):
        run = Run("agents", "-j0", "--agent-jobs=2", *self.relayed("banner"), "many/1")
        self.check_all_passed_once(run, 12)
        self.assertNotIn("Welcome", run.out + run.err)

    def test_a_lost_agent_costs_only_time(self):
        for how, why in (("cut", "its command ended with exit code 7"), ("garbage", "its stream brought bytes that are not a frame"),
                         ("silent", "it has said nothing for 2.00 s")):
            with self.subTest(how=how):
                pathlib.Path(self.folder, "marker").unlink(missing_ok=True)
                run = Run("agents", "-j1", "--agent-jobs=2", "--agent-timeout=2s", *self.relayed(how))
                self.check_all_passed_once(run)
                self.check_lost(run, why)

    def during_a_run(self, action, *options):
        """Does something to the agent of a run when some tests have passed. Returns the run."""
        seen = []

        def at(finished, pid):
            if finished == 10 and not seen:
                agents = agents_of(pid)
                self.assertEqual(len(agents), 1)
                seen.extend([agents[0], children_of(agents[0])])
                action(agents[0])

        return run_and_watch("agents", at, *options), *seen

    def check_ended(self, processes):
        limit = time.monotonic() + 20
        while any(b"--serve-agent" in command_of(each) or b"agents" in b" ".join(command_of(each)) for each in processes):
            self.assertLess(time.monotonic(), limit, processes)
            time.sleep(0.02)

    def test_an_agent_that_is_killed_leaves_nothing(self):
        run, pid, below = self.during_a_run(lambda pid: os.kill(pid, signal.SIGKILL), "-j1", "--agent-jobs=2", *agent())
        self.check_all_passed_once(run)
        self.check_lost(run, "its command was ended by SIGKILL")
        self.check_ended([pid, *below])

    def test_an_agent_that_is_stopped_is_lost_and_ends_later(self):
        command = agent("sh -c '\"$@\"; exit 3' sh")
        run, pid, below = self.during_a_run(lambda pid: os.kill(pid, signal.SIGSTOP), "-j1", "--agent-jobs=2", "--agent-timeout=2s",
                                            *command)
        self.check_all_passed_once(run)
        self.check_lost(run, "it has said nothing for 2.00 s")
        self.check_ended([pid, *below])

    def test_a_run_that_is_killed_leaves_no_agent(self):
        command = [str(CHILDREN / "agents"), "--report=events", "-j1", "--agent-jobs=2", *agent()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
            for line in process.stdout:
                if json.loads(line)["event"] == "test_finished":
                    break
            agents = agents_of(process.pid)
            below = [each for one in agents for each in children_of(one)]
            process.kill()
        self.assertEqual(len(agents), 1)
        self.check_ended([*agents, *below])

    def test_another_program_or_list_there_is_an_error(self):
        other = Run("agents", "--agent-program", str(CHILDREN / "endings"), *agent())
        self.assertEqual(other.code, 4, other)
        self.assertIn("has another build of the program", other.err)
        self.assertIsNone(other.report)
        rows = Run("agents", *agent("env OTHER_LIST=1"))
        self.assertEqual(rows.code, 4, rows)
        self.assertIn("has other tests (85, here 84)", rows.err)
        self.assertIsNone(rows.report)

    def test_an_agent_that_cannot_be_reached_is_named(self):
        command = agent("sh -c 'echo no such host >&2; exit 255'")
        here = Run("agents", "-j2", *command, "many/1")
        self.check_all_passed_once(here, 12)
        self.assertIn("could not be reached: its command ended with exit code 255: no such host",
                      " ".join(notice["text"] for notice in here.report["notices"]))
        nobody = Run("agents", "-j0", *command)
        self.assertEqual(nobody.code, 4, nobody)
        self.assertIn("there is nobody to run tests", nobody.err)
        self.assertIn("no such host", nobody.err)
        missing = Run("agents", "-j0", *agent("/no/such/command"))
        self.assertEqual(missing.code, 4, missing)
        self.assertIn("cannot start /no/such/command: No such file or directory", missing.err)

    def test_options_that_do_not_fit_are_refused(self):
        for options, why in ((["-j0"], "0 needs --agent"), ([*agent(), "--isolate=none"], "--agent needs workers"),
                             ([*agent(), "--flake-diagnose"], "--agent cannot be combined with --flake-diagnose"),
                             (["--agent", "'"], "a command with all quotes closed"), (["--agent-jobs=0"], "a whole number")):
            run = Run("agents", *options)
            self.assertEqual(run.code, 2, run)
            self.assertIn(why, run.err)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--relay"]:
        sys.exit(relay(sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:]))
    unittest.main()
