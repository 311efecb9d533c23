// Trains an LSTM to tell handwritten digits apart by reading them row by row. All of it is
// libtorch's API: the same program builds against libtorch.
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>

#include "examples/digits/dataset.h"
#include "examples/lstm/model.h"

namespace {
struct Settings {
  int64_t epochs = 30, batch = 50, width = 64;
  double lr = 0.005;
  uint64_t seed = 1;
  std::string data, device = "cpu";
};

bool exists(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0;
}

// Beside the program (Bazel's runfiles), or from the repository's root.
std::string default_data(const std::string& program) {
  const std::string beside = program + ".runfiles/weft/data/digits.csv.gz";
  return exists(beside) ? beside : "data/digits.csv.gz";
}

int parse(int argc, char** argv, Settings& s) {
  CLI::App app("Trains an LSTM on handwritten digits, row by row.");
  app.option_defaults()->always_capture_default();
  app.add_option("--epochs", s.epochs, "passes over the training images")
      ->check(CLI::Range(1, 100000));
  app.add_option("--batch", s.batch, "images a step")->check(CLI::Range(1, 1 << 20));
  app.add_option("--width", s.width, "numbers the LSTM remembers")->check(CLI::Range(1, 1 << 16));
  app.add_option("--lr", s.lr, "learning rate of Adam")->check(CLI::NonNegativeNumber);
  app.add_option("--seed", s.seed, "seed of all random numbers");
  app.add_option("--device", s.device, "cpu, cuda or cuda:1");
  app.add_option("--data", s.data, "another file like data/digits.csv.gz")
      ->always_capture_default(false);
  CLI11_PARSE(app, argc, argv);
  return -1;
}

struct Tensors {
  torch::Tensor images, labels;
  Tensors(const Images& part, const torch::Device& device)
      : images(torch::from_blob(const_cast<float*>(part.values.data()),
                                {part.count(), Images::side, Images::side})
                   .clone()
                   .to(device)),
        labels(torch::tensor(part.labels).to(device)) {}
  int64_t count() const { return labels.size(0); }
};

/// One pass over the images in random order; the mean loss.
double train(RowReader& model, torch::optim::Adam& adam, const Tensors& data, int64_t batch) {
  model.train();
  const torch::Tensor order = torch::randperm(data.count()).to(data.labels.device());
  double total = 0;
  for (int64_t begin = 0; begin < data.count(); begin += batch) {
    const int64_t end = std::min(begin + batch, data.count());
    const torch::Tensor some = order.slice(0, begin, end);
    adam.zero_grad();
    const torch::Tensor loss = torch::nn::functional::cross_entropy(
        model.forward(data.images.index_select(0, some)), data.labels.index_select(0, some));
    loss.backward();
    adam.step();
    total += loss.item<double>() * static_cast<double>(end - begin);
  }
  return total / static_cast<double>(data.count());
}

double accuracy(RowReader& model, const Tensors& data) {
  torch::NoGradGuard no_grad;
  model.eval();
  const torch::Tensor right = model.forward(data.images).argmax(1).eq(data.labels);
  return right.to(torch::kFloat).mean().item<double>();
}

void run(const Settings& s, const std::string& program) {
  const Dataset dataset = read_digits(s.data.empty() ? default_data(program) : s.data);
  torch::manual_seed(s.seed);
  const torch::Device device(s.device);
  RowReader model(Images::side, s.width);
  model.to(device);
  std::cout << model << "\n";
  torch::optim::Adam adam(model.parameters(), torch::optim::AdamOptions(s.lr));
  const Tensors training(dataset.train, device), test(dataset.test, device);
  const auto start = std::chrono::steady_clock::now();
  double right = 0;
  for (int64_t epoch = 1; epoch <= s.epochs; ++epoch) {
    const double loss = train(model, adam, training, s.batch);
    right = accuracy(model, test);
    std::printf("epoch %2ld/%ld  loss %.4f  test %5.2f %%\n", static_cast<long>(epoch),
                static_cast<long>(s.epochs), loss, 100 * right);
    std::fflush(stdout);
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("%.2f %% of the test images are right after %.1f s\n", 100 * right, seconds);
}
}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  if (const int code = parse(argc, argv, settings); code >= 0) return code;
  try {
    run(settings, argv[0]);
  } catch (const c10::Error& e) {
    std::cerr << "lstm: " << e.what_without_backtrace() << "\n";
    return 1;
  } catch (const std::exception& e) {
    std::cerr << "lstm: " << e.what() << "\n";
    return 1;
  }
  return 0;
}
