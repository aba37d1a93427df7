// A pipeline brought to a stage, and what its stages show.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string_view>

#include "engine/experiment/document.h"
#include "engine/pipeline/pipeline.h"

namespace athanor::testing {

inline Experiment experiment_of(const Json& document) { return read_experiment(document); }

/// Works until the pipeline stands before this stage.
inline void run_to(Pipeline& pipeline, Stage stage) {
  while (pipeline.stage() != stage) {
    const bool is_going_on = pipeline.work();
    REQUIRE(is_going_on);
  }
}

/// A number that a stage shows; -1 where it shows none of this name.
inline double figure(const Pipeline& pipeline, Stage stage, std::string_view name) {
  for (const auto& [key, value] : pipeline.run().figures[position(stage)]) {
    if (key == name) return value;
  }
  return -1;
}

inline std::size_t figure_count(const Pipeline& pipeline, Stage stage) {
  return pipeline.run().figures[position(stage)].size();
}

}  // namespace athanor::testing
