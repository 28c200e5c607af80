#!/usr/bin/env python3
"""tools/validate_report.py takes the reports that are kept as expected texts, and refuses what is broken."""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "json"


def validate(*paths):
    command = [sys.executable, str(ROOT / "tools" / "validate_report.py"), *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True)


class ValidateReport(unittest.TestCase):
    def setUp(self):
        self.good = json.loads((GOLDEN / "everything.json").read_text(encoding="utf-8"))

    def complaint(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "report.json"
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
            result = validate(path)
        self.assertEqual(result.returncode, 1, result.stderr)
        return result.stderr

    def complaint_about(self, change):
        report = copy.deepcopy(self.good)
        change(report)
        return self.complaint(json.dumps(report))

    def test_kept_reports_are_valid(self):
        paths = sorted(GOLDEN.glob("*.json"))
        self.assertGreaterEqual(len(paths), 3)
        result = validate(*paths)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_no_field_may_be_absent(self):
        places = [
            lambda report: report["run"],
            lambda report: report["summary"],
            lambda report: report["tests"][1],
            lambda report: report["tests"][1]["attempts"][0],
            lambda report: report["tests"][1]["attempts"][0]["failures"][0],
        ]
        with tempfile.TemporaryDirectory() as folder:
            fields = []
            for place in places:
                for field in place(self.good):
                    report = copy.deepcopy(self.good)
                    del place(report)[field]
                    path = pathlib.Path(folder) / f"{len(fields)}.json"
                    path.write_text(json.dumps(report), encoding="utf-8")
                    fields.append((path, field))
            complaints = validate(*(path for path, _ in fields)).stderr
            for path, field in fields:
                self.assertRegex(complaints, rf"{path}: .*'{field}' is a required property")

    def test_counts_agree(self):
        def one_more(report):
            report["summary"]["passed"] += 1

        self.assertIn("summary/passed", self.complaint_about(one_more))
        self.assertIn("summary/total", self.complaint_about(lambda report: report["tests"].pop()))

    def test_what_is_no_json(self):
        self.assertIn("Infinity", self.complaint('{"a": Infinity}'))
        self.assertIn("twice", self.complaint('{"a": 1, "a": 2}'))
        self.assertIn("utf-8", self.complaint(b'{"a": "\xff"}'))
        self.complaint('{"a": ')


if __name__ == "__main__":
    unittest.main()
