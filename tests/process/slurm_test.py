"""Runs with --agent in an allocation of Slurm, and parts as an array: a cluster of two nodes on this machine.

Needs root and the Debian packages slurmctld, slurmd, slurm-client and munge; without them nothing is tested."""

import collections
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import agents_test  # noqa: E402
from agents_test import CHILDREN, Run  # noqa: E402

NEEDED = ("slurmctld", "slurmd", "srun", "salloc", "sbatch", "munged")
HAS_SLURM = all(shutil.which(each, path=os.environ["PATH"] + ":/usr/sbin") for each in NEEDED) and os.geteuid() == 0
CONFIGURATION = """
ClusterName=test
SlurmctldHost={host}
SlurmctldPort={ports[0]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/ctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
KillWait=2
NodeName=n1 NodeHostname={host} Port={ports[1]} CPUs=2
NodeName=n2 NodeHostname={host} Port={ports[2]} CPUs=2
PartitionName=all Nodes=n1,n2 Default=YES State=UP MaxTime=INFINITE
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@unittest.skipUnless(HAS_SLURM and CHILDREN.name == "native", "needs Slurm and root; once is enough")
class SlurmTest(unittest.TestCase):
    check_all_passed_once = agents_test.AgentsTest.check_all_passed_once
    check_lost = agents_test.AgentsTest.check_lost
    AGENTS = [word for node in ("n1", "n2") for word in ("--agent", f"srun -u -N1 -n1 --overlap -w {node}")]

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        folder = cls.folder = pathlib.Path(cls.holder.name)
        for name in ("state", "spool.n1", "spool.n2"):
            (folder / name).mkdir()
        (folder / "key").write_bytes(os.urandom(128))
        os.chmod(folder / "key", 0o400)
        os.chmod(folder, 0o755)
        configuration = CONFIGURATION.format(host=socket.gethostname().split(".")[0], ports=free_ports(3), folder=folder)
        (folder / "slurm.conf").write_text(configuration, encoding="ascii")
        os.environ["SLURM_CONF"] = agents_test.ENVIRONMENT["SLURM_CONF"] = str(folder / "slurm.conf")
        os.environ["PATH"] += ":/usr/sbin"
        cls.daemons = []
        for command in (["munged", "-F", "--force", f"--key-file={folder}/key", f"--socket={folder}/munge.socket",
                         f"--pid-file={folder}/munge.pid", f"--log-file={folder}/munge.log", f"--seed-file={folder}/seed"],
                        ["slurmctld", "-D"], ["slurmd", "-D", "-N", "n1"], ["slurmd", "-D", "-N", "n2"]):
            with open(folder / f"{command[0]}.out", "ab") as log:
                cls.daemons.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
            if command[0] == "munged":
                cls.wait_for(lambda: (folder / "munge.socket").exists())
        cls.wait_for(lambda: b"idle 2" in subprocess.run(["sinfo", "-h", "-o", "%T %D"], capture_output=True, check=False).stdout)

    @classmethod
    def wait_for(cls, condition):
        until = time.monotonic() + 60
        while not condition():
            if time.monotonic() > until:
                texts = [each.read_text(errors="replace")[-2000:] for each in cls.folder.glob("*.out")]
                cls.tearDownClass()
                raise AssertionError("\n".join(texts))
            time.sleep(0.1)

    @classmethod
    def tearDownClass(cls):
        for each in reversed(cls.daemons):
            each.terminate()
        for each in cls.daemons:
            each.wait()
        cls.holder.cleanup()

    def in_allocation(self, command):
        return ["salloc", "-Q", "-N2", "--ntasks-per-node=1", "--cpus-per-task=1", *command]

    def test_an_agent_on_each_node_of_an_allocation(self):
        run = Run("agents", "-j0", "--agent-jobs=2", *self.AGENTS, before=self.in_allocation([]))
        self.check_all_passed_once(run)
        slots = collections.Counter(test["attempts"][0]["slot"] for test in run.report["tests"])
        self.assertEqual(set(slots), {0, 1, 2, 3})

    def test_a_step_that_is_cancelled_costs_only_time(self):
        cancelled = []

        def cancel(finished, _):
            if finished == 10 and not cancelled:
                steps = subprocess.run(["squeue", "-h", "-s", "-w", "n1", "-o", "%i"], capture_output=True, text=True, check=True)
                cancelled.extend(step for step in steps.stdout.split() if step.rpartition(".")[2].isdigit())
                subprocess.run(["scancel", "-s", "KILL", *cancelled], check=True)

        run = agents_test.run_and_watch("agents", cancel, "-j0", "--agent-jobs=2", *self.AGENTS, before=self.in_allocation([]))
        self.assertEqual(len(cancelled), 1)
        # Slurm kills the tests of the step, too. If their agent lives a moment longer, it tells that.
        killed = [test for test in run.report["tests"] if test["verdict"] != "passed"]
        self.assertEqual({test["attempts"][-1]["signal_name"] for test in killed} - {"SIGKILL"}, set())
        self.assertLessEqual(len(killed), 2)
        self.assertEqual((run.code, len(run.report["tests"])), (1 if killed else 0, 84))
        self.check_lost(run, "")

    def test_an_array_of_parts_makes_one_report(self):
        script = self.folder / "script"
        script.write_text(f"#!/bin/sh\ncd {self.folder}\n{CHILDREN}/agents --shard auto --record part-$SLURM_ARRAY_TASK_ID.rec\n")
        subprocess.run(["sbatch", "-Q", "--wait", "-n1", "--array=1-3", f"--output={self.folder}/out-%a", script], check=True,
                       stdout=subprocess.DEVNULL)
        parts = sorted(str(each) for each in self.folder.glob("part-*.rec"))
        self.assertEqual(len(parts), 3)
        self.check_all_passed_once(Run("agents", "--replay", *parts))
        missing = Run("agents", "--replay", *parts[1:])
        self.assertNotEqual(missing.code, 0, missing)


if __name__ == "__main__":
    unittest.main()
