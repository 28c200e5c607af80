"""Runs tools/check_layers.py on small trees made for the purpose."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools/check_layers.py"


class CheckLayersTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = pathlib.Path(folder.name)

    def breaches(self, files):
        """The tool's lines for a tree that holds `files`: name to text; #pragma once is put first."""
        for name, text in files.items():
            path = self.project / "include/cordon" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("#pragma once\n" + text)
        outcome = subprocess.run([sys.executable, TOOL, "--project", self.project], capture_output=True, text=True)
        lines = outcome.stdout.splitlines()
        self.assertEqual(outcome.returncode, 1 if lines else 0, outcome.stderr)
        return lines

    def assert_one_breach(self, files, expected):
        lines = self.breaches(files)
        self.assertEqual(len(lines), 1, lines)
        self.assertIn(expected, lines[0])

    def test_lower_ranks_and_own_folder_are_fine(self):
        self.assertEqual([], self.breaches({
            "api/config.hpp": "",
            "api/check.hpp": "#include <cordon/api/config.hpp>\n#include <stddef.h>\n",
            "engine/base/clock.hpp": "#include <chrono>\n",
            "engine/model/event.hpp": "#include <cordon/engine/base/clock.hpp>\n",
            "engine/select/filter.hpp": "#include <cordon/engine/model/event.hpp>\n",
            "engine/select/shard.hpp": "#include <cordon/engine/select/filter.hpp>\n",
            "engine/app/main.hpp": "#include <cordon/engine/select/shard.hpp>\n",
            "cordon.hpp": "#include <cordon/api/check.hpp>\n#include <cordon/engine/app/main.hpp>\n",
        }))

    def test_higher_rank(self):
        self.assert_one_breach({
            "engine/base/clock.hpp": "#include <cordon/engine/model/event.hpp>\n",
            "engine/model/event.hpp": "",
        }, "engine/base/clock.hpp:2: (rank 2) includes <cordon/engine/model/event.hpp> (rank 3)")

    def test_the_system_from_a_run(self):
        self.assert_one_breach({
            "engine/run/dispatcher.hpp": "#include <cordon/engine/os/signal.hpp>\n",
            "engine/os/signal.hpp": "",
        }, "engine/run/ must not reach engine/os/: engine/run/dispatcher.hpp -> engine/os/signal.hpp")

    def test_the_system_from_a_run_through_another_folder(self):
        self.assert_one_breach({
            "engine/run/slot.hpp": "#include <cordon/engine/run/port.hpp>\n",
            "engine/run/port.hpp": "#include <cordon/engine/wire/lane.hpp>\n",
            "engine/wire/lane.hpp": "#include <cordon/engine/os/files.hpp>\n",
            "engine/os/files.hpp": "",
        }, "engine/run/port.hpp -> engine/wire/lane.hpp -> engine/os/files.hpp")

    def test_equal_rank_of_another_folder(self):
        self.assert_one_breach({
            "engine/report/tap.hpp": "#include <cordon/engine/archive/merge.hpp>\n",
            "engine/archive/merge.hpp": "",
        }, "(rank 7)")

    def test_a_format_that_includes_another_ones_files(self):
        self.assert_one_breach({
            "engine/report/tap.hpp": "#include <cordon/engine/report/console/page.hpp>\n",
            "engine/report/console/page.hpp": "",
        }, "engine/report/tap.hpp:2: includes <cordon/engine/report/console/page.hpp>: a format includes no other")

    def test_a_format_that_includes_what_is_above_text(self):
        self.assert_one_breach({
            "engine/report/tap.hpp": "#include <cordon/engine/wire/frame.hpp>\n",
            "engine/wire/frame.hpp": "",
        }, "reports know text/ and lower")

    def test_what_a_format_may_include(self):
        self.assertEqual([], self.breaches({
            "engine/text/words.hpp": "",
            "engine/report/tally.hpp": "#include <cordon/engine/text/words.hpp>\n",
            "engine/report/as_json/parts.hpp": "#include <cordon/engine/report/tally.hpp>\n",
            "engine/report/console/bar.hpp": "#include <cordon/engine/report/tally.hpp>\n",
            "engine/report/console/page.hpp": "#include <cordon/engine/report/console/bar.hpp>\n",
            "engine/report/events.hpp": "#include <cordon/engine/report/as_json/parts.hpp>\n",
            "engine/report/formats.hpp": "#include <cordon/engine/report/console/page.hpp>\n",
        }))

    def test_config_is_below_the_rest_of_api(self):
        self.assert_one_breach({
            "api/config.hpp": "#include <cordon/api/check.hpp>\n",
            "api/check.hpp": "",
        }, "api/config.hpp:2")

    def test_cycle_in_a_folder(self):
        self.assert_one_breach({
            "engine/select/a.hpp": "#include <cordon/engine/select/b.hpp>\n",
            "engine/select/b.hpp": "#include <cordon/engine/select/a.hpp>\n",
        }, "include cycle: engine/select/a.hpp -> engine/select/b.hpp -> engine/select/a.hpp")

    def test_missing_file(self):
        self.assert_one_breach({"cordon.hpp": "#include <cordon/none.hpp>\n"}, "does not exist")

    def test_file_without_a_place(self):
        self.assert_one_breach({"engine/extra/a.hpp": ""}, "no place")

    def test_system_header_outside_os(self):
        self.assert_one_breach({"engine/exec/worker.hpp": "#include <unistd.h>\n"}, "<unistd.h>")

    def test_system_header_in_a_neutral_os_file(self):
        self.assert_one_breach({"engine/os/pipe.hpp": "#include <sys/wait.h>\n"}, "<sys/wait.h>")

    def test_system_header_in_a_system_file(self):
        self.assertEqual([], self.breaches({"engine/os/pipe.posix.hpp": "#include <unistd.h>\n"}))

    def test_system_file_included_past_its_neutral_header(self):
        self.assert_one_breach({
            "engine/os/pipe.posix.hpp": "",
            "engine/exec/worker.hpp": "#include <cordon/engine/os/pipe.posix.hpp>\n",
        }, "past its neutral header")

    def test_heavy_standard_header_in_api_and_engine(self):
        self.assert_one_breach({"api/check.hpp": "#include <string>\n"}, "api/ keeps to")
        self.assert_one_breach({"api/check.hpp": "", "engine/base/text.hpp": "#include <regex>\n"}, "too heavy")

    def test_platform_conditions(self):
        self.assertEqual([], self.breaches({
            "api/config.hpp": "#if defined(_MSC_VER)\n#endif\n",
            "engine/os/pipe.hpp": "#if defined(__linux__)\n#elif defined(_WIN32)\n#endif\n",
        }))
        self.assert_one_breach({"engine/os/pipe.posix.hpp": "#ifdef __linux__\n#endif\n"}, "__linux__")

    def test_length_and_pragma(self):
        self.assert_one_breach({"engine/base/long.hpp": "int a;\n" * 450}, "451 lines")
        (self.project / "include/cordon/engine/base/long.hpp").write_text("int a;\n")
        self.assert_one_breach({}, "#pragma once")


if __name__ == "__main__":
    unittest.main()
