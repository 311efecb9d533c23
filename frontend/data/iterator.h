/// The iterators of a data loader: input iterators that share their place, and an end.
#pragma once
#include <functional>
#include <iterator>
#include <memory>
#include <optional>

#include "frontend/tensor/error.h"

namespace torch {
namespace data {
namespace detail {
template <typename Batch> class IteratorBody {
 public:
  virtual ~IteratorBody() = default;
  virtual void next() = 0;
  virtual Batch& get() = 0;
  /// Whether there is nothing at this place. Loads the first batch.
  virtual bool exhausted() = 0;
};

/// Batches as a function gives them, until it gives none. The first is loaded when someone looks.
template <typename Batch> class LoadingIterator : public IteratorBody<Batch> {
 public:
  using NextBatch = std::function<std::optional<Batch>()>;
  explicit LoadingIterator(NextBatch next_batch) : next_batch_(std::move(next_batch)) {}
  void next() override {
    WEFT_CHECK_AT(Location::none(), !exhausted(), "Attempted to increment iterator past the end");
    batch_ = next_batch_();
  }
  Batch& get() override {
    WEFT_CHECK_AT(Location::none(), !exhausted(),
                  "Attempted to dereference iterator that was past the end");
    return *batch_;
  }
  bool exhausted() override {
    if (!started_) batch_ = next_batch_();
    started_ = true;
    return !batch_;
  }

 private:
  NextBatch next_batch_;
  std::optional<Batch> batch_;
  bool started_ = false;
};

template <typename Batch> class EndIterator : public IteratorBody<Batch> {
 public:
  void next() override {
    WEFT_FAIL_AT(Location::none(),
                 "Incrementing the DataLoader's past-the-end iterator is not allowed");
  }
  Batch& get() override {
    WEFT_FAIL_AT(Location::none(),
                 "Dereferencing the DataLoader's past-the-end iterator is not allowed");
  }
  bool exhausted() override { return true; }
};
}  // namespace detail

template <typename Batch> class Iterator {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = Batch;
  using pointer = Batch*;
  using reference = Batch&;
  using iterator_category = std::input_iterator_tag;

  explicit Iterator(std::unique_ptr<detail::IteratorBody<Batch>> body, bool is_end = false)
      : body_(std::move(body)), is_end_(is_end) {}
  Iterator& operator++() {
    body_->next();
    return *this;
  }
  Batch& operator*() const { return body_->get(); }
  Batch* operator->() const { return &body_->get(); }
  /// Copies are equal, and what is exhausted equals the end.
  bool operator==(const Iterator& other) const {
    if (is_end_ || other.is_end_)
      return (is_end_ || body_->exhausted()) && (other.is_end_ || other.body_->exhausted());
    return body_ == other.body_;
  }
  bool operator!=(const Iterator& other) const { return !(*this == other); }

 private:
  std::shared_ptr<detail::IteratorBody<Batch>> body_;
  bool is_end_;
};
}  // namespace data
}  // namespace torch
