#error "cordon: the test specs of Catch2 are read by cordon's engine, and have no header: docs/from-catch2.md"
