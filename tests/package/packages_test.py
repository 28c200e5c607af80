#!/usr/bin/env python3
"""Consumers of the packages for other build systems. Needs the variables PREFIX, FOLDER and COMPILER. Tools that are not
installed are skipped by name."""

import ast
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FOLDER = pathlib.Path(os.environ["FOLDER"])
PREFIX = os.environ["PREFIX"]
COMPILER = os.environ["COMPILER"]
CONSUMER = ("first.cpp", "second.cpp", "own_main.cpp")


def needs(tool):
    return unittest.skipIf(shutil.which(tool) is None, f"{tool} is not installed")


class PackagesTest(unittest.TestCase):
    def setUp(self):
        self.folder = FOLDER / self._testMethodName
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def run_it(self, *command, folder=None, **more):
        kept = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
        done = subprocess.run([str(word) for word in command], cwd=folder or self.folder, text=True, timeout=500,
                              env={**kept, "CXX": COMPILER, "CORDON_HISTORY": "off", **more}, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def meson(self, *options, **more):
        for name in CONSUMER:
            shutil.copy(HERE / "consumer" / name, self.folder)
        for name in ("meson.build", "meson_options.txt"):
            shutil.copy(HERE / "meson" / name, self.folder)
        self.run_it("meson", "setup", "build", "--buildtype=plain", *options, **more)
        self.run_it("meson", "compile", "-C", "build", **more)
        said = self.run_it("meson", "test", "-C", "build", **more)
        self.assertRegex(said, r"linked_main +OK")
        self.assertRegex(said, r"Fail: +0")

    @needs("meson")
    def test_meson_with_a_subproject(self):
        (self.folder / "subprojects").mkdir()
        (self.folder / "subprojects/cordon").symlink_to(ROOT)
        self.meson("--wrap-mode=forcefallback", PKG_CONFIG_PATH="/none")

    @needs("meson")
    @needs("pkg-config")
    def test_meson_with_the_installed_package(self):
        folders = ":".join(str(path.parent) for path in pathlib.Path(PREFIX).rglob("cordon.pc"))
        self.meson("--wrap-mode=nofallback", PKG_CONFIG_PATH=folders)

    @needs("meson")
    def test_meson_installs_what_cmake_does(self):
        self.run_it("meson", "setup", self.folder / "build", "--prefix=/usr", "--buildtype=plain", folder=ROOT)
        plan = json.loads((self.folder / "build/meson-info/intro-installed.json").read_text(encoding="utf-8"))
        installed = set(plan.values())
        for name in ("/usr/include/cordon", "/usr/share/cordon/single_include/cordon", "/usr/share/man/man7/cordon.7"):
            self.assertIn(name, installed)
        for name in ("libcordon_main.a", "cordon.pc", "cordon-main.pc"):
            self.assertTrue(any(path.endswith("/" + name) for path in installed), name)

    def test_the_recipe_for_conan_is_python(self):
        ast.parse((ROOT / "packaging/conan/conanfile.py").read_text(encoding="utf-8"))

    @needs("conan")
    def test_conan(self):
        home = {"CONAN_HOME": str(self.folder / "home")}
        self.run_it("conan", "profile", "detect", **home)
        self.run_it("conan", "create", ROOT / "packaging/conan", "--build=missing", "-s", "compiler.cppstd=17", **home)
        self.assertIn("cordon/0.1.0", self.run_it("conan", "list", "cordon", **home))

    def test_the_port_for_vcpkg(self):
        # vcpkg's functions, which need its own installation, are replaced by what the port needs of them.
        script = self.folder / "port.cmake"
        packages = self.folder / "packages"
        script.write_text(f"""
            set(CURRENT_PACKAGES_DIR "{packages}")
            function(vcpkg_cmake_configure)
                cmake_parse_arguments(PARSE_ARGV 0 given "" SOURCE_PATH OPTIONS)
                execute_process(COMMAND ${{CMAKE_COMMAND}} -S ${{given_SOURCE_PATH}} -B "{self.folder}/build"
                                -DCMAKE_CXX_COMPILER={COMPILER} -DCMAKE_BUILD_TYPE=None ${{given_OPTIONS}} RESULT_VARIABLE code)
                if(code)
                    message(FATAL_ERROR "not configured")
                endif()
            endfunction()
            function(vcpkg_cmake_install)
            endfunction()
            function(vcpkg_cmake_config_fixup)
            endfunction()
            function(vcpkg_fixup_pkgconfig)
            endfunction()
            function(vcpkg_install_copyright)
                cmake_parse_arguments(PARSE_ARGV 0 given "" "" FILE_LIST)
                file(COPY ${{given_FILE_LIST}} DESTINATION "{packages}/share/cordon")
            endfunction()
            include("{ROOT}/packaging/vcpkg/cordon/portfile.cmake")
        """, encoding="utf-8")
        self.run_it("cmake", "-P", script)
        self.assertTrue((packages / "share/cordon/LICENSE").exists())
        port = json.loads((ROOT / "packaging/vcpkg/cordon/vcpkg.json").read_text(encoding="utf-8"))
        self.assertEqual(port["name"], "cordon")

    def test_files_for_bazel(self):
        """Bazel itself may be missing: their syntax, which is a part of Python's, and the files that they name."""
        rules = {}
        for name in ("MODULE.bazel", "BUILD.bazel"):
            for node in ast.parse((ROOT / name).read_text(encoding="utf-8")).body:
                given = {each.arg: each.value for each in node.value.keywords}
                if "name" in given:
                    rules[given["name"].value] = given
        self.assertEqual(set(rules), {"cordon", "rules_cc", "main"})
        for path in ast.literal_eval(rules["main"]["srcs"]):
            self.assertTrue((ROOT / path).exists())
        (pattern,) = ast.literal_eval(rules["cordon"]["hdrs"].args[0])
        self.assertIn(ROOT / "include/cordon/cordon.hpp", list(ROOT.glob(pattern)))

    @needs("bazel")
    def test_bazel(self):
        self.run_it("bazel", f"--output_user_root={self.folder}", "build", "//:main", folder=ROOT)

    def test_the_single_headers_alone(self):
        headers = pathlib.Path(PREFIX) / "share/cordon/single_include/cordon"
        names = sorted(path.name for path in (ROOT / "single_include/cordon").glob("*.hpp"))
        self.assertEqual(sorted(path.name for path in headers.glob("*.hpp")), names)
        optional = "".join(f'#include <cordon/{name}>\n' for name in names)
        (self.folder / "all.cpp").write_text(optional + 'TEST_CASE("one") { CHECK(true); }\n', encoding="utf-8")
        self.run_it(COMPILER, "-std=c++17", "-fsyntax-only", "-I", headers.parent, "all.cpp")

    def test_versions_agree(self):
        header = (ROOT / "include/cordon/api/config.hpp").read_text(encoding="utf-8")
        (version,) = re.findall(r'define CORDON_VERSION "(.*)"', header)
        for name in ("meson.build", "MODULE.bazel", "packaging/conan/conanfile.py", "packaging/vcpkg/cordon/vcpkg.json",
                     "packaging/meson/cordon.wrap", "docs/packages.md"):
            with self.subTest(name):
                self.assertIn(version, (ROOT / name).read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
