"""conan create packaging/conan --build=missing"""

import os

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy

required_conan_version = ">=2.0"


class CordonConan(ConanFile):
    name = "cordon"
    version = "0.1.0"
    license = "MIT"
    description = "C++ test framework that runs each test in a process of its own"
    topics = ("testing", "unit-testing", "isolation", "flaky-tests")
    package_type = "static-library"
    settings = "os", "compiler", "build_type", "arch"

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..")
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "single_include/*", "docs/cordon.7"):
            copy(self, pattern, src=root, dst=self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["CORDON_BUILD_TESTS"] = "OFF"
        toolchain.cache_variables["CORDON_BUILD_EXAMPLES"] = "OFF"
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        # The package's own cordonConfig.cmake has the targets and cordon_discover_tests().
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "cordon")]
        self.cpp_info.set_property("pkg_config_name", "cordon-main")
        self.cpp_info.libs = ["cordon_main"]
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.system_libs = ["pthread"]
