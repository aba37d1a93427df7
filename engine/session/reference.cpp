#include "engine/session/reference.h"

#include <string>

#include "engine/core/error.h"
#include "engine/data/generators.h"
#include "engine/experiment/document.h"
#include "engine/experiment/presets.h"
#include "engine/graph/op_row.h"
#include "engine/optim/optimizer.h"
#include "engine/pipeline/flowchart.h"
#include "engine/pipeline/run.h"

namespace athanor {

Json describe_generators() {
  Json list = Json::array();
  for (std::size_t i = 0; i < kGeneratorCount; ++i) {
    const GeneratorInfo& info = generator_info(static_cast<Generator>(i));
    list.push_back(json_object({{"name", info.name},
                                {"task", info.task == Task::kRegression ? "regression" : "classification"},
                                {"dimensions", info.dimensions},
                                {"leastClasses", info.least_classes},
                                {"mostClasses", info.most_classes},
                                {"meaning", info.meaning}}));
  }
  return list;
}

Json describe_presets() {
  Json list = Json::array();
  for (const Preset& preset : presets()) {
    list.push_back(json_object({{"name", preset.name},
                                {"document", parse_json(preset.json)},
                                {"table", preset.table},
                                {"meaning", preset.meaning}}));
  }
  return list;
}

Json describe_ops() {
  Json list = Json::array();
  for (int i = 0; i < kOpCount; ++i) {
    const OpRow& op = row(static_cast<Op>(i));
    list.push_back(json_object({{"name", op.name},
                                {"arity", op.arity},
                                {"meaning", op.meaning},
                                {"onnx", op.onnx.text},
                                {"inPlace", op.in_place != kNever},
                                {"hasGradient", op.gradient != &no_gradient}}));
  }
  return list;
}

Json describe_stages() {
  Json list = Json::array();
  for (const Stage stage : default_flowchart().nodes) {
    list.push_back(
        json_object({{"id", stage_name(stage)}, {"decision", is_decision(stage)}, {"meaning", row(stage).meaning}}));
  }
  return list;
}

Json describe_optimizers() {
  Json list = Json::array();
  for (std::size_t i = 0; i < kOptimizerNames.size(); ++i) {
    const OptimizerRow& optimizer = row(static_cast<Optimizer>(i));
    list.push_back(json_object({{"name", optimizer.name()},
                                {"slots", optimizer.slots},
                                {"decays", optimizer.decays},
                                {"meaning", optimizer.meaning}}));
  }
  return list;
}

Json describe_errors() {
  Json list = Json::array();
  for (std::size_t i = 0; i < kErrorCodeCount; ++i) {
    const auto code = static_cast<ErrorCode>(i);
    list.push_back(json_object({{"code", error_name(code)}, {"sentence", error_template(code)}}));
  }
  return list;
}

}  // namespace athanor
