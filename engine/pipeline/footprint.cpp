#include "engine/pipeline/footprint.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/optim/optimizer.h"
#include "engine/pipeline/evaluator.h"
#include "engine/pipeline/program.h"

namespace athanor {

void check_memory(std::size_t bytes, std::string_view path) {
  if (bytes <= kMaxRunBytes) return;
  constexpr double kMegabyte = 1024.0 * 1024.0;
  throw Error(ErrorCode::kMemoryLimit, std::string(path),
              {{"value", number_text(std::ceil(static_cast<double>(bytes) / kMegabyte))},
               {"max", number_text(static_cast<double>(kMaxRunBytes) / kMegabyte)}});
}

Footprint footprint_of(const MlpSpec& spec, const Experiment& experiment, Index train_rows) {
  const Graph graph = evaluation_mlp(spec, 1).graph;
  Footprint footprint;
  for (const Parameter& parameter : graph.parameters) {
    footprint.parameters += parameter.is_trained ? parameter.shape.size() : 0;
  }
  const bool is_averaging = experiment.step.average_decay > 0;
  // Parameters, gradients and optimiser state; parameters and optimiser state of the mark; an average here and there.
  const Index blocks = 3 + 2 * most_optimizer_slots() + (experiment.accumulate > 1 ? 1 : 0) + (is_averaging ? 2 : 0) +
                       (experiment.restore_best ? 1 : 0);
  const Index scratch = row(experiment.step.optimizer).scratch(graph.parameters);
  footprint.bytes = static_cast<std::size_t>(graph.parameter_count * blocks + scratch) * sizeof(Real);

  const Index batch_rows = std::min(experiment.batch_size, train_rows);
  footprint.bytes += measure_programs(spec, batch_rows, train_rows, is_averaging).bytes();
  return footprint;
}

ArenaSize measure_programs(const MlpSpec& spec, Index batch_rows, Index train_rows, bool is_averaging) {
  ArenaSize total;
  const auto add = [&total](ArenaSize one) {
    total.own += one.own;
    total.workspace = std::max(total.workspace, one.workspace);
  };
  add(measure_training(spec, batch_rows));
  if (const Index rest = train_rows % batch_rows; rest > 0) add(measure_training(spec, rest));
  const ArenaSize evaluation = Evaluator::measure_arena(spec, train_rows);
  add(evaluation);
  if (is_averaging) add(evaluation);
  return total;
}

}  // namespace athanor
