#error "cordon: doctest's MPI extension is not supported: tests of cordon are processes of one machine"
