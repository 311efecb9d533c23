#include "tools/weft_run/options.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

namespace weft_run {
namespace {
constexpr char introduction[] =
    "weft-run: runs a function of a .mlir file and says what it gave, how long it took and what "
    "was compiled.\n\n"
    "  weft-run f.mlir --input x.npy random:1                values on the screen\n"
    "  weft-run f.mlir --input x.npy --output y.npy          values into a file\n"
    "  weft-run f.mlir --input ones --tier both              do both tiers give the same bits?\n"
    "  weft-run f.mlir --input random:1 --repeat 100         best and median time\n";

constexpr char about_inputs[] =
    "What the arguments are, in order:\n"
    "x.npy                 the array of a file\n"
    "random:SEED           uniform in [-1, 1); bools are coins\n"
    "random:SEED:LOW:HIGH  uniform in [LOW, HIGH); integers too\n"
    "zeros, ones, NUMBER   that everywhere";

constexpr char about_tier[] =
    "compile (default): machine code\n"
    "reference: one plain function an op\n"
    "both: one after the other; fails at the first bit that differs";

void declare(CLI::App& app, Options& options) {
  const std::map<std::string, Options::Tier> tiers = {{"reference", Options::Tier::reference},
                                                      {"compile", Options::Tier::compile},
                                                      {"both", Options::Tier::both}};
  app.add_option("file", options.file, "The program")->required()->type_name("FILE.mlir");
  app.add_option("--input", options.inputs, about_inputs)->type_name("WHAT")->group("Values");
  app.add_option("--output", options.outputs,
                 "Files for the results, in order; - for one that nobody wants")
      ->type_name("FILE.npy")
      ->group("Values");
  app.add_flag("--print", options.print, "Print the results even when they go to files")
      ->group("Values");
  app.add_option("--function", options.function, "The function to run")
      ->type_name("NAME")
      ->capture_default_str()
      ->group("Running");
  app.add_option("--tier", options.tier, about_tier)
      ->transform(CLI::CheckedTransformer(tiers).description(""))
      ->type_name("TIER")
      ->group("Running");
  app.add_option("--repeat", options.repeat,
                 "Timed runs; if more than one, a run before them is not timed")
      ->check(CLI::Range(1, 1000000000).description(""))
      ->type_name("N")
      ->capture_default_str()
      ->group("Running");
  app.add_option("--threads", options.threads,
                 "Threads that compute (default: WEFT_THREADS, or the machine's cores)")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N")
      ->group("Running");
  app.add_option("--dump-ir", options.dump_folder,
                 "Folder for the program after each phase; it is made if need be")
      ->type_name("FOLDER")
      ->group("Running");
}
}  // namespace

std::optional<Options> parse_options(int argc, char** argv, int& exit_code) {
  CLI::App app(introduction, "weft-run");
  Options options;
  declare(app, options);
  try {
    app.parse(argc, argv);
    return options;
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    exit_code = 0;
  } catch (const CLI::ParseError& error) {
    std::cerr << "weft-run: " << error.what() << " (weft-run --help lists the options)\n";
    exit_code = 1;
  }
  return std::nullopt;
}
}  // namespace weft_run
