"""--mcp: the Model Context Protocol server, spoken to as clients do, and as nobody should."""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
PROGRAM = CHILDREN / "page"
LIMIT = 120
ONCE = unittest.skipIf(CHILDREN.name == "portable", "the same code as in the native engine")
MODERN = "2026-07-28"


class Server:
    """A server process. Answers are found by their id; progress notifications are kept."""

    def __init__(self, program=PROGRAM, arguments=()):
        self.folder = tempfile.mkdtemp(prefix="mcp-test-")
        kept = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
        self.process = subprocess.Popen([str(program), "--mcp", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env={**kept, "CORDON_HISTORY": "off", "TMPDIR": self.folder})
        self.last = 0
        self.notes = []

    def send(self, message):
        text = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.process.stdin.write(text + b"\n")
        self.process.stdin.flush()

    def read(self):
        line = self.process.stdout.readline()
        assert line.endswith(b"\n"), line
        return json.loads(line), len(line)

    def answer_to(self, wanted):
        while True:
            message, size = self.read()
            if "id" not in message:
                self.notes.append(message)
            elif message["id"] == wanted:
                return message, size

    def request(self, method, params=None):
        self.last += 1
        self.send({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params or {}})
        return self.answer_to(self.last)

    def tool(self, name, meta=None, **arguments):
        message, size = self.request("tools/call", {"name": name, "arguments": arguments, **({"_meta": meta} if meta else {})})
        result = message["result"]
        self.size = size
        assert size <= arguments.get("max_bytes", 2048), (size, result)
        return result

    def good(self, name, **arguments):
        result = self.tool(name, **arguments)
        assert not result["isError"], result
        return result["structuredContent"]

    def trouble(self, name, **arguments):
        result = self.tool(name, **arguments)
        assert result["isError"], result
        return result["content"][0]["text"]

    def close(self):
        self.process.stdin.close()
        code = self.process.wait(LIMIT)
        assert self.process.stdout.read() == b""
        errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        left = os.listdir(self.folder)
        shutil.rmtree(self.folder)
        assert code == 0 and errors == b"" and left == [], (code, errors, left)


class WithServer(unittest.TestCase):
    def setUp(self):
        self.server = Server()

    def tearDown(self):
        self.server.close()


@ONCE
class Protocol(WithServer):
    def test_each_date_of_the_handshake(self):
        for version in ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"):
            result = self.server.request("initialize", {"protocolVersion": version, "capabilities": {},
                                                        "clientInfo": {"name": "test", "version": "1"}})[0]["result"]
            self.assertEqual(result["protocolVersion"], version)
            self.assertIn("tools", result["capabilities"])
            self.assertNotIn("resultType", result)
        self.assertEqual(self.server.request("initialize", {"protocolVersion": "1999"})[0]["result"]["protocolVersion"],
                         "2025-11-25")
        self.server.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self.assertEqual(self.server.request("ping")[0]["result"], {})

    def test_without_a_handshake(self):
        meta = {"io.modelcontextprotocol/protocolVersion": MODERN, "io.modelcontextprotocol/clientCapabilities": {}}
        found = self.server.request("server/discover", {"_meta": meta})[0]["result"]
        self.assertEqual((found["resultType"], MODERN in found["supportedVersions"]), ("complete", True))
        self.assertGreater(found["ttlMs"], 0)
        tools = self.server.request("tools/list", {"_meta": meta})[0]["result"]
        self.assertEqual(tools["resultType"], "complete")
        self.assertEqual(tools["tools"], self.server.request("tools/list")[0]["result"]["tools"])
        called = self.server.tool("list_tests", meta)
        self.assertEqual(called["resultType"], "complete")
        error = self.server.request("tools/list", {"_meta": {**meta, "io.modelcontextprotocol/protocolVersion": "2031-01-01"}})
        self.assertEqual(error[0]["error"]["code"], -32022)
        self.assertEqual(error[0]["error"]["data"], {"supported": [MODERN], "requested": "2031-01-01"})

    def test_answers_keep_ids_of_each_type(self):
        for name in ("text \" \\ \u20ac", 0, -7, 2.5):
            self.server.send({"jsonrpc": "2.0", "id": name, "method": "ping"})
            self.assertEqual(self.server.read()[0], {"jsonrpc": "2.0", "id": name, "result": {}})


class Tools(WithServer):
    def test_a_session(self):
        server = self.server
        listed = server.good("list_tests")
        self.assertEqual((len(listed["tests"]), listed["next_offset"]), (listed["total"], None))
        self.assertEqual(server.good("list_tests", offset=1, limit=2)["tests"], listed["tests"][1:3])
        self.assertEqual(server.good("list_tests", patterns=["sum adds"])["total"], 1)
        self.assertEqual(server.good("list_tests", filter="tag(fast)")["total"], 2)

        run = server.good("run_tests", meta={"progressToken": "bar"})
        self.assertEqual((run["state"], run["exit_code"], run["selected"]), ("finished", 1, listed["total"]))
        self.assertEqual(run["finished"], sum(run["counts"].values()))
        self.assertGreaterEqual(run["failed_total"], len(run["failed"]))
        progress = [note["params"] for note in server.notes]
        self.assertTrue(progress and all(note["progressToken"] == "bar" for note in progress))
        self.assertEqual(sorted({note["progress"] for note in progress}), [note["progress"] for note in progress])
        self.assertEqual({note.get("total") for note in progress}, {run["selected"]})
        self.assertEqual(server.good("get_run"), run)

        failed = run["failed"][0]
        details = server.tool("get_failure", test=failed)
        self.assertEqual(details["structuredContent"]["verdict"], "failed")
        self.assertIn(".cpp:", details["content"][0]["text"])
        whole, at = "", 0
        while at is not None:
            part = server.tool("get_failure", test=failed, offset=at, max_bytes=650)
            whole += part["content"][0]["text"]
            at = part["structuredContent"]["next_offset"]
        self.assertEqual(len(whole.encode()), details["structuredContent"]["total_bytes"])
        self.assertGreater(server.good("get_metrics")["duration_ms"], 0)

        again = server.good("retry_failed", run_id=run["run_id"], retries=1, backoff="exponential", delay="1ms")
        self.assertEqual(again["selected"], run["failed_total"])
        history = server.good("history", test=failed)["runs"]
        self.assertEqual([(each["run_id"], each["verdict"]) for each in history],
                         [(again["run_id"], "failed"), (run["run_id"], "failed")])

    @ONCE
    def test_flakes(self):
        self.assertEqual(self.server.good("detect_flaky", patterns=["sum adds"], runs=5)["counts"], {"passed": 1})
        self.assertEqual(self.server.good("find_polluter", test="sum adds", time="1s")["exit_code"], 0)
        self.assertEqual(self.server.good("explain_flaky", patterns=["sum adds"], conditions="tz", time="1s")["exit_code"], 0)

    def test_a_time_limit_for_later_runs(self):
        self.assertEqual(self.server.good("set_timeout", timeout="10ms")["timeout"], "10ms")
        self.assertIn("expected a duration", self.server.trouble("set_timeout", timeout="soon"))

    def test_a_long_run_is_polled_and_cancelled(self):
        server = self.server
        run = server.good("detect_flaky", patterns=["sum adds"], runs=100000000, time="1h", wait_ms=0)
        self.assertEqual((run["state"], run["exit_code"]), ("running", None))
        self.assertEqual(server.good("get_run", run_id=run["run_id"], wait_ms=1)["state"], "running")
        self.assertEqual(server.good("cancel", run_id=run["run_id"])["state"], "cancelled")
        self.assertEqual(server.good("cancel", run_id=run["run_id"])["state"], "cancelled")

    def test_a_cancelled_request_gets_no_answer(self):
        server = self.server
        server.send({"jsonrpc": "2.0", "id": "long", "method": "tools/call", "params": {
            "name": "detect_flaky", "arguments": {"patterns": ["sum adds"], "runs": 100000000, "time": "1h"}}})
        for _ in range(2):
            server.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "long"}})
        self.assertEqual(server.request("ping")[0]["result"], {})
        self.assertEqual(server.good("get_run")["state"], "cancelled")

    def test_wrong_arguments_are_told_to_the_model(self):
        server = self.server
        self.assertIn("expected patterns, filter", server.trouble("run_tests", pattern="x"))
        for name, value in (("jobs", "2"), ("jobs", -1), ("jobs", 1.5), ("patterns", "x"), ("patterns", [1]), ("filter", {})):
            self.assertIn(f"argument '{name}': expected", server.trouble("run_tests", **{name: value}))
        self.assertIn("is missing", server.trouble("get_failure"))
        self.assertIn("there is no run", server.trouble("get_run"))
        self.assertIn("expected", server.trouble("run_tests", filter="tag("))
        self.assertIn("matches no test", server.trouble("run_tests", patterns=["no such test"]))
        self.assertEqual(server.request("tools/call", {"name": "rm"})[0]["error"]["code"], -32602)
        # A value is never another option.
        self.assertIn("matches no test", server.trouble("run_tests", patterns=["--report=json=/tmp/x"]))

    def test_a_rebuilt_program_is_the_one_that_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "tests"
            shutil.copy2(PROGRAM, copy)
            server = Server(copy)
            self.assertFalse(server.good("list_tests")["program_rebuilt"])
            build = pathlib.Path(folder) / "new"
            build.write_text("#!/bin/sh\necho '{\"tests\": [{\"name\": \"from the new program\", \"suite\": null}]}'\n")
            build.chmod(0o755)
            build.rename(copy)
            listed = server.good("list_tests")
            self.assertEqual((listed["tests"], listed["program_rebuilt"]), (["from the new program"], True))
            copy.unlink()
            self.assertIn("exit code 127", server.trouble("run_tests"))
            server.close()


