#include "engine/data/split.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/core/random.h"

namespace athanor {
namespace {

enum class Part : std::uint8_t { kTrain, kValidation, kTest };

}  // namespace

Split split(const Dataset& data, const SplitSettings& settings) {
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
    const std::size_t validation = std::min(share(settings.validation), most - test);
    for (std::size_t i = 0; i < group.size(); ++i) {
      Part part = Part::kTrain;
      if (i < test) {
        part = Part::kTest;
      } else if (i < test + validation) {
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
