// What surrounds the optimiser's rule, as a run shows it.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/optim/gradients.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// 24 rows to train on.
Json sgd_document(const Json& values_by_path) {
  Json document = quick_document({{"training.optimizer", "sgd"}, {"training.momentum", 0.5}, {"done.max_epochs", 8}});
  for (const auto& [path, value] : values_by_path.items()) document = with_field(document, path, value);
  return document;
}

double largest_difference(const std::vector<Real>& a, const std::vector<Real>& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(static_cast<double>(a[i] - b[i])));
  return largest;
}

std::vector<Real> after_epochs(const Json& document, int epochs) {
  Session session(document);
  for (int i = 0; i < epochs; ++i) session.step_epoch();
  return parameters_of(session);
}

const Trainer& trainer_of(const Session& session) { return *session.pipeline().run().trainer; }

double first_validation_loss(const Session& session) {
  return value_of(session.pipeline().run().validation_measures).loss;
}

}  // namespace

TEST_CASE("accumulated batches make the step of one batch of all their rows") {
  // Batches of 5, 5, 5, 5 and 4 rows; three at a time are batches of 15 and 9.
  const std::vector<Real> small =
      after_epochs(sgd_document({{"training.batch_size", 5}, {"training.accumulate", 3}}), 4);
  const std::vector<Real> large = after_epochs(sgd_document({{"training.batch_size", 15}}), 4);
  CHECK(largest_difference(small, large) < 1e-5);
  const std::vector<Real> other = after_epochs(sgd_document({{"training.batch_size", 5}}), 4);
  CHECK(largest_difference(small, other) > 1e-3);
}

TEST_CASE("weights stand still until enough batches are accumulated") {
  Session session(sgd_document({{"training.batch_size", 6}, {"training.accumulate", 2}}));
  session.step_batch();
  const std::vector<Real> before = parameters_of(session);
  CHECK(trainer_of(session).progress().updates == 0);
  session.step_batch();
  CHECK(trainer_of(session).progress().updates == 1);
  CHECK(parameters_of(session) != before);
  // Switched off between two batches, the pending one joins the next step.
  session.step_batch();
  CHECK(session.set("training.accumulate", 1));
  session.step_batch();
  CHECK(trainer_of(session).progress().updates == 2);
  CHECK(trainer_of(session).progress().pending_batches == 0);
}

TEST_CASE("the schedule moves the learning rate that the curve and the flowchart show") {
  Session session(sgd_document({{"training.learning_rate", 0.1},
                                {"training.schedule", "step"},
                                {"training.schedule_period", 2},
                                {"training.schedule_factor", 0.5},
                                {"optimise.plateau", false}}));
  finish(session);
  std::vector<double> rates;
  for (const EpochRecord& record : session.pipeline().run().history) rates.push_back(record.learning_rate);
  CHECK(rates == std::vector<double>{0.1, 0.05, 0.05, 0.025, 0.025, 0.0125, 0.0125, 0.00625});
}

TEST_CASE("a warm-up starts with small steps") {
  const Json warm = sgd_document({{"training.warmup", 4}, {"training.momentum", 0}});
  const Json cold = sgd_document({{"training.momentum", 0}});
  Session slow(warm);
  Session fast(cold);
  slow.step_batch();
  fast.step_batch();
  CHECK(trainer_of(slow).scheduled_learning_rate() < trainer_of(fast).scheduled_learning_rate() / 2);
  for (int i = 0; i < 4; ++i) slow.step_epoch();
  CHECK(trainer_of(slow).scheduled_learning_rate() == trainer_of(fast).scheduled_learning_rate());
}

TEST_CASE("without plateau the learning rate stays, whatever the loss does") {
  const Json values{{"training.learning_rate", 1e-6}, {"optimise.patience", 1}, {"optimise.threshold", 0.5}};
  Session off(with_field(sgd_document(values), "optimise.plateau", false));
  Session on(with_field(sgd_document(values), "optimise.min_learning_rate", 1e-8));
  finish(off);
  finish(on);
  CHECK(trainer_of(off).progress().learning_rate == 1e-6);
  CHECK(trainer_of(on).progress().learning_rate < 1e-6);
}

