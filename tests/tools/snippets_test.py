"""Compiles every C++ example in the documents."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SNIPPET = re.compile(r"^```cpp\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMPILER = shutil.which("g++") or shutil.which("clang++")
# What an example leaves out of a whole file. The engine takes long to compile: only one that needs it brings it.
STANDARD = "".join(f"#include <{name}>\n" for name in ("cstdio", "cstdlib", "map", "stdexcept", "string", "vector"))
CORDON = "#include <cordon/cordon.hpp>\n"
FLAGS = ["-std=c++17", "-Wall", "-Wextra", "-Wno-unused-function", "-Werror", "-fsyntax-only", f"-I{ROOT / 'include'}"]


def snippets():
    for document in [*ROOT.glob("*.md"), *sorted(ROOT.glob("docs/**/*.md"))]:
        for number, code in enumerate(SNIPPET.findall(document.read_text(encoding="utf-8")), start=1):
            if "CORDON_REPORTER(" not in code:
                code = code.replace("#define CORDON_MAIN", "//")
            engine = "#define CORDON_IMPLEMENT" in code or "CORDON_REPORTER(" in code
            yield f"{document.name}, example {number}", code, engine


@unittest.skipIf(COMPILER is None, "there is no compiler")
class SnippetsTest(unittest.TestCase):
    def test_every_example_compiles(self):
        seen = 0
        with tempfile.TemporaryDirectory() as folder:
            # What nearly all begin with is compiled once.
            begin = pathlib.Path(folder) / "begin.hpp"
            begin.write_text(STANDARD + CORDON, encoding="utf-8")
            whole = [flag for flag in FLAGS if flag != "-fsyntax-only"]
            subprocess.run([COMPILER, *whole, "-x", "c++-header", begin, "-o", f"{begin}.gch"], check=True)
            for name, code, engine in snippets():
                seen += 1
                first = [] if engine else ["-include", begin]
                with self.subTest(name):
                    done = subprocess.run([COMPILER, *FLAGS, *first, "-x", "c++", "-"], text=True, capture_output=True,
                                          input=STANDARD + code if engine else code, check=False)
                    self.assertEqual(done.returncode, 0, f"{name}:\n{done.stderr}")
        self.assertGreater(seen, 5)

    def test_examples_use_public_names(self):
        for name, code, _ in snippets():
            with self.subTest(name):
                self.assertNotIn("cordon::engine", code)

    def test_every_event_is_public(self):
        events = (ROOT / "include/cordon/engine/model/event.hpp").read_text(encoding="utf-8")
        alternatives = re.search(r"using event = variant<(.*?)>;", events, re.DOTALL).group(1)
        public = (ROOT / "include/cordon/engine/report/reporter.hpp").read_text(encoding="utf-8")
        public = re.search(r"namespace events \{(.*?)\}", public, re.DOTALL).group(1)
        named = set(re.findall(r"using engine::(\w+);", public))
        self.assertEqual(named, {each.strip() for each in alternatives.split(",")})


if __name__ == "__main__":
    unittest.main()
