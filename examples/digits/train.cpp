#include "examples/digits/train.h"

#include <chrono>

#include "examples/digits/progress.h"

namespace {
struct Tensors {
  torch::Tensor images, labels;
  Tensors(const Images& part, const torch::Device& device) {
    auto* values = const_cast<float*>(part.values.data());
    images =
        torch::from_blob(values, {part.count(), 1, Images::side, Images::side}).clone().to(device);
    labels = torch::tensor(part.labels).to(device);
  }
  int64_t count() const { return labels.size(0); }
};

double accuracy(SimpleModel& model, const Tensors& test, Confusion& confusion) {
  torch::NoGradGuard no_grad;
  model.eval();
  confusion = {};
  constexpr int64_t at_once = 1000;
  int64_t right = 0;
  for (int64_t begin = 0; begin < test.count(); begin += at_once) {
    const int64_t end = std::min(begin + at_once, test.count());
    torch::Tensor said =
        model.forward(test.images.slice(0, begin, end)).argmax(1).to(torch::kCPU).contiguous();
    torch::Tensor is = test.labels.slice(0, begin, end).to(torch::kCPU).contiguous();
    const int64_t *s = said.data_ptr<int64_t>(), *t = is.data_ptr<int64_t>();
    for (int64_t i = 0; i < end - begin; ++i) {
      ++confusion[static_cast<size_t>(t[i])][static_cast<size_t>(s[i])];
      right += s[i] == t[i];
    }
  }
  return static_cast<double>(right) / static_cast<double>(test.count());
}
}  // namespace

Course train(SimpleModel& model, const Dataset& dataset, const Settings& settings) {
  using Clock = std::chrono::steady_clock;
  const torch::Device device(settings.device);
  model.to(device);
  const Tensors training(dataset.train, device), test(dataset.test, device);
  torch::optim::SGD optimizer(model.parameters(),
                              torch::optim::SGDOptions(settings.lr).momentum(settings.momentum));
  Course course;
  double seconds_after_first = 0;
  int64_t images_after_first = 0;
  for (int64_t epoch = 1; epoch <= settings.epochs; ++epoch) {
    model.train();
    const torch::Tensor order = torch::randperm(training.count()).to(device);
    Progress progress(epoch, settings.epochs, training.count());
    const auto start = Clock::now();
    double total = 0;
    for (int64_t begin = 0; begin < training.count(); begin += settings.batch) {
      const int64_t end = std::min(begin + settings.batch, training.count());
      const torch::Tensor batch = order.slice(0, begin, end);
      optimizer.zero_grad();
      torch::Tensor loss = torch::nll_loss(model.forward(training.images.index_select(0, batch)),
                                           training.labels.index_select(0, batch));
      loss.backward();
      optimizer.step();
      course.losses.push_back(loss.item<double>());
      total += course.losses.back() * static_cast<double>(end - begin);
      progress.show(end, total / static_cast<double>(end));
    }
    if (epoch > 1) {
      seconds_after_first += std::chrono::duration<double>(Clock::now() - start).count();
      images_after_first += training.count();
    }
    course.accuracies.push_back(accuracy(model, test, course.confusion));
    progress.finish(course.accuracies.back());
  }
  if (images_after_first > 0)
    course.images_per_second = static_cast<double>(images_after_first) / seconds_after_first;
  return course;
}
