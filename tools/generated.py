"""What the tools that generate committed files share: --check, and the message for a file that is out of date."""

import argparse
import pathlib
import sys


def stale(project, texts, check):
    """Writes the files, or with `check` nothing. `texts`: names in the project and what belongs there. Returns the names
    of the files that are out of date after that."""
    found = []
    for name, text in texts:
        target = project / name
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        if check:
            found.append(name)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return found


def run(documentation, generate):
    """The main function of a tool. `generate(project, check)` returns the names of the files that are out of date."""
    parser = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the committed files, write nothing")
    parser.add_argument("--project", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    arguments = parser.parse_args()
    found = generate(arguments.project, arguments.check)
    if found:
        sys.exit(f"{' and '.join(found)} out of date: run tools/amalgamate.py and commit the result")
