// Writes the files in data/ (compiled against libtorch, by hand; no part of the build) and, with the
// argument "check", loads those that Weft wrote into the current folder:
//   g++ -std=c++20 libtorch_files.cpp -I$T/include -I$T/include/torch/csrc/api/include -L$T/lib ...
#include "tests/serialize/libtorch_files.h"

int main(int argc, char** argv) {
  if (argc > 1) return files::check() ? 0 : 1;
  files::write();
}
