// gpu_program COMMAND [ARGUMENT]...: one of the parts of program.h, or all tests. One program, since
// each holds a compiler of 50 MB.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>

#include "tests/gpu/program.h"

namespace {
int tests(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
struct Command {
  const char* name;
  int (*run)(int argc, char** argv);
};
constexpr Command kCommands[] = {
    {"tests", tests},           {"workload", workload_main}, {"digits", digits_main},
    {"tour", tour_main},        {"rates", gpu::rates},       {"product", gpu::product},
    {"overhead", gpu::overhead}, {"masks", gpu::masks},
};
}  // namespace

int main(int argc, char** argv) {
  for (const Command& c : kCommands)
    if (argc > 1 && std::strcmp(argv[1], c.name) == 0) try {
        return c.run(argc - 1, argv + 1);
      } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
      }
  std::fprintf(stderr, "usage: %s COMMAND [ARGUMENT]...; COMMAND is one of", argv[0]);
  for (const Command& c : kCommands) std::fprintf(stderr, " %s", c.name);
  std::fprintf(stderr, "\n");
  return 2;
}
