#include "engine/data/batches.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/data/dataset.h"

namespace athanor {
namespace {

void check(std::span<const std::int32_t> labels, Index batch_rows) {
  const auto refuse = [](const char* what, const std::string& value, const std::string& expected) {
    throw Error(ErrorCode::kBadInput, "batches", {{"what", what}, {"value", value}, {"expected", expected}});
  };
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  if (labels.empty() || labels.size() > kMost) {
    refuse("the number of rows", std::to_string(labels.size()), "1 to " + std::to_string(kMost));
  }
  if (batch_rows < 1) refuse("the batch size", std::to_string(batch_rows), "at least 1");
  for (const std::int32_t label : labels) {
    if (label >= 0 && label < kMaxClasses) continue;
    refuse("a label", std::to_string(label), "0 to " + std::to_string(kMaxClasses - 1));
  }
}

}  // namespace

BatchOrder::BatchOrder(Sampling sampling, std::span<const std::int32_t> labels, Index batch_rows, std::uint32_t seed)
    : sampling_(sampling), batch_rows_(batch_rows), seed_(seed) {
  check(labels, batch_rows);
  order_.resize(labels.size());
  if (sampling_ != Sampling::kBalanced) return;
  class_begin_.push_back(0);
  for (std::int32_t label = 0; label < kMaxClasses; ++label) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (labels[i] == label) by_class_.push_back(static_cast<std::int32_t>(i));
    }
    if (by_class_.size() > class_begin_.back()) class_begin_.push_back(by_class_.size());
  }
}

std::span<const std::int32_t> BatchOrder::begin_epoch(std::uint64_t epoch) {
  if (sampling_ == Sampling::kBalanced) {
    draw_balanced(epoch);
    return order_;
  }
  Random random(seed_, Stream::kShuffle, epoch);
  if (sampling_ == Sampling::kReplacement) {
    for (std::int32_t& row : order_) {
      row = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(order_.size())));
    }
    return order_;
  }
  std::iota(order_.begin(), order_.end(), 0);
  random.shuffle(order_);
  return order_;
}

void BatchOrder::draw_balanced(std::uint64_t epoch) {
  Random random(seed_, Stream::kShuffle, epoch);
  const std::size_t classes = class_begin_.size() - 1;
  // Who begins gets the places that do not divide evenly.
  const std::size_t first = random.below(static_cast<std::uint32_t>(classes));
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const std::size_t k = (first + i) % classes;
    const std::size_t count = class_begin_[k + 1] - class_begin_[k];
    order_[i] = by_class_[class_begin_[k] + random.below(static_cast<std::uint32_t>(count))];
  }
  random.shuffle(order_);
}

Index BatchOrder::batch_count() const { return (static_cast<Index>(order_.size()) + batch_rows_ - 1) / batch_rows_; }

std::span<const std::int32_t> BatchOrder::batch(Index index) const {
  ensure(index >= 0 && index < batch_count(), "a batch lies within its epoch");
  const auto rows = static_cast<Index>(order_.size());
  const Index begin = index * batch_rows_;
  return std::span(order_).subspan(static_cast<std::size_t>(begin),
                                   static_cast<std::size_t>(std::min(batch_rows_, rows - begin)));
}

}  // namespace athanor
