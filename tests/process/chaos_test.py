"""A run to which everything happens at once: workers killed and stopped, the run suspended, its output held up; and any
process of it hit by any signal.

What happens, and when, follows from a seed (--seed N; the run's own timing is the machine's). Each test has exactly one true
result in the end. As a test it does 2,000 tests and 150 hits; by hand, with CORDON_CHILD_DIR set:

    tests/process/chaos_test.py --rounds 5 --seed 7      # 10,000 tests, and prints how many faults there were
    tests/process/chaos_test.py --hits 2000 TreeTest     # of processes of the tree, drawn at random
"""

import argparse
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
PROGRAM = str(CHILDREN / "outside")
NATIVE = CHILDREN.name == "native"


def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as listed:
            return [int(each) for each in listed.read().split()]
    except OSError:
        return []


def send(pid, number):
    try:
        os.kill(pid, number)
        return 1
    except ProcessLookupError:
        return 0


class Chaos:
    """One run of 2,000 tests under faults drawn from `choice`."""

    def __init__(self, choice, mode):
        self.choice = choice
        self.mode = mode
        self.faults = {"workers killed": 0, "workers stopped for a moment": 0, "workers stopped for good": 0,
                       "tests killed": 0, "runs suspended": 0, "output held up": 0}
        self.tests_killed = 0

    def count(self, what, done):
        self.faults[what] += done
        return done

    def busy_worker(self, supervisor):
        workers = children_of(supervisor)
        worker = self.choice.choice(workers) if workers else 0
        return worker if worker and children_of(worker) else 0

    def hurt(self, supervisor):
        worker = self.busy_worker(supervisor)
        if not worker:
            return
        what = self.choice.random()
        if what < 0.5:
            self.count("workers killed", send(worker, signal.SIGKILL))
        elif what < 0.7:
            if self.count("workers stopped for a moment", send(worker, signal.SIGSTOP)):
                time.sleep(0.02)
                send(worker, signal.SIGCONT)
        elif what < 0.73:
            self.count("workers stopped for good", send(worker, signal.SIGSTOP))
        elif what < 0.9:
            for test in children_of(worker)[:1]:
                self.count("tests killed", send(test, signal.SIGKILL))
        else:
            if self.count("runs suspended", send(supervisor, signal.SIGTSTP)):
                time.sleep(0.05)
                send(supervisor, signal.SIGCONT)

    def may_hurt(self):
        """On a slow machine a run meets more faults than it has tests; each worker that is stopped for good takes time."""
        return sum(self.faults.values()) < 200 and self.faults["workers stopped for good"] < 4

    def drain(self, pipe):
        while True:
            got = os.read(pipe, 100)
            if not got:
                return
            if self.choice_of_reader.random() < 0.02:
                self.faults["output held up"] += 1
                time.sleep(0.01)

    def run(self):
        self.choice_of_reader = random.Random(self.choice.random())
        with tempfile.TemporaryDirectory() as folder:
            report = f"{folder}/report.json"
            env = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
            child = subprocess.Popen([PROGRAM, "--isolate", self.mode, "-j4", "many/", "--color", "never", "--report",
                                      "json=" + report, "--timeout", "60s"], stdout=subprocess.PIPE, env=env)
            reader = threading.Thread(target=self.drain, args=(child.stdout.fileno(),))
            reader.start()
            try:
                while child.poll() is None:
                    if self.may_hurt():
                        self.hurt(child.pid)
                    time.sleep(self.choice.random() * 0.03)
            finally:
                child.kill()
                send(child.pid, signal.SIGCONT)
                child.wait()
                reader.join()
                child.stdout.close()
            with open(report, encoding="utf-8") as written:
                return child.returncode, json.load(written)

    def check(self, case):
        code, report = self.run()
        tests = report["tests"]
        case.assertEqual(len(tests), 2000)
        case.assertEqual(len({test["name"] for test in tests}), 2000)
        verdicts = {}
        for test in tests:
            verdicts[test["verdict"]] = verdicts.get(test["verdict"], 0) + 1
            # A test of this program fails only by a signal from here; one that was lost was tried once more.
            endings = [attempt["ending"] for attempt in test["attempts"]]
            case.assertIn(test["verdict"], ("passed", "failed", "lost"), test)
            case.assertTrue(1 <= len(endings) <= 2, test)
            case.assertEqual(endings[:-1], ["lost"] * (len(endings) - 1), test)
            case.assertIn(endings[-1], ("passed", "crashed", "exit_failure", "lost"), test)
            if test["verdict"] == "failed":
                case.assertEqual(test["attempts"][-1]["signal_name"], "SIGKILL", test)
        case.assertLessEqual(verdicts.get("failed", 0), self.faults["tests killed"])
        case.assertEqual(code, 1 if verdicts.get("failed") else 4 if verdicts.get("lost") else 0, verdicts)
        return verdicts


