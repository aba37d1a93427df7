#include "engine/session/neuron_view.h"

#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/session/step_preview.h"
#include "engine/session/step_view.h"

namespace athanor {
namespace {

[[noreturn]] void refuse(const std::string& value, const std::string& expected) {
  throw Error(ErrorCode::kBadInput, "neuron", {{"what", "neuron"}, {"value", value}, {"expected", expected}});
}

/// Throws unless every formula below is the one this run follows.
void check(const Trainer& trainer) {
  const MlpSpec& spec = trainer.spec();
  const StepSettings& step = trainer.step_settings();
  if (!spec.embeddings.empty()) refuse("embedded features", "numbers");
  if (!spec.layers.empty()) refuse(std::to_string(spec.layers.size()) + " hidden layers", "none");
  if (output_count(spec) != 1) refuse(std::to_string(output_count(spec)) + " output neurons", "1");
  if (spec.output_activation != Activation::kSigmoid || spec.loss != Loss::kSquaredError) {
    refuse("another output or loss", "sigmoid and squared_error");
  }
  if (spec.columns > kMaxNeuronInputs) {
    refuse(std::to_string(spec.columns) + " inputs", "at most " + std::to_string(kMaxNeuronInputs));
  }
  const bool is_plain = step.optimizer == Optimizer::kSgd && step.rule.momentum == 0 && step.l1 == 0 && step.l2 == 0 &&
                        step.max_norm == 0 && step.clip_value == 0 && step.clip_norm == 0;
  if (!is_plain) refuse("another way to step", "sgd without momentum, penalty or clipping");
  const NextBatch batch = trainer.next_batch();
  if (batch.rows.size() != 1 || batch.accumulates) {
    refuse("a batch of " + std::to_string(batch.rows.size()), "one sample per step");
  }
}

std::vector<double> doubles(std::span<const Real> values) { return {values.begin(), values.end()}; }

/// The weights, then the bias.
std::vector<double> joined(std::span<const Real> weights, std::span<const Real> bias) {
  std::vector<double> all = doubles(weights);
  all.insert(all.end(), bias.begin(), bias.end());
  return all;
}

/// The parameter block as the seed made it.
std::vector<double> initial_of(const Run& run) {
  const Network network = evaluation_mlp(run.spec, 1);
  std::vector<Real> block(static_cast<std::size_t>(network.graph.parameter_count));
  initialize(network.graph, network.starts, run.experiment.seed, block);
  const Parameter& weight = network.graph.parameters[0];
  const Parameter& bias = network.graph.parameters[1];
  const auto part = [&block](const Parameter& parameter) {
    return std::span<const Real>(block).subspan(static_cast<std::size_t>(parameter.offset),
                                                static_cast<std::size_t>(parameter.shape.size()));
  };
  return joined(part(weight), part(bias));
}

/// Six digits tell a person enough; a negative number stands in brackets where one follows an operator.
std::string shown(double value) {
  if (value == 0 || !std::isfinite(value)) return number_text(value);
  const double scale = std::pow(10, 5 - std::floor(std::log10(std::abs(value))));
  return number_text(std::isfinite(scale) ? std::round(value * scale) / scale : value);
}

std::string operand(double value) { return std::signbit(value) ? "(" + shown(value) + ")" : shown(value); }

/// "w1", "w2", …, and "b" for the last.
std::string name_of(std::size_t index, std::size_t inputs) {
  return index == inputs ? "b" : "w" + std::to_string(index + 1);
}

class Lines {
 public:
  explicit Lines(NeuronStep& step) : step_(step), inputs_(step.x.size()) {}

  void write() {
    for (std::size_t i = 0; i <= inputs_; ++i) {
      add(NeuronPhase::kInitialise, name_of(i, inputs_), shown(step_.initial[i]));
    }
    write_sum();
    add(NeuronPhase::kActivate, "y = sigmoid(z) = 1 / (1 + exp(-z))",
        shown(step_.y) + " = 1 / (1 + exp(-" + operand(step_.z) + "))");
    add(NeuronPhase::kLoss, "L = (y - t)^2",
        shown(step_.loss) + " = (" + shown(step_.y) + " - " + operand(step_.target) + ")^2");
    write_gradient();
    for (std::size_t i = 0; i <= inputs_; ++i) {
      const std::string name = name_of(i, inputs_);
      std::string formula = name;
      formula.append(" <- ").append(name).append(" - learning_rate * dL/d").append(name);
      add(NeuronPhase::kUpdate, std::move(formula),
          shown(step_.after[i]) + " = " + shown(step_.before[i]) + " - " + shown(step_.learning_rate) + " * " +
              operand(step_.gradient[i]));
    }
  }

 private:
  void write_sum() {
    std::string formula = "z = ";
    std::string numbers = shown(step_.z) + " = ";
    for (std::size_t i = 0; i < inputs_; ++i) {
      const std::string number = std::to_string(i + 1);
      formula.append("w").append(number).append(" * x").append(number).append(" + ");
      numbers.append(operand(step_.before[i])).append(" * ").append(operand(step_.x[i])).append(" + ");
    }
    add(NeuronPhase::kSum, formula + "b", numbers + operand(step_.before.back()));
  }

  void write_gradient() {
    add(NeuronPhase::kGradient, "dL/dy = 2 * (y - t)",
        shown(step_.loss_by_y) + " = 2 * (" + shown(step_.y) + " - " + operand(step_.target) + ")");
    add(NeuronPhase::kGradient, "dy/dz = y * (1 - y)",
        shown(step_.y_by_z) + " = " + shown(step_.y) + " * (1 - " + shown(step_.y) + ")");
    for (std::size_t i = 0; i <= inputs_; ++i) {
      const bool is_bias = i == inputs_;
      const std::string formula = "dL/d" + name_of(i, inputs_) + " = dL/dy * dy/dz";
      const std::string numbers =
          shown(step_.gradient[i]) + " = " + operand(step_.loss_by_y) + " * " + shown(step_.y_by_z);
      add(NeuronPhase::kGradient, is_bias ? formula : formula + " * x" + std::to_string(i + 1),
          is_bias ? numbers : numbers + " * " + operand(step_.x[i]));
    }
  }

  void add(NeuronPhase phase, std::string formula, std::string numbers) {
    step_.lines[static_cast<std::size_t>(phase)].push_back(
        {.formula = std::move(formula), .numbers = std::move(numbers)});
  }

  NeuronStep& step_;
  std::size_t inputs_;
};

}  // namespace

NeuronStep view_neuron_step(const Run& run) {
  check(*UpcomingTrainer(run));
  const StepView view = view_next_step(run);
  const ParameterView& weight = view.parameters.at(0);
  const ParameterView& bias = view.parameters.at(1);
  NeuronStep step{.step = view.step,
                  .row = view.rows.at(0),
                  .x = doubles(view.features),
                  .target = static_cast<double>(view.targets.at(0)),
                  .initial = initial_of(run),
                  .before = joined(weight.before, bias.before),
                  .z = static_cast<double>(view.layers.at(0).sums.at(0)),
                  .y = static_cast<double>(view.layers.at(0).outputs.at(0)),
                  .loss = view.loss,
                  .gradient = joined(weight.gradient, bias.gradient),
                  .learning_rate = view.learning_rate,
                  .after = joined(weight.after, bias.after)};
  step.loss_by_y = 2 * (step.y - step.target);
  step.y_by_z = step.y * (1 - step.y);
  Lines(step).write();
  return step;
}

}  // namespace athanor
