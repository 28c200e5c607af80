# `cmake --install` installs the headers, the single header, cordon::main, and files for find_package and pkg-config.
include(CMakePackageConfigHelpers)

install(DIRECTORY include/cordon DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")
install(DIRECTORY single_include/cordon DESTINATION ${CMAKE_INSTALL_DATADIR}/cordon/single_include)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/cordon.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
install(TARGETS cordon cordon_main cordon_catch2_compat cordon_doctest_compat EXPORT cordonTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})

set(cordon_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/cordon)
install(EXPORT cordonTargets NAMESPACE cordon:: DESTINATION ${cordon_cmake_dir})
configure_package_config_file(cmake/cordonConfig.cmake.in cordonConfig.cmake INSTALL_DESTINATION ${cordon_cmake_dir}
                              NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(cordonConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/cordonConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/cordonConfigVersion.cmake
              cmake/cordonTests.cmake cmake/cordonCtest.cmake
        DESTINATION ${cordon_cmake_dir})

# The prefix is relative to the .pc file, so an installed tree can be moved.
set(cordon_pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH cordon_pc_to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/cordon.pc.in cordon.pc @ONLY)
configure_file(cmake/cordon-main.pc.in cordon-main.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/cordon.pc ${CMAKE_CURRENT_BINARY_DIR}/cordon-main.pc
        DESTINATION ${cordon_pc_dir})
