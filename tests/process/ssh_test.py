"""Runs with --agent over real ssh: an sshd of its own on this machine, and, as root, one behind a link that is cut."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import agents_test  # noqa: E402
from agents_test import CHILDREN, Run, children_of, command_of  # noqa: E402

SSHD = shutil.which("sshd") or shutil.which("/usr/sbin/sshd")
NATIVE = CHILDREN.name == "native"
QUICK = ["-o", "ConnectTimeout=3"]


class Server:
    """An sshd with throw-away keys that lets only this user in. `prefix`: a command before it, such as for a namespace."""

    def __init__(self, folder, address="127.0.0.1", port=None, prefix=()):
        self.folder, self.address = pathlib.Path(folder), address
        self.port = port or self.free_port()
        for name in ("host", "user", "other"):
            if not (self.folder / name).exists():
                subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / name], check=True)
        (self.folder / "authorized").write_text((self.folder / "user.pub").read_text(encoding="ascii"), encoding="ascii")
        (self.folder / "config").write_text(
            f"Port {self.port}\nListenAddress {address}\nHostKey {self.folder}/host\nPidFile none\nStrictModes no\n"
            f"AuthorizedKeysFile {self.folder}/authorized\nUsePAM no\nPasswordAuthentication no\nPrintMotd no\n", encoding="ascii")
        if os.geteuid() == 0:
            pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        self.process = subprocess.Popen([*prefix, SSHD, "-D", "-e", "-f", self.folder / "config"], stderr=subprocess.PIPE,
                                        stdin=subprocess.DEVNULL)

    @staticmethod
    def free_port():
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return free.getsockname()[1]

    def command(self, key="user", more=()):
        return " ".join(["ssh -T -F none -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o LogLevel=ERROR", *more,
                         f"-o UserKnownHostsFile={self.folder}/known -o IdentitiesOnly=yes -i {self.folder}/{key}",
                         f"-p {self.port} {self.address}"])

    def agent(self, **how):
        return ["--agent", self.command(**how)]

    def lets_in(self):
        """Waits until it does. False where this machine's accounts do not allow it."""
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            done = subprocess.run([*self.command().split(), "true"], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return True
            if "Permission denied" in done.stderr:
                return False
            time.sleep(0.05)
        return False

    def sessions(self):
        return children_of(self.process.pid)

    def end(self):
        for session in self.sessions():
            with contextlib.suppress(ProcessLookupError):
                os.kill(session, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()


@unittest.skipUnless(SSHD and shutil.which("ssh") and NATIVE, "needs ssh and sshd; once is enough")
class SshTest(unittest.TestCase):
    maxDiff = 4000
    check_all_passed_once = agents_test.AgentsTest.check_all_passed_once
    check_lost = agents_test.AgentsTest.check_lost
    check_ended = agents_test.AgentsTest.check_ended

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.server = Server(cls.holder.name)
        if not cls.server.lets_in():
            cls.tearDownClass()
            raise unittest.SkipTest("this user cannot log in by ssh")

    @classmethod
    def tearDownClass(cls):
        cls.server.end()
        cls.holder.cleanup()

    def test_tests_end_as_they_end_here(self):
        here = Run("endings", "-j2", "--seed=1")
        there = Run("endings", "-j0", "--agent-jobs=2", "--seed=1", *self.server.agent())
        self.assertEqual(here.code, there.code, f"{here}\n{there}")
        local, remote = here.tests(), there.tests()
        self.assertEqual(list(local), list(remote))
        for name, test in local.items():
            with self.subTest(test=name):
                self.assertEqual((test["verdict"], [each["ending"] for each in test["attempts"]]),
                                 (remote[name]["verdict"], [each["ending"] for each in remote[name]["attempts"]]))

    def test_several_connections_and_workers_here_share_the_tests(self):
        run = Run("agents", "-j1", "--agent-jobs=1", *self.server.agent(), *self.server.agent())
        self.check_all_passed_once(run)
        self.assertEqual({test["attempts"][0]["slot"] for test in run.report["tests"]}, {0, 1, 2})

    def test_a_connection_that_dies_costs_only_time(self):
        gone = []

        def kill_session(finished, _):
            if finished == 10 and not gone:
                for session in self.server.sessions():
                    gone.extend(each for below in children_of(session) for each in [below, *children_of(below)])
                    os.kill(session, signal.SIGKILL)

        run = agents_test.run_and_watch("agents", kill_session, "-j1", "--agent-jobs=2", *self.server.agent())
        self.check_all_passed_once(run)
        self.check_lost(run, "its command ended with exit code 255")
        self.assertNotEqual(gone, [])
        self.check_ended(gone)

    def test_a_key_that_is_not_accepted_is_told(self):
        run = Run("agents", "-j2", *self.server.agent(key="other"), "many/1")
        self.check_all_passed_once(run, 12)
        told = " ".join(notice["text"] for notice in run.report["notices"])
        self.assertIn("could not be reached: its command ended with exit code 255", told)
        self.assertIn("Permission denied", told)


@unittest.skipUnless(SSHD and shutil.which("ip") and os.geteuid() == 0 and NATIVE, "needs root, ssh, sshd and network namespaces")
class CutLinkTest(unittest.TestCase):
    """Another network is another host: its link goes down, and nobody is told."""

    check_all_passed_once = agents_test.AgentsTest.check_all_passed_once
    check_lost = agents_test.AgentsTest.check_lost
    check_ended = agents_test.AgentsTest.check_ended

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.name = f"cordon{os.getpid() % 100000}"
        self.link = f"cd{os.getpid() % 100000}"
        net = f"10.{os.getpid() // 256 % 200 + 20}.{os.getpid() % 256}"
        made = subprocess.run(["ip", "netns", "add", self.name], capture_output=True, check=False)
        if made.returncode != 0:
            self.skipTest("there are no network namespaces")
        self.addCleanup(subprocess.run, ["ip", "netns", "del", self.name], check=False)
        inside = ["ip", "netns", "exec", self.name]
        for command in (["ip", "link", "add", self.link, "type", "veth", "peer", "name", "far", "netns", self.name],
                        ["ip", "addr", "add", f"{net}.1/24", "dev", self.link], ["ip", "link", "set", self.link, "up"],
                        [*inside, "ip", "addr", "add", f"{net}.2/24", "dev", "far"], [*inside, "ip", "link", "set", "far", "up"]):
            if subprocess.run(command, capture_output=True, check=False).returncode != 0:
                self.skipTest("there are no virtual links")
        self.server = Server(holder.name, f"{net}.2", 2222, inside)
        self.addCleanup(self.server.end)
        if not self.server.lets_in():
            self.skipTest("this user cannot log in by ssh")

    def test_a_host_that_falls_silent_costs_only_time(self):
        left = []

        def cut(finished, _):
            if finished == 10 and not left:
                below = self.server.sessions()
                while below:
                    left.extend(below)
                    below = [each for one in below for each in children_of(one)]
                subprocess.run(["ip", "link", "set", self.link, "down"], check=True)

        run = agents_test.run_and_watch("agents", cut, "-j1", "--agent-jobs=2", "--agent-timeout=2s", *self.server.agent(more=QUICK))
        self.check_all_passed_once(run)
        self.check_lost(run, "it has said nothing for 2.00 s")
        agents = [each for each in left if b"--serve-agent" in command_of(each)]
        self.check_ended(agents)


if __name__ == "__main__":
    unittest.main()
