// Owns the precompiled torch header of the tests; see CMakeLists.txt.
