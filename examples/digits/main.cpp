// Trains a convolutional network on images of handwritten digits. All but the summary of what was
// compiled is libtorch's API: the same program builds against libtorch.
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "examples/digits/chart.h"
#include "examples/digits/dataset.h"
#include "examples/digits/summary.h"
#include "examples/digits/train.h"

namespace {
struct Arguments {
  Settings settings;
  std::string data, mnist, chart = "digits.svg", dump_ir;
};

bool exists(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0;
}

// Beside the program (Bazel's runfiles), or from the repository's root.
std::string default_data(const std::string& program) {
  for (const std::string& path :
       {program + ".runfiles/weft/data/digits.csv.gz", std::string("data/digits.csv.gz")})
    if (exists(path)) return path;
  return "data/digits.csv.gz";
}

int parse(int argc, char** argv, Arguments& a) {
  CLI::App app("Trains a small convolutional network on handwritten digits.");
  app.option_defaults()->always_capture_default();
  app.add_option("--epochs", a.settings.epochs, "passes over the training images")
      ->check(CLI::Range(1, 100000));
  app.add_option("--batch", a.settings.batch, "images a step")->check(CLI::Range(1, 1 << 20));
  app.add_option("--lr", a.settings.lr, "learning rate")->check(CLI::NonNegativeNumber);
  app.add_option("--momentum", a.settings.momentum, "momentum of SGD")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--seed", a.settings.seed, "seed of all random numbers");
  app.add_option("--device", a.settings.device, "cpu, cuda or cuda:1");
  app.add_option("--data", a.data, "another file like data/digits.csv.gz")
      ->always_capture_default(false);
  app.add_option("--mnist", a.mnist, "train on MNIST: the folder with its four IDX files")
      ->always_capture_default(false);
  app.add_option("--chart", a.chart, "where the picture of the training goes");
  app.add_option("--dump-ir", a.dump_ir,
                 "write the IR after each phase of each graph to this folder")
      ->always_capture_default(false);
  CLI11_PARSE(app, argc, argv);
  return -1;
}

void run(const Arguments& a, const std::string& program) {
  const auto start = std::chrono::steady_clock::now();
  if (!a.dump_ir.empty()) dump_ir_to(a.dump_ir);
  const Dataset dataset = a.mnist.empty()
                              ? read_digits(a.data.empty() ? default_data(program) : a.data)
                              : read_mnist(a.mnist);
  std::cout << dataset.name << ": " << dataset.train.count() << " images to train, "
            << dataset.test.count() << " to test\n";
  check_writable(a.chart);
  torch::manual_seed(a.settings.seed);
  auto model = std::make_shared<SimpleModel>();
  int64_t parameters = 0;
  for (const auto& p : model->parameters()) parameters += p.numel();
  std::cout << *model << "\n" << parameters << " parameters\n\n";

  const Course course = train(*model, dataset, a.settings);
  write_chart(a.chart,
              dataset.name + ": " + std::to_string(a.settings.epochs) + " epochs, SGD with lr " +
                  CLI::detail::to_string(a.settings.lr),
              course);

  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("\n%.2f %% of the test images are right after %.1f s", 100 * course.accuracies.back(),
              seconds);
  if (course.images_per_second > 0)
    std::printf(" (%.0f images/s in training)", course.images_per_second);
  std::printf("\npicture  %s\n", a.chart.c_str());
  std::fflush(stdout);
  print_summary(a.dump_ir);
}
}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (const int code = parse(argc, argv, arguments); code >= 0) return code;
  try {
    run(arguments, argv[0]);
  } catch (const c10::Error& e) {
    std::cerr << "digits: " << e.what_without_backtrace() << "\n";
    return 1;
  } catch (const std::exception& e) {
    std::cerr << "digits: " << e.what() << "\n";
    return 1;
  }
  return 0;
}
