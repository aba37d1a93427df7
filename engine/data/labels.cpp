#include "engine/data/labels.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/core/error.h"
#include "engine/data/scaler.h"

namespace athanor {
namespace {

/// Work of one slice, counted as kMaxNeighbourWork is.
constexpr double kSliceWork = 2e7;

double work_per_row(std::size_t rows, std::size_t width) {
  return static_cast<double>(rows) * (static_cast<double>(width) + kRankingWork);
}

[[noreturn]] void refuse(const char* what, const std::string& value, const std::string& expected) {
  throw Error(ErrorCode::kBadInput, "clean.labels", {{"what", what}, {"value", value}, {"expected", expected}});
}

}  // namespace

LabelSearch::LabelSearch(const Dataset& data, Index neighbours)
    : neighbours_(static_cast<std::size_t>(neighbours)), width_(data.columns.size()) {
  check_range("clean.labels", static_cast<double>(neighbours), 1, 50);
  if (data.task != Task::kClassification) refuse("the task", "regression", "classification");
  for (std::size_t i = 0; i < data.is_copy.size(); ++i) {
    if (data.is_copy[i] == 0) rows_.push_back(static_cast<std::int32_t>(i));
  }
  const double work = static_cast<double>(rows_.size()) * work_per_row(rows_.size(), width_);
  if (work > kMaxNeighbourWork) {
    refuse("rows times rows times columns", number_text(work), "at most " + number_text(kMaxNeighbourWork));
  }
  const Scaler scaler = fit_standard(data, rows_);
  scaled_.resize(rows_.size() * width_);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    scaler.apply(data.row(rows_[i]), std::span(scaled_).subspan(i * width_, width_));
    labels_.push_back(data.labels[static_cast<std::size_t>(rows_[i])]);
  }
  distances_.reserve(rows_.size());
}

bool LabelSearch::advance() {
  double work = 0;
  while (judged_ < rows_.size() && work < kSliceWork) {
    judge(judged_++);
    work += work_per_row(rows_.size(), width_);
  }
  return judged_ == rows_.size();
}

void LabelSearch::judge(std::size_t i) {
  distances_.clear();
  for (std::size_t j = 0; j < rows_.size(); ++j) {
    if (j == i) continue;
    double squares = 0;
    for (std::size_t c = 0; c < width_; ++c) {
      const auto gap = static_cast<double>(scaled_[i * width_ + c] - scaled_[j * width_ + c]);
      squares += gap * gap;
    }
    distances_.emplace_back(squares, j);
  }
  const std::size_t count = std::min(neighbours_, distances_.size());
  if (count == 0) return;
  std::nth_element(distances_.begin(), distances_.begin() + static_cast<Index>(count) - 1, distances_.end());
  std::array<std::size_t, kMaxClasses> votes{};
  for (std::size_t n = 0; n < count; ++n) ++votes.at(static_cast<std::size_t>(labels_[distances_[n].second]));
  const std::int32_t own = labels_[i];
  const auto most = static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
  if (static_cast<std::int32_t>(most) == own || 2 * votes.at(most) <= count) return;
  suspects_.push_back(
      {.row = rows_[i],
       .label = own,
       .suggested = static_cast<std::int32_t>(most),
       .agreement = static_cast<double>(votes.at(static_cast<std::size_t>(own))) / static_cast<double>(count)});
}

std::vector<LabelSuspect> find_suspect_labels(const Dataset& data, Index neighbours) {
  LabelSearch search(data, neighbours);
  while (!search.advance()) {
  }
  return search.suspects();
}

}  // namespace athanor
