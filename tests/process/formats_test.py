"""The report formats, read as their readers read them: hostile names and output must not get out of their places."""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

try:
    import jsonschema
except ImportError:  # Debian: python3-jsonschema
    jsonschema = None

HERE = pathlib.Path(__file__).resolve().parent
CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
# Direction marks, what takes no room, tags: shown in place, they make a reader see another text.
UNSEEN = ("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb"
          "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
FORMATS = ("events", "junit", "tap", "github", "teamcity", "ctrf", "trace", "json")
# Test programs whose runs have much to report between them, and how they are run.
TELLING_RUNS = (
    ("hostile", ["--show-output=all"]),
    ("decorators", ["--retries=2"]),
    ("assertions", []),
    ("output", ["--fail-fast", "-j1"]),
    ("setup_troubles", ["-x", "hang", "-x", "thread"]),
)
HOSTILE = "]]> </script> <b> & \" ' ::set-env name=a::b ##teamcity[x] ##[error] # TODO | \\ `x` %0A 100%, a:b"


def run(child, folder, *options, summary=True):
    """All formats of one run, from its recording too."""
    def write(name, arguments):
        reports = [f"--report={each}={folder}/{name}.{each}" for each in FORMATS]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
        environment["CORDON_HISTORY"] = "off"
        if summary:
            environment["GITHUB_STEP_SUMMARY"] = f"{folder}/{name}.md"
        done = subprocess.run([CHILDREN / child, *reports, *arguments], capture_output=True, timeout=200, check=False,
                              env=environment)
        assert done.stderr == b"", done.stderr
        return done.returncode

    code = write("live", ["--record", f"{folder}/recording", *options])
    output = [each for each in options if each.startswith("--show-output")]
    assert write("again", ["--replay", f"{folder}/recording", *output]) == code
    texts = {}
    for each in (*FORMATS, "md"):
        live, again = (pathlib.Path(folder) / f"{name}.{each}" for name in ("live", "again"))
        texts[each] = live.read_bytes()
        assert texts[each] == again.read_bytes(), f"{each}: the replay differs"
    return texts


class FormatsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.texts = run("formats", cls.folder.name, "-j2", "--show-output=all", "--output-limit=20M",
                        "--retry-on=fail,crash")
        cls.tests = {test["name"]: test for test in json.loads(cls.texts["json"])["tests"]}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def text(self, name):
        return self.texts[name].decode("utf-8")

    def test_texts_are_utf8_and_harmless_to_a_terminal(self):
        for name in (*FORMATS, "md"):
            with self.subTest(name):
                text = self.text(name)
                self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\x7f]")
                self.assertNotRegex(text, UNSEEN)
                if name not in ("json", "events", "ctrf", "trace"):
                    self.assertLess(len(text), 4_000_000)

    def test_what_cannot_be_seen_is_spelled_in_every_format_and_list(self):
        """Direction marks, blanks of no width and tags in names, suites, tags, values and output."""
        with tempfile.TemporaryDirectory() as folder:
            texts = run("hostile", folder, "--show-output=all", "-v", "*turned*")
            for name in (*FORMATS, "md"):
                with self.subTest(name):
                    self.assertNotRegex(texts[name].decode(), UNSEEN)
                    self.assertRegex(texts[name].decode(), r"\\+u202e")
            page = pathlib.Path(folder, "page.html")
            subprocess.run([CHILDREN / "hostile", f"--report=html={page}", "--show-output=all"], capture_output=True, check=False)
            self.assertNotRegex(page.read_text(encoding="utf-8"), UNSEEN)
        for way in (["--list"], ["--list-tags"], ["--list=json"], ["--color=always", "-v", "*turned*"], ["--find-polluter=no\u202ename"]):
            with self.subTest(way):
                done = subprocess.run([CHILDREN / "hostile", *way], capture_output=True, check=False)
                said = (done.stdout + done.stderr).decode()
                self.assertNotRegex(said, UNSEEN)
                self.assertIn("\\u202e", said)

    # ---- junit ----

    def cases(self):
        suite = xml.etree.ElementTree.fromstring(self.texts["junit"])
        return suite, {case.get("name"): case for case in suite.findall("testcase")}

    def test_junit_and_ctrf_are_valid_for_their_schemas(self):
        self.check_schemas(self.folder.name)
        for child, options in TELLING_RUNS:
            with self.subTest(child), tempfile.TemporaryDirectory() as folder:
                run(child, folder, *options)
                self.check_schemas(folder)
        missing = [name for name, found in (("xmllint", shutil.which("xmllint")), ("jsonschema", jsonschema)) if not found]
        if missing:
            self.skipTest("not looked at without " + " and ".join(missing))

    def check_schemas(self, folder):
        self.check_surefire_schema(folder)
        if jsonschema is None:
            return
        schema = json.loads((HERE / "ctrf.schema.json").read_text())
        report = json.loads(pathlib.Path(folder, "live.ctrf").read_bytes(), object_pairs_hook=self.without_repeated_keys)
        jsonschema.Draft7Validator(schema).validate(report)

    def without_repeated_keys(self, pairs):
        self.assertEqual(len(dict(pairs)), len(pairs), pairs)
        return dict(pairs)

    def check_surefire_schema(self, folder):
        if shutil.which("xmllint") is None:
            return
        done = subprocess.run(["xmllint", "--huge", "--noout", "--schema", HERE / "surefire.xsd", f"{folder}/live.junit"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_junit_counts_and_elements(self):
        suite, cases = self.cases()
        self.assertEqual(len(cases), len(self.tests))
        self.assertEqual(int(suite.get("tests")), len(self.tests))
        for kind, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            self.assertEqual(int(suite.get(kind)), sum(case.find(element) is not None for case in cases.values()))
        self.assertEqual([each.tag for each in cases["flaky"]][:2], ["flakyFailure", "flakyError"])
        self.assertEqual(cases["flaky"].get("classname"), "outer.inner")
        self.assertEqual(cases["flaky"].find("flakyFailure/system-out").text, "attempt 1\n")
        self.assertEqual(cases["flaky"].find("system-out").text, "attempt 3\n")
        self.assertEqual([each.tag for each in cases["fails every time"]], ["failure", "rerunFailure"])
        self.assertEqual(cases["crashes"].find("error").get("type"), "crashed")
        self.assertEqual(cases["hangs"].find("error").get("type"), "timed_out")
        self.assertEqual(cases["exits"].find("error").get("type"), "exited")
        self.assertEqual(cases["surprise"].find("failure").get("type"), "unexpected_pass")
        self.assertEqual(cases["known"].find("skipped").get("message"), "known to fail: it should fail")
        self.assertEqual(cases["skips"].find("skipped").get("message"), "skipped: why # not \\ | ' ]]>")

    def test_junit_keeps_hostile_text_in_its_place(self):
        _, cases = self.cases()
        self.assertIn(HOSTILE, cases)
        self.assertNotIn("injected", cases)
        for stream in ("system-out", "system-err"):
            text = cases[HOSTILE].find(stream).text
            self.assertIn("]]></system-out><testcase name=\"injected\"/>", text)
            self.assertIn("red \\x1b[2J", text)
        self.assertIn("bytes left out", cases["long lines"].find("system-out").text)

    # ---- all of them ----

    def test_every_attempt_and_what_is_known_of_the_test_is_told(self):
        """Each attempt's failures and output, earlier runs, and repeated ones, wherever there is a place for them."""
        with tempfile.TemporaryDirectory() as folder:
            tests = ("fails every time", "flaky", f"--history={folder}/history")
            for _ in range(3):
                texts = run("formats", folder, *tests, "--retry-on=all")
            self.check_schemas(folder)
            for each in ("junit", "tap", "github", "teamcity", "ctrf", "json", "events"):
                with self.subTest(each):
                    text = texts[each].decode()
                    for number in (1, 2):
                        self.assertIn(f"attempt {number}", text)
                        # teamcity quotes apostrophes and so on, but not these
                        self.assertRegex(text, rf"values    {number} == |\"expanded\": \"{number} == ")
            for each in ("junit", "tap", "github", "teamcity", "ctrf", "md"):
                with self.subTest(each):
                    self.assertIn("failed the last 2 runs", texts[each].decode())
            texts = run("formats", folder, *tests, "--flake-detect=4")
            self.check_schemas(folder)
            for each in ("junit", "tap", "github", "teamcity", "ctrf", "md"):
                with self.subTest(each, repeated=True):
                    self.assertIn("4 of 4 failed", texts[each].decode())
                    self.assertIn("3 of 4 failed", texts[each].decode())

    # ---- tap ----

    def test_tap_says_each_test_once(self):
        lines = self.text("tap").split("\n")
        self.assertEqual(lines[:2], ["TAP version 14", f"1..{len(self.tests)}"])
        points = [line for line in lines[2:] if line and not line.startswith("  ")]
        found = [re.fullmatch(r"(not )?ok (\d+) - (.*)", line) for line in points]
        self.assertTrue(all(found), points)
        self.assertEqual([int(each.group(2)) for each in found], list(range(1, len(self.tests) + 1)))
        bad = {re.split(r" # TODO", each.group(3))[0].split(" > ")[-1] for each in found if each.group(1)}
        expected = {name for name, test in self.tests.items()
                    if test["verdict"] in ("failed", "unexpected_pass", "known_failure", "quarantined", "todo")}
        self.assertEqual({name for name in bad if "::" not in name}, {name for name in expected if "::" not in name})
        self.assertIn("ok 12 - skips # SKIP why \\# not \\\\ | ' ]]>".split(" - ")[1], self.text("tap"))

    @unittest.skipIf(shutil.which("prove") is None, "there is no prove")
    def test_tap_is_what_prove_understands(self):
        # It knows of no later version than 13, which differs in what is not used here.
        path = pathlib.Path(self.folder.name) / "13.tap"
        path.write_bytes(self.texts["tap"].replace(b"TAP version 14", b"TAP version 13"))
        done = subprocess.run(["prove", "-e", "cat", path], capture_output=True, text=True, check=False)
        failed = sum(test["verdict"] in ("failed", "unexpected_pass") for test in self.tests.values())
        self.assertIn(f"Failed {failed}/{len(self.tests)} subtests", done.stdout + done.stderr)
        self.assertNotIn("Parse errors", done.stdout)
        self.assertIn(f"Tests: {len(self.tests)} Failed: {failed}", done.stdout)

    def test_tap_bails_out_of_a_run_that_stopped(self):
        with tempfile.TemporaryDirectory() as folder:
            text = run("formats", folder, "-j1", "--fail-fast", "-x", "long")["tap"].decode()
        self.assertRegex(text, r"\nBail out! .+\n$")

    # ---- github ----

    def github(self):
        """Annotations and groups, as the runner's own parser would find them."""
        stopped, found = None, collections.defaultdict(list)
        for line in self.text("github").split("\n"):
            bare = line.strip()
            if stopped is not None:
                if bare == f"::{stopped}::":
                    stopped = None
                continue
            command = re.match(r"::([a-z-]+)(?: (.*?))?::(.*)", bare)
            if command is None:
                self.assertNotIn("##[", line)
                continue
            name, properties, message = command.groups()
            if name == "stop-commands":
                stopped = message
            else:
                found[name].append((dict(each.split("=", 1) for each in (properties or "").split(",") if each), message))
        self.assertIsNone(stopped)
        return found

    def test_github_commands_are_only_its_own(self):
        found = self.github()
        self.assertEqual(set(found), {"group", "endgroup", "error", "warning"})
        self.assertEqual(len(found["group"]), len(found["endgroup"]))
        self.assertEqual(len(found["error"]), sum(test["verdict"] in ("failed", "unexpected_pass")
                                                  for test in self.tests.values()))
        for properties, _ in found["error"]:
            self.assertEqual(set(properties), {"file", "line", "title"})
            self.assertTrue(properties["file"].endswith("formats.cpp"))
            self.assertGreater(int(properties["line"]), 20)
        titles = [properties["title"] for properties, _ in found["error"]]
        self.assertTrue(any("%3A%3Aset-env name=a%3A%3Ab" in title and "%250A 100%25%2C" in title for title in titles))
        self.assertNotIn("\n::error::injected", self.text("github"))

    def test_github_lines_are_those_of_the_failures(self):
        crash = self.tests["crashes"]
        lines = [frame["line"] for frame in crash["attempts"][-1]["stack"] if (frame["file"] or "").endswith("formats.cpp")]
        mine = [each for each, _ in self.github()["error"] if each["title"] == "crashes"]
        self.assertEqual(mine[0]["line"], str([*lines, crash["line"]][0]))
        if lines:
            self.assertGreater(int(mine[0]["line"]), crash["line"])
        wrong = self.tests["fails every time"]["attempts"][0]["failures"][0]["line"]
        mine = [each for each, _ in self.github()["error"] if each["title"].endswith("fails every time")]
        self.assertEqual(mine[0]["line"], str(wrong))

    def test_github_annotates_ten_at_most(self):
        with tempfile.TemporaryDirectory() as folder:
            text = run("assertions", folder)["github"].decode()
        self.assertEqual(text.count("\n::error "), 10)
        self.assertRegex(text, r"\n::notice title=cordon::\d+ more messages? in the log above\n")

    def test_step_summary(self):
        text = self.text("md")
        self.assertLess(len(self.texts["md"]), 1024 * 1024)
        rows = [line for line in text.split("\n") if line.startswith("| ") and not line.startswith("| |")]
        bad = [line for line in rows if line.startswith("| \u274c")]
        self.assertEqual(len(bad), sum(test["verdict"] in ("failed", "unexpected_pass") for test in self.tests.values()))
        self.assertEqual(len([line for line in rows if "flaky |" in line]), 1)
        outside = re.sub(r"(`{3,})text\n.*?\n\1\n", "", text, flags=re.DOTALL)
        self.assertEqual(set(re.findall(r"<(/?\w+)", outside)), {"br", "details", "/details", "summary", "/summary"})
        for line in rows:
            self.assertEqual(line.count("|"), 5, line)

    # ---- teamcity ----

    def test_teamcity_messages(self):
        started = collections.Counter()
        unescape = {"n": "\n", "r": "\r", "|": "|", "'": "'", "[": "[", "]": "]"}

        def plain(text):
            return re.sub(r"\|(?:0x([0-9a-f]{4})|(.))",
                          lambda m: chr(int(m.group(1), 16)) if m.group(1) else unescape[m.group(2)], text)

        value = r"'(?:\|.|[^'|\[\]\r\n])*'"
        seen = collections.Counter()
        open_test = None
        for line in self.text("teamcity").rstrip("\n").split("\n"):
            message = re.fullmatch(rf"##teamcity\[(\w+)((?: \w+={value})*)\]", line)
            self.assertIsNotNone(message, line[:300])
            name = message.group(1)
            values = {key: plain(text[1:-1]) for key, text in re.findall(rf" (\w+)=({value})", message.group(2))}
            seen[name] += 1
            self.assertTrue(line.isascii())
            if name == "testStarted":
                self.assertIsNone(open_test)
                open_test = values["name"]
                started[open_test] += 1
            elif name in ("testFailed", "testStdOut", "testStdErr", "testFinished"):
                self.assertEqual(values["name"], open_test)
                if name == "testFinished":
                    open_test = None
        self.assertEqual(started["outer/inner/flaky"], 3)
        self.assertEqual(started["::error::suite/" + HOSTILE], 1)
        self.assertEqual(seen["testSuiteStarted"], 1)
        self.assertEqual(seen["testRetrySupport"], 1)
        self.assertEqual(seen["testIgnored"], sum(test["verdict"] in ("skipped", "todo", "known_failure", "quarantined")
                                                  for test in self.tests.values()))

    # ---- JSON ----

    def test_ctrf(self):
        results = json.loads(self.texts["ctrf"])["results"]
        self.assertEqual(results["tool"]["name"], "cordon")
        summary = results["summary"]
        self.assertEqual(summary["tests"], len(self.tests))
        counts = collections.Counter(test["status"] for test in results["tests"])
        for status in ("passed", "failed", "skipped", "pending", "other"):
            self.assertEqual(summary[status], counts[status])
        self.assertGreater(summary["start"], 1_700_000_000_000)
        self.assertGreaterEqual(summary["stop"], summary["start"])
        flaky = [test for test in results["tests"] if test.get("flaky")]
        self.assertEqual([(test["name"], test["suite"], test["retries"]) for test in flaky],
                         [("flaky", ["outer", "inner"], 2)])
        self.assertEqual([each["status"] for each in flaky[0]["retryAttempts"]], ["failed", "failed", "passed"])
        for test in results["tests"]:
            self.assertIsInstance(test["duration"], int)

    def test_trace(self):
        events = json.loads(self.texts["trace"])
        slices = [each for each in events if each["ph"] == "X"]
        self.assertEqual(len(slices), sum(len(test["attempts"]) for test in self.tests.values()))
        lanes = {each["tid"]: each["args"]["name"] for each in events if each["name"] == "thread_name"}
        for each in slices:
            self.assertIn(each["tid"], lanes)
            self.assertGreaterEqual(each["dur"], 0)
        by_lane = collections.defaultdict(list)
        for each in slices:
            by_lane[each["tid"]].append((each["ts"], each["ts"] + each["dur"]))
        for spans in by_lane.values():
            spans.sort()
            for (_, end), (begin, _) in zip(spans, spans[1:]):
                self.assertLessEqual(end, begin + 1)
        running = [each["args"]["tests"] for each in events if each["name"] == "running tests"]
        self.assertEqual(running[-1], 0)
        self.assertLessEqual(max(running), 2)
        memory = [each["args"]["bytes"] for each in events if each["name"] == "memory of running tests"]
        self.assertEqual(memory[-1], 0)

    def test_events(self):
        events = [json.loads(line) for line in self.text("events").rstrip("\n").split("\n")]
        kinds = [each["event"] for each in events]
        self.assertEqual((kinds[0], kinds[-1]), ("run_started", "run_finished"))
        self.assertEqual(kinds.count("test_finished"), len(self.tests))
        self.assertNotIn("injected", kinds)
        document = json.loads(self.texts["json"])
        attempts = {(test["name"], attempt["number"]): attempt for test in document["tests"]
                    for attempt in test["attempts"]}
        for each in events:
            if each["event"] != "attempt_ended":
                continue
            same = attempts.pop((each["name"], each["number"]))
            for key, value in same.items():
                self.assertIn(key, each)
                self.assertEqual(each[key], value, key)
        self.assertEqual(attempts, {})

    def test_events_are_there_before_the_run_is_over(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "events"
            process = subprocess.Popen([CHILDREN / "environment", "*hangs*", "--timeout=60s", f"--report=events={path}"],
                                       stdout=subprocess.DEVNULL)
            try:
                for _ in range(2000):
                    if path.exists() and "worker_started" in path.read_text(encoding="utf-8"):
                        break
                    subprocess.run(["sleep", "0.01"], check=True)
                self.assertIn("worker_started", path.read_text(encoding="utf-8"))
                self.assertIsNone(process.poll())
            finally:
                process.terminate()
                process.wait()
            self.assertIn("run_finished", path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
