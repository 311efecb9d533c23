// Trains a small GPT on the characters of a text and lets it write. All of it is libtorch's API:
// the same program builds against libtorch.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>

#include "examples/char_gpt/model.h"
#include "examples/char_gpt/text.h"

namespace {
struct Settings {
  Sizes sizes;
  int64_t steps = 700, batch = 16, write = 400;
  double lr = 1e-3;
  uint64_t seed = 1;
  std::string text = "/usr/share/common-licenses/GPL-3", device = "cpu";
};

int parse(int argc, char** argv, Settings& s) {
  CLI::App app("Trains a small GPT on the characters of a text.");
  app.option_defaults()->always_capture_default();
  app.add_option("--text", s.text, "the file to learn from");
  app.add_option("--steps", s.steps, "training steps")->check(CLI::Range(1, 10000000));
  app.add_option("--batch", s.batch, "pieces of text a step")->check(CLI::Range(1, 1 << 20));
  app.add_option("--context", s.sizes.context, "characters that are seen at once")
      ->check(CLI::Range(1, 1 << 16));
  app.add_option("--layers", s.sizes.layers, "blocks")->check(CLI::Range(1, 1000));
  app.add_option("--width", s.sizes.width, "numbers a character becomes")
      ->check(CLI::Range(1, 1 << 16));
  app.add_option("--heads", s.sizes.heads, "heads of attention, a divisor of the width")
      ->check(CLI::Range(1, 1 << 16));
  app.add_option("--lr", s.lr, "learning rate of AdamW")->check(CLI::NonNegativeNumber);
  app.add_option("--write", s.write, "characters to write at the end")
      ->check(CLI::Range(0, 1 << 20));
  app.add_option("--seed", s.seed, "seed of all random numbers");
  app.add_option("--device", s.device, "cpu, cuda or cuda:1");
  CLI11_PARSE(app, argc, argv);
  return -1;
}

void check(const Settings& s, const Text& text) {
  if (s.sizes.width % s.sizes.heads != 0)
    throw std::runtime_error("a width of " + std::to_string(s.sizes.width) +
                             " cannot be shared by " + std::to_string(s.sizes.heads) + " heads");
  if (static_cast<int64_t>(text.numbers().size()) < s.sizes.context + 2)
    throw std::runtime_error(s.text + ": " + std::to_string(text.numbers().size()) +
                             " characters, expected at least " +
                             std::to_string(s.sizes.context + 2) + ", two more than the context");
}

// Some pieces of the text, each one character longer than the context.
torch::Tensor pieces(const torch::Tensor& text, const Settings& s) {
  const int64_t length = s.sizes.context + 1;
  const torch::TensorOptions whole = text.options();
  const torch::Tensor starts = torch::randint(text.size(0) - length + 1, {s.batch, 1}, whole);
  const torch::Tensor places = (starts + torch::arange(length, whole)).view({-1});
  return text.index_select(0, places).view({s.batch, length});
}

void train(Gpt& model, const torch::Tensor& text, const Settings& s) {
  torch::optim::AdamW adam(model.parameters(), torch::optim::AdamWOptions(s.lr));
  const auto start = std::chrono::steady_clock::now();
  const int64_t often = std::min<int64_t>(50, s.steps), context = s.sizes.context;
  double total = 0;
  for (int64_t step = 1; step <= s.steps; ++step) {
    const torch::Tensor some = pieces(text, s);
    adam.zero_grad();
    const torch::Tensor scores = model.forward(some.slice(1, 0, context));
    const torch::Tensor loss = torch::nn::functional::cross_entropy(
        scores.reshape({-1, s.sizes.characters}), some.slice(1, 1, context + 1).reshape({-1}));
    loss.backward();
    adam.step();
    total += loss.item<double>();
    if (step % often != 0) continue;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("step %5ld/%ld  loss %.3f  %6.1f s\n", static_cast<long>(step),
                static_cast<long>(s.steps), total / static_cast<double>(often), seconds);
    std::fflush(stdout);
    total = 0;
  }
}

// Goes on from the text's beginning. Adding Gumbel noise to the scores and taking the largest draws
// a character with the probability that the scores mean.
std::string write(Gpt& model, const Text& text, const Settings& s) {
  torch::NoGradGuard no_grad;
  std::vector<int64_t> window(text.numbers().begin(), text.numbers().begin() + s.sizes.context);
  std::string written;
  for (int64_t i = 0; i < s.write; ++i) {
    const torch::Tensor seen = torch::tensor(window, torch::Device(s.device)).view({1, -1});
    const torch::Tensor scores = model.forward(seen).select(1, -1);
    const torch::Tensor noise = -(-torch::rand_like(scores).log()).log();
    window.push_back((scores + noise).argmax(1).item<int64_t>());
    written += text.character(window.back());
    window.erase(window.begin());
  }
  return written;
}

void run(Settings s) {
  const Text text(s.text);
  check(s, text);
  s.sizes.characters = static_cast<int64_t>(text.characters().size());
  torch::manual_seed(s.seed);
  Gpt model(s.sizes);
  int64_t parameters = 0;
  for (const auto& p : model.parameters()) parameters += p.numel();
  std::cout << s.text << ": " << text.numbers().size() << " characters, " << s.sizes.characters
            << " different; " << parameters << " parameters\n";
  const torch::Device device(s.device);
  model.to(device);
  train(model, torch::tensor(text.numbers()).to(device), s);
  if (s.write > 0) std::cout << "\n" << write(model, text, s) << "\n";
}
}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  if (const int code = parse(argc, argv, settings); code >= 0) return code;
  try {
    run(settings);
  } catch (const c10::Error& e) {
    std::cerr << "char_gpt: " << e.what_without_backtrace() << "\n";
    return 1;
  } catch (const std::exception& e) {
    std::cerr << "char_gpt: " << e.what() << "\n";
    return 1;
  }
  return 0;
}
