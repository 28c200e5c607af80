#!/usr/bin/env python3
"""Checks JSON reports against docs/report.schema.json, and their figures against each other.

    validate_report.py REPORT.json ...

Needs jsonschema (Debian: python3-jsonschema). If a report is wrong, it says what and where, and the exit code is 1.
"""

import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parent.parent / "docs" / "report.schema.json"


def refuse_repeated_keys(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"the key {key!r} appears twice in one object")
    return dict(pairs)


def refuse_constant(name):
    raise ValueError(f"{name} is no JSON number")


def schema_errors(report, schema):
    validator = jsonschema.Draft7Validator(schema)
    for error in sorted(validator.iter_errors(report), key=lambda e: list(map(str, e.absolute_path))):
        yield "/".join(map(str, error.absolute_path)) + ": " + error.message[:300]


def sum_errors(report):
    """Checks what a schema cannot: counts that must agree."""
    tests, summary = report["tests"], report["summary"]
    if summary["total"] != len(tests):
        yield f"summary/total is {summary['total']}, but there are {len(tests)} tests"
    verdicts = [test["verdict"] for test in tests]
    for verdict in set(verdicts) | (set(summary) & set(VERDICTS)):
        if summary[verdict] != verdicts.count(verdict):
            yield f"summary/{verdict} is {summary[verdict]}, but {verdicts.count(verdict)} tests are {verdict}"
    for index, test in enumerate(tests):
        numbers = [attempt["number"] for attempt in test["attempts"]]
        repeated = test["flake"] is not None  # then only some of its runs are told in full
        if numbers != (sorted(set(numbers)) if repeated else list(range(1, len(numbers) + 1))):
            yield f"tests/{index}: the attempts are numbered {numbers}"
    names = [(test["suite"], test["name"]) for test in tests]
    if len(set(names)) != len(names):
        yield "tests: a suite and name appear twice"


VERDICTS = ["passed", "failed", "flaky", "known_failure", "unexpected_pass", "quarantined", "skipped", "todo", "not_run", "lost"]


def errors_in(path, schema):
    try:
        text = pathlib.Path(path).read_bytes().decode("utf-8", errors="strict")
        report = json.loads(text, object_pairs_hook=refuse_repeated_keys, parse_constant=refuse_constant)
    except (OSError, ValueError) as error:
        return [str(error)]
    return list(schema_errors(report, schema)) or list(sum_errors(report))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    wrong = False
    for path in sys.argv[1:]:
        for error in errors_in(path, schema):
            print(f"{path}: {error}", file=sys.stderr)
            wrong = True
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
