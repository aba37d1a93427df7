#include "engine/pipeline/trainer.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/finite.h"
#include "engine/models/narrowing.h"
#include "engine/nn/init.h"
#include "engine/optim/gradients.h"
#include "engine/optim/weights.h"
#include "engine/pipeline/divergence.h"
#include "engine/pipeline/footprint.h"

namespace athanor {
namespace {

std::size_t bytes(Index reals) { return static_cast<std::size_t>(reals) * sizeof(Real); }

/// to[i] = rows[order[i]], rows of `width` numbers.
void copy_rows(const Real* rows, std::size_t width, std::span<const std::int32_t> order, Real* to) {
  // For rows of one or two numbers a call would take longer than the copy.
  const auto each = [&](auto copy) {
    for (const std::int32_t row : order) {
      copy(rows + static_cast<std::size_t>(row) * width, to);
      to += width;
    }
  };
  switch (width) {
    case 1:
      each([](const Real* from, Real* out) { *out = *from; });
      break;
    case 2:
      each([](const Real* from, Real* out) { std::copy_n(from, 2, out); });
      break;
    default:
      each([width](const Real* from, Real* out) { std::copy_n(from, width, out); });
  }
}

}  // namespace

Trainer::Trainer(const MlpSpec& spec, const Experiment& experiment, const PartMatrix& train)
    : spec_(spec),
      train_(train),
      seed_(experiment.seed),
      wanted_batch_rows_(std::min(experiment.batch_size, train.rows)),
      wanted_sampling_(experiment.sampling),
      step_(experiment.step),
      chosen_learning_rate_(experiment.step.rule.learning_rate) {
  check_memory(footprint_of(spec, experiment, train.rows).bytes, "model.layers");
  const Network network = evaluation_mlp(spec, 1);
  const Index count = network.graph.parameter_count;
  layout_ = network.graph.parameters;
  parameters_ = Buffer(count);
  gradients_ = Buffer(count);
  slots_ = Buffer(count * most_optimizer_slots());
  marked_ = Buffer(count + slots_.size());
  initialize(network.graph, network.starts, seed_, parameters_.span());
  progress_.learning_rate = chosen_learning_rate_;
  progress_.batch_rows = wanted_batch_rows_;
  adopt(prepare(spec_, experiment, true), experiment);
  begin_epoch();
}

Trainer::Additions Trainer::prepare(const MlpSpec& spec, const Experiment& experiment, bool is_new_spec) {
  Additions additions;
  const Index count = parameters_.size();
  const Index scratch = row(experiment.step.optimizer).scratch(layout_);
  if (scratch_.size() < scratch) additions.scratch = Buffer(scratch);
  if (experiment.accumulate > 1 && accumulated_.size() == 0) additions.accumulated = Buffer(count);
  if (experiment.restore_best && best_.size() == 0) additions.best = Buffer(count);
  const bool is_averaging = experiment.step.average_decay > 0;
  const bool is_new_average = is_averaging && average_.size() == 0;
  if (is_new_average) {
    additions.average = Buffer(count);
    std::copy_n(parameters_.data(), count, additions.average.data());
    // At the mark there was none: it would have begun with the weights there.
    additions.marked_average = Buffer(count);
    std::copy_n(marked_.data(), count, additions.marked_average.data());
  }
  const Real* const average = is_new_average ? additions.average.data() : average_.data();
  if (is_new_spec) {
    additions.programs = compile(spec, progress_.batch_rows, is_averaging ? average : nullptr);
  } else if (is_new_average) {
    additions.averaged_evaluation = std::make_unique<Evaluator>(spec, train_, average, programs_.workspace.span());
  }
  return additions;
}

void Trainer::adopt(Additions additions, const Experiment& experiment) noexcept {
  step_ = experiment.step;
  schedule_ = experiment.schedule;
  accumulate_ = experiment.accumulate;
  keeps_best_ = experiment.restore_best;
  if (additions.scratch.size() > 0) scratch_ = std::move(additions.scratch);
  if (additions.accumulated.size() > 0) accumulated_ = std::move(additions.accumulated);
  if (additions.best.size() > 0) best_ = std::move(additions.best);
  if (additions.average.size() > 0) {
    average_ = std::move(additions.average);
    marked_average_ = std::move(additions.marked_average);
  }
  if (additions.programs) programs_ = std::move(*additions.programs);
  if (additions.averaged_evaluation) programs_.averaged_evaluation = std::move(additions.averaged_evaluation);
  if (step_.average_decay > 0) return;
  programs_.averaged_evaluation = nullptr;
  average_ = Buffer();
  marked_average_ = Buffer();
}

Trainer::Programs Trainer::compile(const MlpSpec& spec, Index batch_rows, const Real* average) {
  Programs programs;
  programs.workspace = Buffer(measure_programs(spec, batch_rows, train_.rows, average != nullptr).workspace);
  const std::span<Real> workspace = programs.workspace.span();
  const auto training = [&](Index rows) {
    return compile_training(spec, rows, parameters_.data(), gradients_.data(), train_.labels, workspace);
  };
  const auto evaluator = [&](const Real* parameters) {
    return std::make_unique<Evaluator>(spec, train_, parameters, workspace);
  };
  programs.full = training(batch_rows);
  if (const Index rest = train_.rows % batch_rows; rest > 0) programs.last = training(rest);
  programs.evaluation = evaluator(parameters_.data());
  if (average != nullptr) programs.averaged_evaluation = evaluator(average);
  return programs;
}

void Trainer::recompile(Index batch_rows) {
  programs_ = compile(spec_, batch_rows, average_.size() > 0 ? average_.data() : nullptr);
}

void Trainer::begin_epoch() {
  progress_.cursor = 0;
  if (wanted_batch_rows_ != progress_.batch_rows) {
    recompile(wanted_batch_rows_);
    progress_.batch_rows = wanted_batch_rows_;
  }
  if (wanted_sampling_ != progress_.sampling) batches_ = nullptr;
  progress_.sampling = wanted_sampling_;
  draw_order();
}

void Trainer::draw_order() {
  if (!batches_) {
    batches_ = std::make_unique<BatchOrder>(progress_.sampling, train_.labels, progress_.batch_rows, seed_);
  }
  order_ = batches_->begin_epoch(static_cast<std::uint64_t>(progress_.epoch));
}

void Trainer::load_batch(Program& program) {
  const auto rows = order_.subspan(static_cast<std::size_t>(progress_.cursor), static_cast<std::size_t>(program.rows));
  copy_rows(train_.features.data(), static_cast<std::size_t>(spec_.columns), rows, program.features.data());
  copy_rows(train_.targets.data(), static_cast<std::size_t>(output_count(spec_)), rows, program.targets.data());
}

double Trainer::scheduled_learning_rate() const {
  const double epoch = progress_.epoch + static_cast<double>(progress_.cursor) / static_cast<double>(train_.rows);
  return progress_.learning_rate * schedule_factor(schedule_, epoch);
}

NextBatch Trainer::next_batch() const {
  const Index count = std::min(progress_.batch_rows, train_.rows - progress_.cursor);
  const bool ends_epoch = progress_.cursor + count >= train_.rows;
  return {.rows = order_.subspan(static_cast<std::size_t>(progress_.cursor), static_cast<std::size_t>(count)),
          .state = {.seed = seed_, .step = progress_.step},
          .learning_rate = scheduled_learning_rate(),
          .is_update = progress_.pending_batches + 1 >= accumulate_ || ends_epoch,
          .accumulates = accumulate_ > 1 || progress_.pending_batches > 0};
}

bool Trainer::train_batch() {
  const bool is_full = train_.rows - progress_.cursor >= progress_.batch_rows;
  Program& program = is_full ? *programs_.full : *programs_.last;
  const double learning_rate = scheduled_learning_rate();
  load_batch(program);
  program.executor->run({.seed = seed_, .step = progress_.step});
  progress_.last_loss = program.executor->value(program.network.loss)[0];
  ++progress_.step;
  losses_.push(progress_.last_loss);
  // A gradient that is not finite would make the weights so, and the last finite ones would be lost.
  if (!std::isfinite(progress_.last_loss) || !kernels::all_finite(gradients_.data(), gradients_.size())) {
    report_divergence(program);
  }
  update_statistics(program);
  progress_.cursor += program.rows;
  if (collect_gradients(program.rows)) update_parameters(learning_rate);
  if (progress_.cursor < train_.rows) return false;
  // What no loss has seen yet: the last step's weights, and running statistics, which training does not use.
  if (!kernels::all_finite(parameters_.data(), parameters_.size())) report_divergence(program);
  ++progress_.epoch;
  begin_epoch();
  return true;
}

void Trainer::report_divergence(Program& program) const {
  const NodeId weights = program.network.class_weights;
  const std::span<const Real> class_weights =
      weights == kNoNode ? std::span<const Real>() : program.executor->input(weights);
  const StepState state{.seed = seed_, .step = progress_.step - 1};
  // The program's own network has ops joined that a person knows as two.
  const Divergence first = find_divergence(spec_, training_mlp(spec_, program.rows), parameters_.span(),
                                           program.features, program.targets, class_weights, state)
                               .value_or(Divergence{.op = "mean", .layer = "loss"});
  throw Error(ErrorCode::kNotFinite, "train",
              {{"epoch", std::to_string(progress_.epoch + 1)},
               {"step", std::to_string(progress_.step)},
               {"op", first.op},
               {"layer", first.layer}});
}

void Trainer::update_statistics(const Program& program) {
  for (const auto& [batch, offset] : program.statistics) {
    update_statistic(batch, parameters_.span().subspan(static_cast<std::size_t>(offset), batch.size()));
  }
}

bool Trainer::collect_gradients(Index rows) {
  if (accumulate_ == 1 && progress_.pending_batches == 0) return true;
  // Weighted by rows, so that the step is the one that a single batch of all these rows would have made.
  accumulate(gradients_.span(), static_cast<double>(rows), accumulated_.span());
  ++progress_.pending_batches;
  progress_.pending_rows += rows;
  if (progress_.pending_batches < accumulate_ && progress_.cursor < train_.rows) return false;
  const Real share = 1 / static_cast<Real>(progress_.pending_rows);
  for (Index i = 0; i < gradients_.size(); ++i) gradients_.data()[i] = share * accumulated_.data()[i];
  std::fill_n(accumulated_.data(), accumulated_.size(), Real{0});
  progress_.pending_batches = 0;
  progress_.pending_rows = 0;
  return true;
}

void Trainer::update_parameters(double learning_rate) {
  step_.rule.learning_rate = learning_rate;
  apply_step({.layout = layout_,
              .parameters = parameters_.span(),
              .gradients = gradients_.span(),
              .slots = slots_.span(),
              .scratch = scratch_.span()},
             step_, ++progress_.optimizer_step);
  ++progress_.updates;
  if (average_.size() > 0) update_average(parameters_.span(), step_.average_decay, progress_.updates, average_.span());
}

void Trainer::update(const Experiment& experiment) {
  const Index batch_rows = std::min(experiment.batch_size, train_.rows);
  MlpSpec spec = spec_of(experiment, spec_.columns, spec_.classes, spec_.embeddings);
  // First: a refusal changes nothing.
  check_memory(footprint_of(spec, experiment, train_.rows).bytes, "model.layers");
  const bool is_new_spec = spec != spec_;
  if (is_new_spec) {
    ensure(evaluation_mlp(spec, 1).graph.parameter_count == parameters_.size(), "live fields keep every shape");
  }
  Additions additions = prepare(spec, experiment, is_new_spec);  // the last that can fail: nothing has changed so far

  wanted_batch_rows_ = batch_rows;
  wanted_sampling_ = experiment.sampling;
  if (experiment.step.rule.learning_rate != chosen_learning_rate_) {
    chosen_learning_rate_ = experiment.step.rule.learning_rate;
    progress_.learning_rate = chosen_learning_rate_;
    marked_progress_.learning_rate = chosen_learning_rate_;
  }
  const bool is_new_optimizer = experiment.step.optimizer != step_.optimizer;
  adopt(std::move(additions), experiment);
  spec_ = std::move(spec);
  if (!is_new_optimizer) return;
  progress_.optimizer_step = 0;
  marked_progress_.optimizer_step = 0;
  std::fill_n(slots_.data(), slots_.size(), Real{0});
  std::fill_n(marked_.data() + parameters_.size(), slots_.size(), Real{0});
}

void Trainer::set_parameter(Index at, Real value) {
  parameters_.data()[at] = value;
  if (average_.size() > 0) average_.data()[at] = value;
}

std::unique_ptr<Trainer> Trainer::without_unit(Index layer, Index unit, const Experiment& experiment) const {
  MlpSpec spec = spec_;
  --spec.layers[static_cast<std::size_t>(layer)].units;
  auto narrow = std::make_unique<Trainer>(spec, experiment, train_);
  const auto left = [&](std::span<const Real> blocks) {
    Buffer rest(static_cast<Index>(blocks.size()) / parameters_.size() * narrow->parameters_.size());
    leave_out_unit(layout_, narrow->layout_, unit, blocks, rest.span());
    return rest;
  };
  const TrainerBlocks whole = blocks();
  const Buffer parameters = left(whole.parameters);
  const Buffer slots = left(whole.slots);
  const Buffer accumulated = left(whole.accumulated);
  const Buffer average = left(whole.average);
  const Buffer best = left(whole.best);
  const bool is_taken = narrow->restore(progress_, {.parameters = parameters.span(),
                                                    .slots = slots.span(),
                                                    .accumulated = accumulated.span(),
                                                    .average = average.span(),
                                                    .best = best.span()});
  ensure(is_taken, "a trainer of the same settings takes what is left");
  leave_out_unit(layout_, narrow->layout_, unit, gradients_.span(), narrow->gradients_.span());
  leave_out_unit(layout_, narrow->layout_, unit, marked_.span(), narrow->marked_.span());
  leave_out_unit(layout_, narrow->layout_, unit, marked_average_.span(), narrow->marked_average_.span());
  narrow->marked_progress_ = marked_progress_;
  narrow->has_mark_ = has_mark_;
  narrow->losses_ = losses_;
  return narrow;
}

void Trainer::mark() {
  marked_progress_ = progress_;
  has_mark_ = true;
  const std::span<const Real> parameters = parameters_.span();
  Real* to = std::copy(parameters.begin(), parameters.end(), marked_.data());
  std::copy_n(slots_.data(), slots_.size(), to);
  std::copy_n(average_.data(), average_.size(), marked_average_.data());
}

bool Trainer::return_to_mark() {
  if (!has_mark_) return false;
  const auto count = static_cast<std::size_t>(parameters_.size());
  const std::span<const Real> marked = marked_.span();
  const std::uint64_t steps = progress_.step - marked_progress_.step;
  const TrainerBlocks blocks{.parameters = marked.first(count),
                             .slots = marked.subspan(count),
                             .average = marked_average_.span(),
                             .best = has_best_ ? best_.span() : marked.first(0)};
  if (!restore(marked_progress_, blocks)) return false;
  if (accumulated_.size() > 0) std::fill_n(accumulated_.data(), accumulated_.size(), Real{0});
  losses_.drop_last(static_cast<std::size_t>(steps));
  return true;
}

void Trainer::keep_best() {
  if (!keeps_best_) return;
  std::copy(evaluated().begin(), evaluated().end(), best_.data());
  has_best_ = true;
}

bool Trainer::restore_best() {
  if (!keeps_best_ || !has_best_) return false;
  std::copy_n(best_.data(), best_.size(), parameters_.data());
  if (average_.size() > 0) std::copy_n(best_.data(), best_.size(), average_.data());
  return true;
}

std::vector<Real> Trainer::predict(const PartMatrix& part) {
  std::vector<Real> predictions(static_cast<std::size_t>(part.rows * prediction_count(spec_)));
  predict(part.features, predictions);
  return predictions;
}

Index Trainer::parameter_count() const {
  Index count = 0;
  for (const Parameter& parameter : layout_) count += parameter.is_trained ? parameter.shape.size() : 0;
  return count;
}

std::size_t Trainer::memory_bytes() const {
  const Index blocks = parameters_.size() + gradients_.size() + slots_.size() + scratch_.size() + accumulated_.size() +
                       average_.size() + best_.size() + marked_.size() + marked_average_.size();
  std::size_t total = bytes(blocks + programs_.workspace.size());
  for (const Program* program : {programs_.full.get(), programs_.last.get()}) {
    if (program != nullptr) total += program->executor->arena_bytes();
  }
  for (const Evaluator* evaluator : {programs_.evaluation.get(), programs_.averaged_evaluation.get()}) {
    if (evaluator != nullptr) total += evaluator->memory_bytes();
  }
  return total;
}

TrainerBlocks Trainer::blocks() const {
  return {.parameters = parameters_.span(),
          .slots = slots_.span(),
          .accumulated = progress_.pending_batches > 0 ? accumulated_.span() : std::span<const Real>(),
          .average = average_.span(),
          .best = has_best_ ? best_.span() : std::span<const Real>()};
}

bool Trainer::restore(const TrainerProgress& progress, const TrainerBlocks& blocks) {
  const auto count = static_cast<std::size_t>(parameters_.size());
  const auto fits = [count](std::span<const Real> block, bool is_kept) {
    return block.size() == (is_kept ? count : 0);
  };
  const bool is_sound = fits(blocks.parameters, true) && blocks.slots.size() == slots_.span().size() &&
                        fits(blocks.accumulated, progress.pending_batches > 0) &&
                        fits(blocks.average, average_.size() > 0) && (blocks.best.empty() || fits(blocks.best, true));
  if (!is_sound) return false;
  if (progress.batch_rows != progress_.batch_rows) recompile(progress.batch_rows);
  progress_ = progress;
  batches_ = nullptr;
  draw_order();
  std::copy(blocks.parameters.begin(), blocks.parameters.end(), parameters_.data());
  std::copy(blocks.slots.begin(), blocks.slots.end(), slots_.data());
  if (!blocks.accumulated.empty() && accumulated_.size() == 0) accumulated_ = Buffer(parameters_.size());
  std::copy(blocks.accumulated.begin(), blocks.accumulated.end(), accumulated_.data());
  std::copy(blocks.average.begin(), blocks.average.end(), average_.data());
  has_best_ = !blocks.best.empty();
  if (has_best_ && best_.size() == 0) best_ = Buffer(parameters_.size());
  std::copy(blocks.best.begin(), blocks.best.end(), best_.data());
  return true;
}

}  // namespace athanor