@ONCE
class Hostile(WithServer):
    def check_alive(self):
        self.server.send({"jsonrpc": "2.0", "id": "alive", "method": "ping"})
        self.assertEqual(self.server.answer_to("alive")[0]["result"], {})

    def test_garbage_is_a_parse_error(self):
        for garbage in (b"x" * 1_000_000, b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe", b"{", b'{"id": 1e}', b'"\\u12"'):
            self.server.send(garbage)
            self.assertEqual(self.server.read()[0]["error"]["code"], -32700)
        self.server.send(b"y" * (9 * 1024 * 1024))
        self.assertEqual(self.server.read()[0]["error"]["code"], -32700)
        self.check_alive()

    def test_what_is_no_request(self):
        for message in ([], [{}], 1, "x", None, {}, {"jsonrpc": "1.0", "id": 1, "method": "ping"}, {"jsonrpc": "2.0", "id": 1},
                        {"jsonrpc": "2.0", "id": {}, "method": "ping"}, {"jsonrpc": "2.0", "id": 1, "method": 7},
                        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}):
            self.server.send(message)
            self.assertEqual(self.server.read()[0]["error"]["code"], -32600, message)
        self.server.send({"jsonrpc": "2.0", "id": 1, "method": "resources/list"})
        self.assertEqual(self.server.read()[0]["error"]["code"], -32601)
        for ignored in ({"jsonrpc": "2.0", "id": 1, "result": {}}, {"jsonrpc": "2.0", "method": "notifications/other"},
                        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "unknown"}}):
            self.server.send(ignored)
        self.check_alive()

    def test_random_changes_of_messages(self):
        chance = random.Random(1)
        messages = [json.dumps(each).encode() for each in (
            {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "history", "arguments": {"limit": 3}}},
            {"jsonrpc": "2.0", "id": 2, "method": "initialize", "params": {"protocolVersion": "2025-06-18"}},
            {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "get_failure", "arguments": {
                "test": "\u20ac\U0001f600", "run_id": 1, "offset": 0}, "_meta": {"progressToken": 1}}})]
        for i in range(2000):
            if i % 50 == 0:
                self.check_alive()  # reads the answers before a pipe is full
            message = bytearray(chance.choice(messages))
            for _ in range(chance.randrange(1, 6)):
                message[chance.randrange(len(message))] = chance.choice(b'{}[]":,\\u0019ntfe-. \xff')
            self.server.send(bytes(message).replace(b"\n", b" "))
        self.check_alive()


class Endings(unittest.TestCase):
    def test_the_server_ends_its_runs_when_input_ends(self):
        server = Server()
        server.good("detect_flaky", patterns=["sum adds"], runs=100000000, time="1h", wait_ms=0)
        server.close()

    def test_a_signal_ends_it_too(self):
        server = Server()
        server.request("ping")
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(LIMIT), 0)
        server.close()

    def test_other_options_go_to_each_run(self):
        server = Server(arguments=["--exclude", "prints a lot", "-j1"])
        self.assertNotIn("prints a lot", " ".join(server.good("list_tests")["tests"]))
        server.close()


if __name__ == "__main__":
    unittest.main()