def state_of(pid):
    """Its state and its parent; None if it is not there."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as about:
            fields = about.read().rpartition(")")[2].split()
            return fields[0], int(fields[1])
    except OSError:
        return None


def lives(pid):
    state = state_of(pid)
    return state is not None and state[0] not in "ZX"


def descendants_of(pid):
    found = children_of(pid)
    for each in found:
        found.extend(children_of(each))
    return found


class Tree:
    """One run of 2,000 tests of which any process, but for the supervisor, may be hit at any time."""

    def __init__(self, choice, mode, hits):
        self.choice = choice
        self.mode = mode
        self.wanted = hits
        self.hits = {"killed": 0, "asked to end": 0, "stopped for a moment": 0}
        self.most_dead = 0
        self.mark = f"CHAOS_TREE={os.getpid()}-{choice.random()}"

    def left(self):
        """Processes of this run, of any generation, that live."""
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/environ", "rb") as variables:
                    if self.mark.encode() in variables.read() and lives(int(name)):
                        found.append(int(name))
            except OSError:
                pass
        return found

    def hit(self, supervisor):
        """One process of the tree, known by a descriptor: its number may be another's as soon as it is dead."""
        members = descendants_of(supervisor)
        if not members:
            return
        chosen = self.choice.choice(members)
        try:
            opened = os.pidfd_open(chosen)
        except OSError:
            return
        try:
            if chosen not in descendants_of(supervisor):
                return
            what = self.choice.random()
            if what < 0.6:
                signal.pidfd_send_signal(opened, signal.SIGKILL)
                self.hits["killed"] += 1
            elif what < 0.8:
                signal.pidfd_send_signal(opened, signal.SIGTERM)
                self.hits["asked to end"] += 1
            else:
                signal.pidfd_send_signal(opened, signal.SIGSTOP)
                self.hits["stopped for a moment"] += 1
                time.sleep(0.01)
                signal.pidfd_send_signal(opened, signal.SIGCONT)
        except ProcessLookupError:
            pass
        finally:
            os.close(opened)

    def count_dead(self, supervisor):
        states = [state_of(each) for each in children_of(supervisor)]
        self.most_dead = max(self.most_dead, sum(1 for each in states if each and each[0] == "Z"))

    def start(self, folder):
        env = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
        name, value = self.mark.split("=")
        env.update({name: value, "RUNS": f"{folder}/runs", "CORDON_HISTORY": "off"})
        return subprocess.Popen([PROGRAM, "--isolate", self.mode, "-j4", "many/", "--color", "never", "--report",
                                 f"json={folder}/report.json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                env=env)

    def run(self, case):
        """To its end. Returns the verdicts."""
        with tempfile.TemporaryDirectory() as folder:
            child = self.start(folder)
            try:
                while child.poll() is None:
                    if sum(self.hits.values()) < self.wanted:
                        self.hit(child.pid)
                    self.count_dead(child.pid)
                    time.sleep(self.choice.random() * 0.02)
            finally:
                child.kill()
                child.wait()
            left = self.left()
            case.assertEqual(left, [], "processes are left")
            self.check_runs(f"{folder}/runs", case)
            with open(f"{folder}/report.json", encoding="utf-8") as written:
                return self.verdicts_in(json.load(written), child.returncode, case)

    def check_runs(self, path, case):
        """No attempt ran twice."""
        with open(path, encoding="ascii") as runs:
            lines = runs.read().split("\n")[:-1]
        if self.mode == "shard":  # where what failed is run again, alone, when the run is over
            lines = [line for line in lines if line.endswith(" 1")]
        if len(lines) != len(set(lines)):
            twice = sorted({line for line in lines if lines.count(line) > 1})
            case.fail(f"attempts ran twice: {twice}")

    def verdicts_in(self, report, code, case):
        tests = report["tests"]
        case.assertEqual(len({test["name"] for test in tests}), 2000)
        case.assertEqual(len(tests), 2000)
        verdicts = {}
        for test in tests:
            verdicts[test["verdict"]] = verdicts.get(test["verdict"], 0) + 1
            last = test["attempts"][-1]
            if test["verdict"] == "failed":
                case.assertIn(last["signal_name"], ("SIGKILL", "SIGTERM"), test)
            elif test["verdict"] == "lost":
                case.assertEqual([each["ending"] for each in test["attempts"]], ["lost", "lost"], test)
            else:
                case.assertEqual(test["verdict"], "passed", test)
        case.assertLessEqual(verdicts.get("failed", 0) + verdicts.get("lost", 0), self.hits["killed"] +
                             self.hits["asked to end"])
        case.assertEqual(code, 1 if verdicts.get("failed") else 4 if verdicts.get("lost") else 0, verdicts)
        # What dead workers leave is reaped as it comes.
        case.assertLess(self.most_dead, 40)
        return verdicts

    def kill_with_supervisor(self, case):
        """In the middle of the run, the supervisor and some of its processes at once. Returns who is left."""
        with tempfile.TemporaryDirectory() as folder:
            child = self.start(folder)
            try:
                until = time.monotonic() + 20
                while len(descendants_of(child.pid)) < 8 and time.monotonic() < until:
                    time.sleep(0.002)
                time.sleep(self.choice.random() * 0.1)
                victims = [child.pid] + [each for each in children_of(child.pid) if self.choice.random() < 0.7]
                self.choice.shuffle(victims)
                for each in victims:
                    self.hits["killed"] += send(each, signal.SIGKILL)
            finally:
                child.kill()
                child.wait()
            until = time.monotonic() + 30
            while self.left() and time.monotonic() < until:
                time.sleep(0.01)
            left = self.left()
            case.assertEqual(left, [], "processes are left")


@unittest.skipUnless(os.path.exists("/proc/self/task") and hasattr(os, "pidfd_open"), "finds processes through /proc")
@unittest.skipUnless(NATIVE, "elsewhere a test outlives a worker that is killed, for a moment")
class TreeTest(unittest.TestCase):
    seed = 1
    hits = 150

    def test_any_process_of_the_tree_may_be_hit(self):
        choice = random.Random(self.seed)
        done, verdicts, number = {}, {}, 0
        while sum(done.values()) < self.hits:
            tree = Tree(choice, ("fork", "shard", "exec")[number % 3], self.hits - sum(done.values()))
            number += 1
            for name, count in tree.run(self).items():
                verdicts[name] = verdicts.get(name, 0) + count
            for name, count in tree.hits.items():
                done[name] = done.get(name, 0) + count
        print(f"seed {self.seed}, {2000 * number} tests: {verdicts}; {sum(done.values())} hits: {done}; "
              "no attempt ran twice, no process was left")

    def test_nothing_is_left_of_a_run_that_is_killed_with_some_of_its_processes(self):
        choice = random.Random(self.seed)
        killed = 0
        rounds = max(6, self.hits // 50)
        for number in range(rounds):
            tree = Tree(choice, ("fork", "shard", "exec")[number % 3], 0)
            tree.kill_with_supervisor(self)
            killed += tree.hits["killed"]
        print(f"seed {self.seed}: {rounds} runs killed, {killed} processes; no process was left")


class ChaosTest(unittest.TestCase):
    seed = 1
    rounds = 1

    @unittest.skipUnless(os.path.exists("/proc/self/task"), "finds workers through /proc")
    def test_every_test_has_one_true_result(self):
        choice = random.Random(self.seed)
        faults, verdicts = {}, {}
        for number in range(self.rounds):
            chaos = Chaos(choice, ("fork", "shard", "exec")[number % 3])
            for name, count in chaos.check(self).items():
                verdicts[name] = verdicts.get(name, 0) + count
            for name, count in chaos.faults.items():
                faults[name] = faults.get(name, 0) + count
        print(f"seed {self.seed}, {2000 * self.rounds} tests: {verdicts}; {sum(faults.values())} faults: {faults}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--hits", type=int, default=150)
    chosen, rest = parser.parse_known_args()
    ChaosTest.seed, ChaosTest.rounds = chosen.seed, chosen.rounds
    TreeTest.seed, TreeTest.hits = chosen.seed, chosen.hits
    unittest.main(argv=[sys.argv[0], *rest])
