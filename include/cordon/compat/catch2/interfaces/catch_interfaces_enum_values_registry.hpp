#error "cordon: this header of Catch2 has only its internals, which are not supported: docs/from-catch2.md"
