#include "engine/pipeline/flowchart.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

FlowLabels plain_labels() {
  FlowLabels labels{.stages = {}, .yes = "yes", .no = "no"};
  for (std::size_t i = 0; i < kStageCount; ++i) labels.stages[i] = std::string(kStageNames[i]);
  return labels;
}

Flowchart without_edge(Stage from, Stage to) {
  Flowchart chart = default_flowchart();
  const auto removed =
      std::erase_if(chart.edges, [&](const FlowEdge& edge) { return edge.from == from && edge.to == to; });
  REQUIRE(removed == 1);
  return chart;
}

Flowchart with_edge(Stage from, Stage to, When when = When::kAlways) {
  Flowchart chart = default_flowchart();
  chart.edges.push_back({.from = from, .to = to, .when = when});
  return chart;
}

/// Why a chart is refused; "" when it is taken.
std::string refusal(const Flowchart& chart) {
  try {
    check(chart);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::kBadFlowchart);
    return param(error, "detail");
  }
  return "";
}

/// The chart's line for a stage with this label.
std::string line_with_label(const std::string& label) {
  FlowLabels labels = plain_labels();
  labels.stages[position(Stage::kPrepare)] = label;
  const std::string text = to_mermaid(default_flowchart(), labels, "LR");
  const std::size_t start = text.find("  prepare[");
  return text.substr(start, text.find('\n', start) - start);
}

}  // namespace

TEST_CASE("the default flowchart passes its check and asks in one place") {
  CHECK(refusal(default_flowchart()).empty());
  CHECK(default_flowchart().nodes.size() == kStageCount);
  for (const Stage stage : default_flowchart().nodes) CHECK(is_decision(stage) == (stage == Stage::kDone));
}

TEST_CASE("the way on from a stage follows the answer") {
  const Flowchart chart = default_flowchart();
  const auto next = [&](Stage from, When answer) { return chart.edges[chart.next(from, answer)].to; };
  CHECK(next(Stage::kPrepare, When::kAlways) == Stage::kClean);
  CHECK(next(Stage::kDone, When::kYes) == Stage::kFinish);
  CHECK(next(Stage::kDone, When::kNo) == Stage::kTrain);
  CHECK(next(Stage::kOptimise, When::kAlways) == Stage::kDone);
  CHECK(code_of([&] { (void)chart.next(Stage::kDone, When::kAlways); }) == "bad_flowchart");
  CHECK(code_of([&] { (void)chart.next(Stage::kFinish, When::kAlways); }) == "bad_flowchart");
}

TEST_CASE("a chart without stages is refused") { CHECK(refusal({}) == "it has no stage"); }

TEST_CASE("a stage that is never reached is refused") {
  Flowchart chart = default_flowchart();
  for (FlowEdge& edge : chart.edges) {
    if (edge.from == Stage::kClean) edge.to = Stage::kSplit;
  }
  CHECK(refusal(chart) == "augment is never reached");
}

TEST_CASE("a decision without its yes, without its no, or with a third way is refused") {
  // Finish is reached from elsewhere, so that only the decision is at fault.
  const std::string expected = "done needs exactly one way for yes and one for no";
  CHECK(refusal(without_edge(Stage::kDone, Stage::kFinish)).find("finish is never reached") == std::string::npos);
  CHECK(refusal(without_edge(Stage::kDone, Stage::kFinish)) == expected);
  Flowchart chart = default_flowchart();
  for (FlowEdge& edge : chart.edges) {
    if (edge.from == Stage::kDone) edge.when = When::kYes;
  }
  CHECK(refusal(chart) == expected);
  CHECK(refusal(with_edge(Stage::kDone, Stage::kPrepare)) == expected);
  CHECK(refusal(with_edge(Stage::kDone, Stage::kPrepare, When::kNo)) == expected);
}

TEST_CASE("a plain stage with two ways on, with none, or with a conditional one is refused") {
  CHECK(refusal(with_edge(Stage::kClean, Stage::kSplit)) == "clean needs one way on");
  CHECK(refusal(without_edge(Stage::kOptimise, Stage::kDone)) == "optimise needs one way on");
  CHECK(refusal(with_edge(Stage::kClean, Stage::kSplit, When::kYes)) == "clean needs one way on");
}

