#include "engine/data/split.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "engine/core/error.h"
#include "engine/core/random.h"

namespace athanor {
namespace {

enum class Part : std::uint8_t { kTrain, kValidation, kTest };

/// Deals the rows left by the test part out to the folds, one after the other over all classes, so that the folds are
/// as even as can be however small the classes are.
class Folds {
 public:
  explicit Folds(const SplitSettings& settings) : settings_(settings) {}
  [[nodiscard]] bool is_on() const { return settings_.folds >= 2; }
  /// Whether the next row is held out for validation.
  bool holds_out() { return dealt_++ % settings_.folds + 1 == settings_.fold; }
  [[nodiscard]] int dealt() const { return dealt_; }

 private:
  const SplitSettings& settings_;
  int dealt_ = 0;
};

void check_fold(const SplitSettings& settings) {
  if (settings.folds < 2 || (settings.fold >= 1 && settings.fold <= settings.folds)) return;
  throw out_of_range("split.fold", settings.fold, 1, settings.folds);
}

}  // namespace

Split split(const Dataset& data, const SplitSettings& settings) {
  check_fold(settings);
  const bool by_class = settings.stratified && data.task == Task::kClassification;
  std::vector<std::vector<std::int32_t>> groups(by_class ? data.classes.size() : 1);
  for (Index i = 0; i < data.rows(); ++i) {
    const auto position = static_cast<std::size_t>(i);
    if (data.is_copy[position] != 0) continue;
    const std::size_t group = by_class ? static_cast<std::size_t>(data.labels[position]) : 0;
    groups[group].push_back(static_cast<std::int32_t>(i));
  }

  std::unordered_map<std::int32_t, Part> part_of_origin;
  Random random(settings.seed, Stream::kSplit);
  Folds folds(settings);
  for (std::vector<std::int32_t>& group : groups) {
    random.shuffle(group);
    // Rounding must not take the last training row: a network cannot learn a class from none.
    const std::size_t most = group.empty() ? 0 : group.size() - 1;
    const auto share = [&](double part) {
      return static_cast<std::size_t>(std::lround(part * static_cast<double>(group.size())));
    };
    const std::size_t test = std::min(share(settings.test), most);
    const std::size_t validation = folds.is_on() ? 0 : std::min(share(settings.validation), most - test);
    const bool is_alone = group.size() - test == 1;  // the last row of its class stays for training
    for (std::size_t i = 0; i < group.size(); ++i) {
      Part part = Part::kTrain;
      if (i < test) {
        part = Part::kTest;
      } else if (folds.is_on() ? !is_alone && folds.holds_out() : i < test + validation) {
        part = Part::kValidation;
      }
      part_of_origin[data.origins[static_cast<std::size_t>(group[i])]] = part;
    }
  }

  if (folds.is_on() && folds.dealt() < settings.folds) {
    throw out_of_range("split.folds", settings.folds, 2, std::max(folds.dealt(), 2));
  }

  Split result;
  for (Index i = 0; i < data.rows(); ++i) {
    const auto position = static_cast<std::size_t>(i);
    const Part part = part_of_origin.at(data.origins[position]);
    if (part == Part::kTrain) {
      result.train.push_back(static_cast<std::int32_t>(i));
    } else if (data.is_copy[position] != 0) {
      ++result.copies_dropped;
    } else {
      (part == Part::kTest ? result.test : result.validation).push_back(static_cast<std::int32_t>(i));
    }
  }
  return result;
}

}  // namespace athanor
