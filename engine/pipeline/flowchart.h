// The flowchart as a structure: the program that the pipeline runs.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pipeline/stage.h"

namespace athanor {

/// When an edge is taken: always, or by the answer of the decision it leaves.
enum class When : std::uint8_t { kAlways, kYes, kNo };

struct FlowEdge {
  Stage from = Stage::kPrepare;
  Stage to = Stage::kPrepare;
  When when = When::kAlways;
};

struct Flowchart {
  std::vector<Stage> nodes;  // the first is where a run begins
  std::vector<FlowEdge> edges;

  /// Position in `edges` of the edge to follow from a stage; throws kBadFlowchart when there is none.
  [[nodiscard]] std::size_t next(Stage from, When answer) const;
};

/// Whether a stage asks a question; only Done does.
[[nodiscard]] bool is_decision(Stage stage);

/// prepare → clean → augment → split → done? — no → train → evaluate → optimise → done?; — yes → finish.
[[nodiscard]] Flowchart default_flowchart();

/// Throws kBadFlowchart unless edges join stages that are listed (each once), every stage can be reached, plain stages
/// have one way on, decisions a yes and a no, every loop passes a decision, and Finish ends it.
void check(const Flowchart& flowchart);

/// What a person reads on the chart, in their language.
struct FlowLabels {
  std::array<std::string, kStageCount> stages;
  std::string yes;
  std::string no;
};

/// Canonical Mermaid text. Node ids are the stage names; labels are quoted and escaped, so that no label can become
/// diagram syntax or markup. `direction` is "LR" or "TB".
[[nodiscard]] std::string to_mermaid(const Flowchart& flowchart, const FlowLabels& labels, std::string_view direction);

}  // namespace athanor
