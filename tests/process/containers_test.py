"""Runs with --agent in containers. Neither Docker nor Kubernetes is here: a stand-in behaves as `docker run -i` and `kubectl
exec -i` do, as far as a stream can tell.

- The client is not the parent of what runs: a daemon starts it, and passes on bytes over a socket. Output and error output come
  in blocks with a header of eight bytes, cut anywhere (the Docker Engine API, "ContainerAttach", stream format).
- What runs sees another host name and, with `run`, is process 1 of its own process namespace, as there without --init.
- A client that is killed ends nothing there: the daemon closes the standard input of what runs, and lets it run on.
"""

import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve()
# What `docker run` isolates. Without the right to do so, processes are only in another session.
NAMESPACES = ["unshare", "--pid", "--fork", "--mount-proc", "--uts", "--kill-child"]


def client(address, how, words):
    """`docker run -i IMAGE COMMAND...` or `kubectl exec -i POD -- COMMAND...`; returns the exit code of what ran."""
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(address)
        order = "\0".join([how, os.getcwd(), *words]).encode()
        stream.sendall(struct.pack(">I", len(order)) + order)

        def pass_input():
            while data := os.read(0, 65536):
                stream.sendall(data)
            stream.shutdown(socket.SHUT_WR)

        threading.Thread(target=pass_input, daemon=True).start()
        while header := receive(stream, 8):
            kind, length = struct.unpack(">BxxxI", header)
            data = receive(stream, length)
            if kind == 3:
                return struct.unpack(">I", data)[0]
            while data:
                data = data[os.write(kind, data):]
    return 125


def receive(stream, length):
    """So many bytes, or none at the end."""
    data = b""
    while len(data) < length:
        more = stream.recv(length - len(data))
        if not more:
            return b""
        data += more
    return data


class Daemon:
    """Starts what clients ask for. `started`: the processes, in order."""

    def __init__(self, folder):
        self.address = f"{folder}/daemon"
        self.started = []
        self.isolates = subprocess.run([*NAMESPACES, "true"], capture_output=True, check=False).returncode == 0
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.address)
        self.listener.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=[stream], daemon=True).start()

    def serve(self, stream):
        length, = struct.unpack(">I", receive(stream, 4))
        how, folder, *words = receive(stream, length).decode().split("\0")
        if self.isolates:
            inside = NAMESPACES if how == "run" else ["unshare", "--uts"]
            words = [*inside, "sh", "-c", 'hostname "$0" && exec "$@"', f"{how}-{len(self.started) + 1}", *words]
        # A container has none of the client's variables.
        environment = {"PATH": os.environ["PATH"], "HOME": "/", "CORDON_HISTORY": "off"}
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder,
                                   env=environment, start_new_session=True)
        self.started.append(process)
        sending = threading.Lock()

        def send(kind, data):
            with sending:
                stream.sendall(struct.pack(">BxxxI", kind, len(data)) + data)

        def pass_output(kind, pipe):
            while data := os.read(pipe.fileno(), 1021):
                try:
                    send(kind, data)
                except OSError:
                    pass  # the client is gone

        def pass_input():
            try:
                while data := stream.recv(65536):
                    process.stdin.write(data)
                    process.stdin.flush()
            except OSError:
                pass
            process.stdin.close()

        readers = [threading.Thread(target=pass_output, args=each, daemon=True) for each in ((1, process.stdout), (2, process.stderr))]
        for each in readers:
            each.start()
        threading.Thread(target=pass_input, daemon=True).start()
        code = process.wait()
        for each in readers:
            each.join()
        try:
            send(3, struct.pack(">I", code if code >= 0 else 128 - code))
        except OSError:
            pass
        stream.close()

    def agent(self, how):
        return ["--agent", f"{sys.executable} {HERE} --client {self.address} {how}"]

    def wait_until_all_ended(self):
        until = time.monotonic() + 30
        while any(each.poll() is None for each in self.started):
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def end(self):
        self.listener.close()
        for each in self.started:
            if each.poll() is None:
                os.killpg(each.pid, signal.SIGKILL)


if __name__ == "__main__" and sys.argv[1:2] == ["--client"]:
    sys.exit(client(sys.argv[2], sys.argv[3], sys.argv[4:]))

sys.path.insert(0, str(HERE.parent))
import agents_test  # noqa: E402
from agents_test import CHILDREN, Run  # noqa: E402


@unittest.skipUnless(shutil.which("unshare") and CHILDREN.name == "native", "needs unshare; once is enough")
class ContainersTest(unittest.TestCase):
    check_all_passed_once = agents_test.AgentsTest.check_all_passed_once
    check_lost = agents_test.AgentsTest.check_lost

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.daemon = Daemon(holder.name)
        self.addCleanup(self.daemon.end)

    def test_tests_end_as_they_end_here(self):
        here = Run("endings", "-j2", "--seed=1")
        for how in ("run", "exec"):
            there = Run("endings", "-j0", "--agent-jobs=2", "--seed=1", *self.daemon.agent(how))
            self.assertEqual(here.code, there.code, f"{here}\n{there}")
            local, remote = here.tests(), there.tests()
            for name, test in local.items():
                with self.subTest(how=how, test=name):
                    self.assertEqual((test["verdict"], [each["ending"] for each in test["attempts"]]),
                                     (remote[name]["verdict"], [each["ending"] for each in remote[name]["attempts"]]))
            self.assertTrue(self.daemon.wait_until_all_ended())

    def test_reports_name_the_container(self):
        run = Run("agents", "-j0", "--agent-jobs=1", *self.daemon.agent("run"), *self.daemon.agent("exec"))
        self.check_all_passed_once(run)
        if self.daemon.isolates:
            hosts = {test["attempts"][0]["host"].partition("-")[0] for test in run.report["tests"]}
            self.assertEqual(hosts, {"run", "exec"})

    def test_a_client_that_is_killed_costs_only_time_and_leaves_nothing(self):
        for how in ("run", "exec"):
            with self.subTest(how=how):
                killed = []

                def kill(finished, pid):
                    if finished == 10 and not killed:
                        killed.extend(agents_test.children_of(pid))
                        clients = [each for each in killed if b"--client" in agents_test.command_of(each)]
                        self.assertEqual(len(clients), 1)
                        os.kill(clients[0], signal.SIGKILL)

                run = agents_test.run_and_watch("agents", kill, "-j1", "--agent-jobs=2", *self.daemon.agent(how))
                self.check_all_passed_once(run)
                self.check_lost(run, "its command was ended by SIGKILL")
                self.assertTrue(self.daemon.wait_until_all_ended())


if __name__ == "__main__":
    unittest.main()