TEST_CASE("L2 shortens the weights, L1 brings them nearer to zero one by one, max-norm bounds every neuron") {
  const auto weights = [](const Json& values) {
    Session session(sgd_document(values));
    for (int i = 0; i < 8; ++i) session.step_epoch();
    return parameters_of(session);
  };
  const auto norm = [](const std::vector<Real>& values) { return global_norm(values); };
  const double plain = norm(weights(Json::object()));
  CHECK(norm(weights({{"training.l2", 0.5}})) < 0.9 * plain);
  const auto near_zero = [](const std::vector<Real>& values) {
    return std::count_if(values.begin(), values.end(), [](Real w) { return std::abs(w) < Real{1} / 100; });
  };
  CHECK(near_zero(weights({{"training.l1", 0.2}})) > near_zero(weights(Json::object())) + 10);

  Session bounded(sgd_document({{"training.max_norm", 0.25}}));
  bounded.step_epoch();
  const std::vector<Real> all = parameters_of(bounded);
  for (const Parameter& parameter : trainer_of(bounded).layout()) {
    if (parameter.shape.rank != 2) continue;
    for (Index unit = 0; unit < parameter.shape[1]; ++unit) {
      double squares = 0;
      for (Index row = 0; row < parameter.shape[0]; ++row) {
        const Real weight = all[static_cast<std::size_t>(parameter.offset + row * parameter.shape[1] + unit)];
        squares += static_cast<double>(weight * weight);
      }
      CHECK(std::sqrt(squares) < 0.25 + 1e-6);
    }
  }
}

TEST_CASE("clipping bounds the gradient that the optimiser sees") {
  Session session(sgd_document({{"training.clip_norm", 0.01}}));
  session.step_batch();
  CHECK(std::abs(global_norm(trainer_of(session).gradients()) - 0.01) < 1e-5);
  Session by_value(sgd_document({{"training.clip_value", 0.001}}));
  by_value.step_batch();
  for (const Real gradient : trainer_of(by_value).gradients())
    CHECK(std::abs(static_cast<double>(gradient)) < 0.001 + 1e-9);
}

TEST_CASE("the averaged weights lag behind, and are what is evaluated and predicted with") {
  Session averaged(sgd_document({{"training.average", 0.9}}));
  Session plain(sgd_document(Json::object()));
  for (int i = 0; i < 6; ++i) {
    averaged.step_epoch();
    plain.step_epoch();
  }
  CHECK(parameters_of(averaged) == parameters_of(plain));
  const auto average = trainer_of(averaged).average();
  CHECK(largest_difference({average.begin(), average.end()}, parameters_of(plain)) > 1e-4);
  CHECK(first_validation_loss(averaged) != first_validation_loss(plain));
  CHECK(averaged.predict(std::vector<Real>{0.25, 0.5}) != plain.predict(std::vector<Real>{0.25, 0.5}));
  // Switched off in flight, the weights themselves count again.
  CHECK(averaged.set("training.average", 0));
  CHECK(averaged.predict(std::vector<Real>{0.25, 0.5}) == plain.predict(std::vector<Real>{0.25, 0.5}));
}

