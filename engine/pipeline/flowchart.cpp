#include "engine/pipeline/flowchart.h"

#include <algorithm>

#include "engine/core/error.h"

namespace athanor {
namespace {

[[noreturn]] void refuse(const std::string& detail) {
  throw Error(ErrorCode::kBadFlowchart, "flowchart", {{"detail", detail}});
}

/// Stages that can be reached from `start`; when `through_decisions` is false the walk stops at decisions.
std::vector<bool> reach(const Flowchart& flowchart, Stage start, bool through_decisions) {
  std::vector<bool> seen(kStageCount, false);
  std::vector<Stage> open{start};
  while (!open.empty()) {
    const Stage stage = open.back();
    open.pop_back();
    if (is_decision(stage) && !through_decisions) continue;
    for (const FlowEdge& edge : flowchart.edges) {
      if (edge.from != stage || seen[position(edge.to)]) continue;
      seen[position(edge.to)] = true;
      open.push_back(edge.to);
    }
  }
  return seen;
}

/// Text inside a quoted Mermaid label: everything but plain characters becomes a numeric entity, a line break the one
/// tag Mermaid knows for it.
std::string escaped(std::string_view label) {
  std::string text;
  for (const char c : label) {
    if (c == '\n') {
      text += "<br/>";
      continue;
    }
    const bool is_plain = (static_cast<unsigned char>(c) & 0x80U) != 0 || c == ' ' || (c >= '0' && c <= '9') ||
                          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    text += is_plain ? std::string(1, c) : "#" + std::to_string(static_cast<int>(c)) + ";";
  }
  return text;
}

}  // namespace

bool is_decision(Stage stage) { return stage == Stage::kDone; }

std::size_t Flowchart::next(Stage from, When answer) const {
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges[i].from == from && edges[i].when == answer) return i;
  }
  refuse("no way leads on from " + std::string(stage_name(from)));
}

Flowchart default_flowchart() {
  return {.nodes = {Stage::kPrepare, Stage::kClean, Stage::kAugment, Stage::kSplit, Stage::kDone, Stage::kTrain,
                    Stage::kEvaluate, Stage::kOptimise, Stage::kFinish},
          .edges = {{.from = Stage::kPrepare, .to = Stage::kClean},
                    {.from = Stage::kClean, .to = Stage::kAugment},
                    {.from = Stage::kAugment, .to = Stage::kSplit},
                    {.from = Stage::kSplit, .to = Stage::kDone},
                    {.from = Stage::kDone, .to = Stage::kFinish, .when = When::kYes},
                    {.from = Stage::kDone, .to = Stage::kTrain, .when = When::kNo},
                    {.from = Stage::kTrain, .to = Stage::kEvaluate},
                    {.from = Stage::kEvaluate, .to = Stage::kOptimise},
                    {.from = Stage::kOptimise, .to = Stage::kDone}}};
}

void check(const Flowchart& flowchart) {
  if (flowchart.nodes.empty()) refuse("it has no stage");
  const auto times_listed = [&](Stage stage) {
    return std::count(flowchart.nodes.begin(), flowchart.nodes.end(), stage);
  };
  for (const Stage stage : flowchart.nodes) {
    if (times_listed(stage) != 1) refuse(std::string(stage_name(stage)) + " stands on it twice");
  }
  for (const FlowEdge& edge : flowchart.edges) {
    for (const Stage end : {edge.from, edge.to}) {
      if (times_listed(end) == 0)
        refuse("a way leads to or from " + std::string(stage_name(end)) + ", which is not on it");
    }
  }
  const std::vector<bool> reached = reach(flowchart, flowchart.nodes.front(), true);
  for (const Stage stage : flowchart.nodes) {
    const std::string name(stage_name(stage));
    if (stage != flowchart.nodes.front() && !reached[position(stage)]) refuse(name + " is never reached");
    const auto count = [&](When when) {
      return std::count_if(flowchart.edges.begin(), flowchart.edges.end(),
                           [&](const FlowEdge& edge) { return edge.from == stage && edge.when == when; });
    };
    if (is_decision(stage)) {
      if (count(When::kYes) != 1 || count(When::kNo) != 1 || count(When::kAlways) != 0) {
        refuse(name + " needs exactly one way for yes and one for no");
      }
    } else if (count(When::kYes) + count(When::kNo) != 0 || count(When::kAlways) != (stage == Stage::kFinish ? 0 : 1)) {
      refuse(stage == Stage::kFinish ? name + " ends the run, nothing follows it" : name + " needs one way on");
    } else if (reach(flowchart, stage, false)[position(stage)]) {
      refuse("the loop through " + name + " passes no decision, so it would never end");
    }
  }
  if (!reached[position(Stage::kFinish)]) refuse("it never comes to finish");
}

std::string to_mermaid(const Flowchart& flowchart, const FlowLabels& labels, std::string_view direction) {
  if (direction != "LR" && direction != "TB") {
    throw Error(ErrorCode::kBadInput, "flowchart",
                {{"what", "direction"}, {"value", excerpt(direction)}, {"expected", "LR or TB"}});
  }
  std::string text = "graph " + std::string(direction) + "\n";
  for (const Stage stage : flowchart.nodes) {
    const bool asks = is_decision(stage);
    text += "  " + std::string(stage_name(stage)) + (asks ? "{\"" : "[\"") + escaped(labels.stages[position(stage)]) +
            (asks ? "\"}" : "\"]") + "\n";
  }
  for (const FlowEdge& edge : flowchart.edges) {
    text += "  " + std::string(stage_name(edge.from)) + " -->";
    if (edge.when != When::kAlways) text += "|\"" + escaped(edge.when == When::kYes ? labels.yes : labels.no) + "\"|";
    text += " " + std::string(stage_name(edge.to)) + "\n";
  }
  return text;
}

}  // namespace athanor
