// weft-run: runs a function of a .mlir file.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <iostream>

#include "frontend/serialize/npy.h"
#include "runtime/reference/values.h"
#include "runtime/trace/knobs.h"
#include "tools/weft_run/inputs.h"
#include "tools/weft_run/options.h"
#include "tools/weft_run/report.h"
#include "tools/weft_run/values.h"

namespace weft_run {
namespace {
using torch::codegen::Tier;

void set_knobs(const Options& options) {
  torch::runtime::Knobs knobs = torch::runtime::knobs();
  if (options.threads) knobs.threads = options.threads;
  if (!options.dump_folder.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.dump_folder, error);
    if (error)
      throw std::runtime_error("--dump-ir " + options.dump_folder +
                               ": cannot make the folder: " + error.message());
    knobs.dump = options.dump_folder;
  }
  torch::runtime::set_knobs(knobs);
}

void check_outputs(const Program& program, const std::vector<std::string>& outputs) {
  const auto& graph = program.graph;
  if (!outputs.empty() && outputs.size() != graph.outputs.size())
    throw std::runtime_error(fmt::format("got {} output files, expected {}, one for each result",
                                         outputs.size(), graph.outputs.size()));
}

void compare(const torch::op::Graph& graph, const std::vector<torch::op::Type>& types,
             const Execution& reference, const Execution& compiled) {
  for (size_t i = 0; i < graph.outputs.size(); ++i) {
    const std::string difference =
        torch::reference::first_difference(types[i], reference.outputs[i]->data(), "reference",
                                           compiled.outputs[i]->data(), "compile");
    if (!difference.empty())
      throw std::runtime_error(fmt::format("result {} {}", i + 1, difference));
  }
}

void deliver(const Options& options, const std::vector<torch::op::Type>& types,
             const Execution& execution) {
  for (size_t i = 0; i < types.size(); ++i) {
    const void* data = execution.outputs[i]->data();
    if (options.print || options.outputs.empty())
      std::cout << "result " << i + 1 << ": " << to_string(types[i]) << "\n"
                << format_values(types[i], data) << "\n";
    if (!options.outputs.empty() && options.outputs[i] != "-")
      torch::serialize::save_npy(options.outputs[i], types[i], data);
  }
}

void run(const Options& options) {
  set_knobs(options);
  const Program program = read_program(options.file, options.function);
  check_outputs(program, options.outputs);
  const auto inputs = make_inputs(program, options.inputs);
  const std::vector<torch::op::Type> types = output_types(program.graph);
  Execution reference, result;
  auto in_tier = [&](Tier tier) {
    return execute(program.graph, tier, inputs, options.repeat,
                   options.function + (tier == Tier::reference ? ".reference" : ""));
  };
  if (options.tier != Options::Tier::compile) reference = in_tier(Tier::reference);
  if (options.tier != Options::Tier::reference) result = in_tier(Tier::compile);
  if (options.tier == Options::Tier::both) compare(program.graph, types, reference, result);
  deliver(options, types, options.tier == Options::Tier::reference ? reference : result);
  if (options.tier != Options::Tier::compile) std::cout << report("reference", reference);
  if (options.tier != Options::Tier::reference) std::cout << report("compile", result);
  if (options.tier == Options::Tier::both) std::cout << "both tiers give the same bits\n";
  std::cout.flush();
  if (!std::cout) throw std::runtime_error("cannot write to the standard output");
}
}  // namespace
}  // namespace weft_run

extern "C" int weft_run_main(int argc, char** argv) {
  int exit_code = 0;
  const std::optional<weft_run::Options> options = weft_run::parse_options(argc, argv, exit_code);
  if (!options) return exit_code;
  try {
    weft_run::run(*options);
    return 0;
  } catch (const weft_run::Diagnostics& diagnostics) {
    std::cerr << diagnostics.what();
  } catch (const std::exception& error) {
    std::cerr << "weft-run: " << error.what() << "\n";
  }
  return 1;
}