TEST_CASE("the average begins with the initial weights and counts every optimiser step, not every batch") {
  constexpr double kDecay = 0.9;
  Session session(sgd_document(
      {{"training.average", kDecay}, {"training.batch_size", 5}, {"training.accumulate", 2}, {"done.max_epochs", 40}}));
  run_to(session, Stage::kTrain);
  session.step_batch();  // makes the network; its step is that of the second batch
  const std::vector<Real> start = parameters_of(session);
  std::vector<double> expected(start.begin(), start.end());
  std::uint64_t updates = 0;
  while (updates < 100) {
    session.step_batch();
    if (trainer_of(session).progress().updates == updates) continue;
    ++updates;
    const auto count = static_cast<double>(updates);
    const double kept = std::min(kDecay, (1 + count) / (10 + count));
    const std::vector<Real> weights = parameters_of(session);
    const auto average = trainer_of(session).average();
    for (std::size_t k = 0; k < weights.size(); ++k) {
      expected[k] = kept * expected[k] + (1 - kept) * static_cast<double>(weights[k]);
      INFO("update " << updates << " element " << k);
      REQUIRE(std::abs(static_cast<double>(average[k]) - expected[k]) < (sizeof(Real) == 8 ? 1e-12 : 1e-5));
    }
  }
}

TEST_CASE("the best weights come back when training ends, and the measures are theirs") {
  // A learning rate that overshoots, so that the last epoch is not the best.
  const Json values{{"training.learning_rate", 1.5}, {"training.momentum", 0.9}, {"done.max_epochs", 30}};
  Session last(sgd_document(values));
  Session best(with_field(sgd_document(values), "done.restore_best", true));
  finish(last);
  finish(best);
  const auto& history = last.pipeline().run().history;
  double lowest = history[0].validation_loss;
  for (const EpochRecord& record : history) lowest = std::min(lowest, record.validation_loss);
  REQUIRE(history.back().validation_loss > lowest);
  CHECK(first_validation_loss(last) == history.back().validation_loss);
  CHECK(first_validation_loss(best) == lowest);
}

TEST_CASE("a run that stops for want of patience ends with the weights of its best epoch, bit for bit") {
  for (const double average : {0.0, 0.9}) {
    INFO("average " << average);
    Session session(sgd_document({{"training.learning_rate", 1.5},
                                  {"training.momentum", 0.9},
                                  {"training.average", average},
                                  {"optimise.plateau", false},
                                  {"done.max_epochs", 1000},
                                  {"done.patience", 6},
                                  {"done.restore_best", true}}));
    std::vector<std::vector<Real>> weights;  // that are evaluated, after each epoch
    std::vector<double> losses;
    while (session.pipeline().run().stop_reason == StopReason::kNone) {
      session.step_epoch();
      if (session.pipeline().run().history.size() == losses.size()) break;  // the run is finished
      const auto evaluated = trainer_of(session).evaluated();
      weights.emplace_back(evaluated.begin(), evaluated.end());
      losses.push_back(first_validation_loss(session));
    }
    finish(session);
    CHECK(session.pipeline().run().stop_reason == StopReason::kPatience);
    const auto best = std::min_element(losses.begin(), losses.end());  // the first of equal ones
    CHECK(losses.end() - best == 7);                                   // the best epoch and six without improvement
    const std::vector<Real>& expected = weights[static_cast<std::size_t>(best - losses.begin())];
    REQUIRE(expected != weights.back());
    CHECK(parameters_of(session) == expected);
    const auto evaluated = trainer_of(session).evaluated();
    CHECK(std::vector<Real>(evaluated.begin(), evaluated.end()) == expected);
    CHECK(first_validation_loss(session) == *best);
  }
}

TEST_CASE("every optimiser learns XOR") {
  for (const std::string_view optimizer : kOptimizerNames) {
    INFO(optimizer);
    const std::string name(optimizer);
    const double rate = name == "adadelta" ? 1 : (name == "lion" ? 0.003 : (name == "adagrad" ? 0.1 : 0.02));
    Session session(document_with({{"data.generator", "xor"},
                                   {"training.optimizer", name},
                                   {"training.learning_rate", rate},
                                   {"training.weight_decay", 0},
                                   {"done.max_epochs", 120}}));
    finish(session);
    CHECK(value_of(session.pipeline().run().test_measures).accuracy > 0.93);
  }
}