TEST_CASE("a loop that passes no decision is refused") {
  Flowchart chart = default_flowchart();
  for (FlowEdge& edge : chart.edges) {
    if (edge.from == Stage::kOptimise) edge.to = Stage::kTrain;
  }
  CHECK(refusal(chart) == "the loop through train passes no decision, so it would never end");
}

TEST_CASE("a chart that never comes to finish, or goes on after it, is refused") {
  Flowchart chart = default_flowchart();
  std::erase(chart.nodes, Stage::kFinish);
  CHECK_FALSE(refusal(chart).empty());
  for (FlowEdge& edge : chart.edges) {
    if (edge.to == Stage::kFinish) edge.to = Stage::kPrepare;
  }
  CHECK(refusal(chart) == "it never comes to finish");
  CHECK(refusal(with_edge(Stage::kFinish, Stage::kPrepare)) == "finish ends the run, nothing follows it");
}

TEST_CASE("a stage that stands on the chart twice, or an edge to one that does not, is refused") {
  Flowchart chart = default_flowchart();
  chart.nodes.push_back(Stage::kClean);
  CHECK_FALSE(refusal(chart).empty());
  chart = default_flowchart();
  std::erase(chart.nodes, Stage::kAugment);
  CHECK_FALSE(refusal(chart).empty());
}

TEST_CASE("the canonical Mermaid text of the default flowchart") {
  CHECK(to_mermaid(default_flowchart(), plain_labels(), "LR") ==
        "graph LR\n"
        "  prepare[\"prepare\"]\n"
        "  clean[\"clean\"]\n"
        "  augment[\"augment\"]\n"
        "  split[\"split\"]\n"
        "  done{\"done\"}\n"
        "  train[\"train\"]\n"
        "  evaluate[\"evaluate\"]\n"
        "  optimise[\"optimise\"]\n"
        "  finish[\"finish\"]\n"
        "  prepare --> clean\n"
        "  clean --> augment\n"
        "  augment --> split\n"
        "  split --> done\n"
        "  done -->|\"yes\"| finish\n"
        "  done -->|\"no\"| train\n"
        "  train --> evaluate\n"
        "  evaluate --> optimise\n"
        "  optimise --> done\n");
  CHECK(to_mermaid(default_flowchart(), plain_labels(), "TB").starts_with("graph TB\n"));
  CHECK(code_of([] { (void)to_mermaid(default_flowchart(), plain_labels(), "LR\nclick"); }) == "bad_input");
}

TEST_CASE("labels cannot become diagram syntax or markup") {
  CHECK(line_with_label("\"]-->x") == "  prepare[\"#34;#93;#45;#45;#62;x\"]");
  CHECK(line_with_label("<script>a</script>") == "  prepare[\"#60;script#62;a#60;#47;script#62;\"]");
  CHECK(line_with_label("%%{init}%%") == "  prepare[\"#37;#37;#123;init#125;#37;#37;\"]");
  CHECK(line_with_label("a\nb") == "  prepare[\"a<br/>b\"]");
  CHECK(line_with_label("a\r\t#1;") == "  prepare[\"a#13;#9;#35;1#59;\"]");
  CHECK(line_with_label("准备 é 9") == "  prepare[\"准备 é 9\"]");
}

TEST_CASE("a hostile label adds no line, no quote and no bracket to the diagram, wherever it stands") {
  const std::string hostile = "\"]\n\r end; click done \"javascript:x\" %%{init: {}}%% |\\`<b>{}()&quot;";
  FlowLabels labels{.stages = {}, .yes = hostile, .no = hostile};
  labels.stages.fill(hostile);
  const std::string text = to_mermaid(default_flowchart(), labels, "TB");
  const std::string plain = to_mermaid(default_flowchart(), plain_labels(), "TB");
  for (const char c : {'\n', '"', '[', ']', '{', '}', '|', '%', '(', ')', '\\', '`', '\r'}) {
    INFO(static_cast<int>(c));
    CHECK(std::count(text.begin(), text.end(), c) == std::count(plain.begin(), plain.end(), c));
  }
}
