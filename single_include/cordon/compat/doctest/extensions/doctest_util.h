#error "cordon: doctest's extension doctest_util.h is not supported: call Context::applyCommandLine(argc, argv)"
