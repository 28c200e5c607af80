"""A run to which everything happens at once: workers killed and stopped, the run suspended, its output held up.

What happens, and when, follows from a seed (--seed N; the run's own timing is the machine's). Each test has exactly one true
result in the end. As a test it does 2,000 tests; by hand, with CORDON_CHILD_DIR set:

    tests/process/chaos_test.py --rounds 5 --seed 7      # 10,000 tests, and prints how many faults there were
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

PROGRAM = str(pathlib.Path(os.environ["CORDON_CHILD_DIR"]) / "outside")


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
    chosen, rest = parser.parse_known_args()
    ChaosTest.seed, ChaosTest.rounds = chosen.seed, chosen.rounds
    unittest.main(argv=[sys.argv[0], *rest])
