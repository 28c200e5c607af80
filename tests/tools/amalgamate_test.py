"""Runs tools/amalgamate.py on small projects made for the purpose."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools/amalgamate.py"


class AmalgamateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = pathlib.Path(folder.name)
        (self.project / "LICENSE").write_text("MIT License\n\nNo warranty.\n")
        self.write("api/config.hpp", '#pragma once\n#define CORDON_VERSION "1.2.3"\n')

    def write(self, name, text):
        path = self.project / "include/cordon" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_tool(self, *arguments):
        return subprocess.run([sys.executable, TOOL, "--project", self.project, *arguments], capture_output=True,
                              text=True)

    def single_header(self):
        outcome = self.run_tool()
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        return (self.project / "single_include/cordon/cordon.hpp").read_text()

    def test_expands_each_file_once_before_its_user(self):
        self.write("cordon.hpp", "#pragma once\n#include <cordon/base/b.hpp>\n#include <cordon/base/a.hpp>\nint top;\n")
        self.write("base/a.hpp", "#pragma once\nint a;\n")
        self.write("base/b.hpp", "#pragma once\n#include <cordon/base/a.hpp>\nint b;\n")
        text = self.single_header()
        self.assertEqual(text.count("int a;"), 1)
        self.assertEqual(text.count("#pragma once"), 1)
        self.assertNotIn("#include", text)
        self.assertLess(text.index("int a;"), text.index("int b;"))
        self.assertLess(text.index("int b;"), text.index("int top;"))

    def test_header_of_another_framework_may_be_included_again(self):
        self.write("cordon.hpp", "#pragma once\nint core;\n")
        self.write("compat/other.h", "#include <cordon/cordon.hpp>\n#include <cordon/compat/other/part.hpp>\nint more;\n")
        self.write("compat/other/part.hpp", "#pragma once\nint part;\n")
        self.write("compat/other/other.h", '// elsewhere\n#include "../other.h"\n')
        self.single_header()
        folder = self.project / "single_include/cordon/compat"
        text = (folder / "other.h").read_text()
        self.assertNotIn("#pragma once", text)
        self.assertIn('#include "../cordon.hpp"', text)
        self.assertRegex(text, r"#if !defined\(CORDON_CONTAINS_\w+\)\n#define .*\n\nint part;\n#endif|"
                               r"#if !defined\(CORDON_CONTAINS_\w+\)\n#define .*\nint part;\n#endif")
        self.assertEqual((folder / "other/other.h").read_text(), '// elsewhere\n#include "../other.h"\n')

    def test_banner_carries_version_and_licence(self):
        self.write("cordon.hpp", "#include <cordon/api/config.hpp>\n")
        text = self.single_header()
        self.assertTrue(text.startswith("// cordon 1.2.3:"))
        self.assertIn("// MIT License\n//\n// No warranty.\n", text)

    def test_standard_includes_stay(self):
        self.write("cordon.hpp", "#include <stddef.h>\nint top;\n")
        self.assertIn("#include <stddef.h>\nint top;", self.single_header())

    def test_conditional_include_stays_inside_its_condition(self):
        self.write("cordon.hpp", "#if defined(CORDON_MAIN)\n#include <cordon/base/engine.hpp>\n#endif\nint top;\n")
        self.write("base/engine.hpp", "int engine;\n")
        text = self.single_header()
        order = [text.index(part) for part in ("#if defined", "int engine;", "#endif", "int top;")]
        self.assertEqual(order, sorted(order))

    def test_file_under_the_same_condition_again_is_fine(self):
        self.write("cordon.hpp", "#if A\n#include <cordon/base/a.hpp>\n#endif\n#if A\n#include <cordon/base/a.hpp>\n#endif\n")
        self.write("base/a.hpp", "#pragma once\nint a;\n")
        self.assertEqual(self.single_header().count("int a;"), 1)

    def test_file_needed_outside_its_condition_is_an_error(self):
        for later in ("#include <cordon/base/a.hpp>", "#if B\n#include <cordon/base/a.hpp>\n#endif"):
            self.write("cordon.hpp", f"#if A\n#include <cordon/base/a.hpp>\n#endif\n{later}\n")
            self.write("base/a.hpp", "#pragma once\nint a;\n")
            outcome = self.run_tool()
            self.assertEqual(outcome.returncode, 1)
            self.assertIn("include it before that condition", outcome.stderr)
            self.assertIn("cordon/cordon.hpp:2", outcome.stderr)

    def test_branches_of_one_condition_differ(self):
        self.write("cordon.hpp", "#if A\n#include <cordon/base/a.hpp>\n#else\n#include <cordon/base/a.hpp>\n#endif\n")
        self.write("base/a.hpp", "#pragma once\nint a;\n")
        self.assertEqual(self.run_tool().returncode, 1)

    def test_cycle_is_an_error_that_names_the_way(self):
        self.write("cordon.hpp", "#include <cordon/base/a.hpp>\n")
        self.write("base/a.hpp", "#include <cordon/base/b.hpp>\n")
        self.write("base/b.hpp", "#include <cordon/base/a.hpp>\n")
        outcome = self.run_tool()
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("include cycle: cordon/base/a.hpp -> cordon/base/b.hpp -> cordon/base/a.hpp", outcome.stderr)

    def test_missing_file_is_an_error_that_names_the_includer(self):
        self.write("cordon.hpp", "\n#include <cordon/base/none.hpp>\n")
        outcome = self.run_tool()
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("cordon/cordon.hpp:2: no such file", outcome.stderr)

    def test_no_line_is_longer_than_a_compiler_should_show(self):
        self.write("cordon.hpp", "#include <cordon/engine/app/main.hpp>\n")
        self.write("engine/app/main.hpp", "".join(f"int engine_{n};  // words\n" for n in range(1000)))
        lines = self.single_header().splitlines()
        self.assertLessEqual(max(map(len, lines)), 160)
        self.assertLess(len(lines), 200, "short lines of the engine are joined")

    def test_a_line_that_cannot_be_shortened_is_an_error(self):
        self.write("cordon.hpp", "int " + "x" * 157 + ";\n")
        outcome = self.run_tool()
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("has 162 characters, more than 160: int xxx", outcome.stderr)

    def test_the_committed_header_has_no_longer_line_either(self):
        for committed in (TOOL.parents[1] / "single_include/cordon").glob("*.hpp"):
            self.assertLessEqual(max(map(len, committed.read_text(encoding="utf-8").splitlines())), 160, committed)

    def write_with_engine(self, engine):
        self.write("engine/app/main.hpp", "#pragma once\n" + engine)
        self.write("cordon.hpp", "int light;\n#if defined(CORDON_MAIN)\n#include <cordon/engine/app/main.hpp>\n#endif\nint last;\n")

    def preprocessed(self, compiler, *options):
        source = self.project / "file.cpp"
        source.write_text("#include <cordon/cordon.hpp>\n")
        command = [compiler, "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-E", "-P", *options]
        text = subprocess.run([*command, "-I", self.project / "single_include", source], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        return [line for line in text.split("\n") if line.strip() and not line.startswith("#pragma")]

    def test_the_engine_is_in_a_comment_for_files_that_do_not_want_it(self):
        self.write_with_engine("#if 1\nint engine;\n#else\nint other;\n#endif\n")
        self.single_header()
        for compiler in filter(shutil.which, ("g++", "g++-11", "clang++-14", "clang++-16")):
            with self.subTest(compiler):
                self.assertEqual(self.preprocessed(compiler), ["int light;", "int last;"])
                self.assertEqual(self.preprocessed(compiler, "-DCORDON_MAIN"),
                                 ["int light;", "int engine;", "int last;"])

    def test_the_engine_may_not_end_that_comment(self):
        for mark in ("/*", "*/"):
            self.write_with_engine(f'const char* text = "{mark}";\n')
            outcome = self.run_tool()
            self.assertEqual(outcome.returncode, 1)
            self.assertIn("engine/app/main.hpp", outcome.stderr)

    def write_optional(self, more="", core="", name="extra"):
        self.write("cordon.hpp", "#pragma once\n#include <cordon/api/a.hpp>\n" + core)
        self.write("api/a.hpp", "#pragma once\nint a;\n")
        self.write(f"api/{name}/b.hpp", "#pragma once\n#include <cordon/api/a.hpp>\nint b;\n")
        self.write(f"{name}.hpp", f"#pragma once\n#include <cordon/cordon.hpp>\n#include <cordon/api/{name}/b.hpp>\n" + more)

    def expanded(self, *lines):
        """What a compiler sees of a file with these lines."""
        self.single_header()
        source = self.project / "file.cpp"
        source.write_text("\n".join(lines) + "\n")
        text = subprocess.run(["g++", "-E", "-P", "-I", self.project / "single_include", source], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        return [line for line in text.splitlines() if line.startswith("int ")]

    def test_an_optional_header_brings_the_core_and_its_own_parts_once(self):
        self.write_optional()
        self.assertEqual(self.expanded("#include <cordon/extra.hpp>"), ["int a;", "int b;"])
        self.assertEqual(self.expanded("#include <cordon/extra.hpp>", "#include <cordon/cordon.hpp>"), ["int a;", "int b;"])
        self.assertEqual(self.expanded("#include <cordon/cordon.hpp>"), ["int a;"])

    def test_the_engine_may_know_the_parts_of_an_optional_header(self):
        self.write_optional(core="#if defined(CORDON_MAIN)\n#include <cordon/engine/app/main.hpp>\n#endif\n")
        self.write("engine/app/main.hpp", "#pragma once\n#include <cordon/api/extra/b.hpp>\nint engine;\n")
        whole = ["int a;", "int b;", "int engine;"]
        for include in ("extra", "cordon"):
            self.assertEqual(self.expanded("#define CORDON_MAIN", f"#include <cordon/{include}.hpp>"), whole)
        self.assertEqual(self.expanded("#include <cordon/extra.hpp>"), ["int a;", "int b;"])

    def test_an_optional_header_may_use_an_earlier_one(self):
        self.write_optional()
        self.write("more.hpp", "#pragma once\n#include <cordon/extra.hpp>\n#include <cordon/api/extra/b.hpp>\nint more;\n")
        self.assertEqual(self.expanded("#include <cordon/more.hpp>"), ["int a;", "int b;", "int more;"])
        self.assertEqual(self.expanded("#include <cordon/more.hpp>", "#include <cordon/extra.hpp>"),
                         ["int a;", "int b;", "int more;"])

    def test_optional_headers_do_not_include_each_other_in_a_circle(self):
        self.write_optional("#include <cordon/more.hpp>\n")
        self.write("more.hpp", "#pragma once\n#include <cordon/extra.hpp>\n")
        outcome = self.run_tool()
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("include cycle: cordon/extra.hpp -> cordon/more.hpp -> cordon/extra.hpp", outcome.stderr)

    def test_check_looks_at_each_header(self):
        self.write_optional()
        self.single_header()
        self.write_optional("int changed;\n")
        outcome = self.run_tool("--check")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("single_include/cordon/extra.hpp out of date", outcome.stderr)

    def test_check_tells_fresh_from_stale_and_writes_nothing(self):
        self.write("cordon.hpp", "int top;\n")
        self.assertEqual(self.run_tool("--check").returncode, 1)
        before = self.single_header()
        self.assertEqual(self.run_tool("--check").returncode, 0)
        self.write("cordon.hpp", "int other;\n")
        outcome = self.run_tool("--check")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("run tools/amalgamate.py", outcome.stderr)
        self.assertEqual((self.project / "single_include/cordon/cordon.hpp").read_text(), before)


if __name__ == "__main__":
    unittest.main()
