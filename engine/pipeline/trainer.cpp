#include "engine/pipeline/trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/random.h"
#include "engine/nn/init.h"
#include "engine/optim/optimizer.h"

namespace athanor {
namespace {

/// Rows per forward pass when evaluating; large enough to keep the matrix product busy, small enough for the cache.
constexpr Index kEvaluationRows = 128;

constexpr Index most_slots() {
  return 2;  // Adam; a change of optimiser while training must not have to grow the block
}

std::size_t bytes(Index reals) { return static_cast<std::size_t>(reals) * sizeof(Real); }

}  // namespace

std::vector<Real> LossRing::values() const {
  std::vector<Real> result;
  const std::size_t first = count_ > kCapacity ? count_ - kCapacity : 0;
  for (std::size_t i = first; i < count_; ++i) result.push_back(values_[i % kCapacity]);
  return result;
}

Trainer::Trainer(const MlpSpec& spec, const Experiment& experiment, const PartMatrix& train)
    : spec_(spec),
      train_(train),
      seed_(experiment.seed),
      wanted_batch_rows_(std::min(experiment.batch_size, train.rows)),
      optimizer_(experiment.optimizer),
      settings_(experiment.optimizer_settings),
      chosen_learning_rate_(experiment.optimizer_settings.learning_rate) {
  check_memory(wanted_batch_rows_);
  evaluation_.network = evaluation_mlp(spec, std::min(kEvaluationRows, std::max<Index>(train.rows, 1)));
  const Index count = evaluation_.network.graph.parameter_count;
  parameters_ = Buffer(count);
  gradients_ = Buffer(count);
  slots_ = Buffer(count * most_slots());
  initialize(evaluation_.network.graph, experiment.initializer, seed_, parameters_.span());

  const std::array<NodeId, 2> kept{evaluation_.network.scores, evaluation_.network.row_losses};
  evaluation_.rows = evaluation_.network.graph[evaluation_.network.features].shape[0];
  evaluation_.executor = std::make_unique<Executor>(evaluation_.network.graph, parameters_.data(), kept);
  evaluation_.features = evaluation_.executor->input(evaluation_.network.features);
  evaluation_.targets = evaluation_.executor->input(evaluation_.network.targets);

  progress_.learning_rate = settings_.learning_rate;
  order_.resize(static_cast<std::size_t>(train.rows));
  compile_batches(wanted_batch_rows_);
  begin_epoch();
}

void Trainer::check_memory(Index batch_rows) const {
  const Network network = training_mlp(spec_, batch_rows);
  const std::array<NodeId, 1> kept{network.loss};
  // The last, smaller batch has an arena of its own, no larger than the full one's; so has evaluation.
  const std::size_t arenas = 3 * estimate_arena_bytes(network.graph, kept, network.gradients);
  const std::size_t total = arenas + bytes(network.graph.parameter_count * (2 + most_slots()));
  if (total <= kMaxRunBytes) return;
  constexpr double kMegabyte = 1024.0 * 1024.0;
  throw Error(ErrorCode::kMemoryLimit, "model.layers",
              {{"value", number_text(std::ceil(static_cast<double>(total) / kMegabyte))},
               {"max", number_text(static_cast<double>(kMaxRunBytes) / kMegabyte)}});
}

std::unique_ptr<Trainer::Program> Trainer::compile_training(Index rows) {
  auto program = std::make_unique<Program>();
  program->rows = rows;
  program->network = training_mlp(spec_, rows);
  const Network& network = program->network;
  std::vector<Placement> placed;
  for (std::size_t i = 0; i < network.gradients.size(); ++i) {
    placed.push_back({.node = network.gradients[i], .where = gradients_.data() + network.graph.parameters[i].offset});
  }
  const std::array<NodeId, 1> kept{network.loss};
  program->executor = std::make_unique<Executor>(network.graph, parameters_.data(), kept, placed);
  program->features = program->executor->input(network.features);
  program->targets = program->executor->input(network.targets);
  return program;
}

void Trainer::compile_batches(Index batch_rows) {
  const Index rest = train_.rows % batch_rows;
  full_batch_ = compile_training(batch_rows);
  last_batch_ = rest == 0 ? nullptr : compile_training(rest);
  progress_.batch_rows = batch_rows;
}

void Trainer::begin_epoch() {
  progress_.cursor = 0;
  if (wanted_batch_rows_ != progress_.batch_rows) compile_batches(wanted_batch_rows_);
  std::iota(order_.begin(), order_.end(), 0);
  Random(seed_, Stream::kShuffle, static_cast<std::uint64_t>(progress_.epoch)).shuffle(order_);
}

void Trainer::load_batch(Program& program) {
  const auto columns = static_cast<std::size_t>(spec_.columns);
  const auto outputs = static_cast<std::size_t>(output_count(spec_));
  for (Index i = 0; i < program.rows; ++i) {
    const auto row = static_cast<std::size_t>(order_[static_cast<std::size_t>(progress_.cursor + i)]);
    const auto to = static_cast<std::size_t>(i);
    std::copy_n(train_.features.data() + row * columns, columns, program.features.data() + to * columns);
    std::copy_n(train_.targets.data() + row * outputs, outputs, program.targets.data() + to * outputs);
  }
}

bool Trainer::train_batch() {
  const bool is_full = train_.rows - progress_.cursor >= progress_.batch_rows;
  Program& program = is_full ? *full_batch_ : *last_batch_;
  load_batch(program);
  program.executor->run({.seed = seed_, .step = progress_.step});
  progress_.last_loss = program.executor->value(program.network.loss)[0];
  ++progress_.step;
  losses_.push(progress_.last_loss);
  if (!std::isfinite(progress_.last_loss)) {
    throw Error(ErrorCode::kNotFinite, "train",
                {{"epoch", std::to_string(progress_.epoch + 1)}, {"step", std::to_string(progress_.step)}});
  }
  settings_.learning_rate = progress_.learning_rate;
  row(optimizer_)
      .update({.parameters = parameters_.span(), .gradients = gradients_.span(), .slots = slots_.span()}, settings_,
              ++progress_.optimizer_step);
  progress_.cursor += program.rows;
  if (progress_.cursor < train_.rows) return false;
  ++progress_.epoch;
  begin_epoch();
  return true;
}

void Trainer::update(const Experiment& experiment) {
  const Index batch_rows = std::min(experiment.batch_size, train_.rows);
  check_memory(batch_rows);  // first: a refusal changes nothing
  wanted_batch_rows_ = batch_rows;
  if (experiment.optimizer_settings.learning_rate != chosen_learning_rate_) {
    chosen_learning_rate_ = experiment.optimizer_settings.learning_rate;
    progress_.learning_rate = chosen_learning_rate_;
  }
  settings_ = experiment.optimizer_settings;
  if (experiment.optimizer == optimizer_) return;
  optimizer_ = experiment.optimizer;
  progress_.optimizer_step = 0;
  std::fill_n(slots_.data(), slots_.size(), Real{0});
}

template <typename Visit>
void Trainer::forward(std::span<const Real> features, std::span<const Real> targets, Visit visit) {
  const auto columns = static_cast<std::size_t>(spec_.columns);
  const auto outputs = static_cast<std::size_t>(output_count(spec_));
  const std::size_t rows = features.size() / columns;
  const auto chunk = static_cast<std::size_t>(evaluation_.rows);
  const std::span<const Real> scores = evaluation_.executor->value(evaluation_.network.scores);
  const std::span<const Real> row_losses = evaluation_.executor->value(evaluation_.network.row_losses);
  for (std::size_t first = 0; first < rows; first += chunk) {
    const std::size_t count = std::min(chunk, rows - first);
    // A last, shorter chunk leaves rows of the one before in place; their results are not visited.
    std::copy_n(features.data() + first * columns, count * columns, evaluation_.features.data());
    if (!targets.empty()) std::copy_n(targets.data() + first * outputs, count * outputs, evaluation_.targets.data());
    evaluation_.executor->run({});
    for (std::size_t i = 0; i < count; ++i) visit(first + i, scores.subspan(i * outputs, outputs), row_losses[i]);
  }
}

Measures Trainer::evaluate(const PartMatrix& part) {
  Confusion confusion(spec_.classes);
  std::vector<Real> probabilities(static_cast<std::size_t>(spec_.classes));
  double loss = 0;
  forward(part.features, part.targets, [&](std::size_t i, std::span<const Real> scores, Real row_loss) {
    class_probabilities(spec_, scores, probabilities);
    const auto best = std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin();
    confusion.add(part.labels[i], static_cast<std::int32_t>(best));
    loss += static_cast<double>(row_loss);
  });
  return measure(confusion, part.rows > 0 ? loss / static_cast<double>(part.rows) : 0);
}

void Trainer::predict(std::span<const Real> features, std::span<Real> probabilities) {
  const auto classes = static_cast<std::size_t>(spec_.classes);
  forward(features, {}, [&](std::size_t i, std::span<const Real> scores, Real /*row_loss*/) {
    class_probabilities(spec_, scores, probabilities.subspan(i * classes, classes));
  });
}

std::size_t Trainer::memory_bytes() const {
  const Index blocks = parameters_.size() + gradients_.size() + slots_.size();
  return bytes(blocks) + full_batch_->executor->arena_bytes() + evaluation_.executor->arena_bytes() +
         (last_batch_ ? last_batch_->executor->arena_bytes() : 0);
}

void Trainer::restore(const TrainerProgress& progress, std::span<const Real> parameters, std::span<const Real> slots) {
  ensure(parameters.size() == parameters_.span().size() && slots.size() == slots_.span().size(),
         "a checkpoint's blocks fit the network");
  progress_ = progress;
  compile_batches(progress.batch_rows);
  std::iota(order_.begin(), order_.end(), 0);
  Random(seed_, Stream::kShuffle, static_cast<std::uint64_t>(progress_.epoch)).shuffle(order_);
  std::copy(parameters.begin(), parameters.end(), parameters_.data());
  std::copy(slots.begin(), slots.end(), slots_.data());
}

}  // namespace athanor
