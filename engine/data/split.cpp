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

struct Range {
  std::size_t begin;
  std::size_t end;
};

/// Which of a group's shuffled rows are held out for validation, after the `test` first ones.
Range validation_range(const SplitSettings& settings, std::size_t test, std::size_t size, std::size_t share) {
  const std::size_t rest = size - test;
  if (settings.folds >= 2) {
    const auto folds = static_cast<std::size_t>(settings.folds);
    const auto fold = static_cast<std::size_t>(settings.fold);
    const Range range{.begin = test + (fold - 1) * rest / folds, .end = test + fold * rest / folds};
    // A single row stays for training whichever fold it falls into.
    return rest > 1 ? range : Range{.begin = test, .end = test};
  }
  return {.begin = test, .end = test + std::min(share, rest == 0 ? 0 : rest - 1)};
}

void check_fold(const SplitSettings& settings) {
  if (settings.folds < 2 || (settings.fold >= 1 && settings.fold <= settings.folds)) return;
  const std::string path = "split.fold";
  throw Error(ErrorCode::kOutOfRange, path,
              {{"path", path},
               {"value", std::to_string(settings.fold)},
               {"min", "1"},
               {"max", std::to_string(settings.folds)}});
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
  for (std::vector<std::int32_t>& group : groups) {
    random.shuffle(group);
    // Rounding must not take the last training row: a network cannot learn a class from none.
    const std::size_t most = group.empty() ? 0 : group.size() - 1;
    const auto share = [&](double part) {
      return static_cast<std::size_t>(std::lround(part * static_cast<double>(group.size())));
    };
    const std::size_t test = std::min(share(settings.test), most);
    const Range validation = validation_range(settings, test, group.size(), share(settings.validation));
    for (std::size_t i = 0; i < group.size(); ++i) {
      Part part = Part::kTrain;
      if (i < test) {
        part = Part::kTest;
      } else if (i >= validation.begin && i < validation.end) {
        part = Part::kValidation;
      }
      part_of_origin[data.origins[static_cast<std::size_t>(group[i])]] = part;
    }
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
