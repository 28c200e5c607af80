#error "cordon: reporters of Catch2 are not supported: docs/from-catch2.md"
