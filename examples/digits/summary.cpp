#include "examples/digits/summary.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#if __has_include(<weft/weft.h>)
#include <weft/weft.h>
#define HAS_LEDGER
#endif

void dump_ir_to(const std::string& folder) {
  if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST)
    throw std::runtime_error("cannot make folder " + folder + ": " + std::strerror(errno));
  if (access(folder.c_str(), W_OK | X_OK) != 0)
    throw std::runtime_error("cannot write to folder " + folder + ": " + std::strerror(errno));
  setenv("WEFT_DUMP", folder.c_str(), 1);
}

void print_summary(const std::string& dump_folder) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
#ifdef HAS_LEDGER
  const weft::Ledger ledger = weft::ledger();
  int kernels = 0, compiled = 0, reference = 0;
  double passes = 0, codegen = 0;
  for (const auto& entry : ledger.compiles) {
    reference += entry.reference;
    kernels += entry.kernels;
    compiled += entry.kernels_compiled;
    passes += entry.passes_ms;
    codegen += entry.codegen_ms;
  }
  const auto graphs = static_cast<unsigned long>(ledger.compile_count);
  std::printf(
      "graphs   %lu different ones (%d of them ran without compiling), evaluated %lu times\n",
      graphs, reference, static_cast<unsigned long>(ledger.barrier_count));
  std::printf("kernels  %d launched by them, %d compiled\n", kernels, compiled);
  std::printf("compile  %.0f ms passes, %.0f ms code generation\n", passes, codegen);
#endif
  std::printf("memory   %.0f MiB at the most\n", static_cast<double>(usage.ru_maxrss) / 1024);
  if (!dump_folder.empty()) std::printf("IR       %s\n", dump_folder.c_str());
}
