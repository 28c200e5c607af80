#error "cordon: storage_for and destructable_object of Catch2 are not supported: docs/from-catch2.md"
