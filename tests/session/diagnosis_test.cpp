#include "engine/session/diagnosis.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/experiment/presets.h"
#include "engine/session/view_report.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

Json with(Json document, const std::vector<std::pair<std::string, Json>>& changes) {
  for (const auto& [path, value] : changes) document = with_field(document, path, value);
  return document;
}

/// The diagnosis after so many epochs of the document.
Diagnosis after(const Json& document, int epochs) {
  Session session(document);
  for (int i = 0; i < epochs; ++i) session.step_epoch();
  return session.diagnosis();
}

Json overfitting() { return preset_document(find_preset("overfit"), ""); }

const Cure* cure_of(const Diagnosis& diagnosis, CureKind kind) {
  for (const Cure& cure : diagnosis.cures) {
    if (cure.kind == kind) return &cure;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("diagnosis: nothing is said of the first epochs, and of a sound run that it is sound") {
  const Json document = default_document();
  CHECK(Session(document).diagnosis().verdict == Verdict::kEarly);
  CHECK(after(document, 9).verdict == Verdict::kEarly);
  const Diagnosis sound = after(document, 150);
  CHECK(sound.verdict == Verdict::kSound);
  CHECK(sound.train_score > 0.95);
  CHECK(sound.cures.empty());
}

TEST_CASE("diagnosis: the over-fitting example is told as such, with the epoch of its lowest validation loss") {
  const Json document = overfitting();
  Session session(document);
  finish(session);
  const Diagnosis found = session.diagnosis();
  REQUIRE(found.verdict == Verdict::kOverfitting);
  const std::vector<EpochRecord>& history = session.pipeline().run().history;
  for (const EpochRecord& record : history) CHECK(record.validation_loss >= found.best_loss);
  CHECK(history[static_cast<std::size_t>(found.best_epoch) - 1].validation_loss == found.best_loss);
  CHECK(found.validation_loss > found.best_loss);
  REQUIRE_FALSE(found.cures.empty());
  // Each cure fits the document, changes it, and all together bring the validation loss down.
  Json cured = document;
  for (const Cure& cure : found.cures) {
    INFO(kCureNames[static_cast<std::size_t>(cure.kind)]);
    CHECK(with(document, cure.changes) != document);
    cured = with(cured, cure.changes);
  }
  Session better(cured);
  finish(better);
  CHECK(better.diagnosis().validation_loss < found.validation_loss);
}

TEST_CASE("diagnosis: a straight line through rings learns too little; more neurons cure it") {
  const Json plain = with(
      default_document(),
      {{"data.generator", "circles"}, {"model.layers", Json::array()}, {"training.l2", 0.01}, {"done.max_epochs", 80}});
  const Diagnosis found = after(plain, 80);
  REQUIRE(found.verdict == Verdict::kUnderfitting);
  CHECK(found.train_score < 0.9);
  const Cure* const penalty = cure_of(found, CureKind::kLessPenalty);
  REQUIRE(penalty != nullptr);
  CHECK(penalty->changes == std::vector<std::pair<std::string, Json>>{{"training.l2", 0}});
  const Cure* const neurons = cure_of(found, CureKind::kMoreNeurons);
  REQUIRE(neurons != nullptr);
  const Diagnosis cured = after(with(with(plain, penalty->changes), neurons->changes), 80);
  CHECK(cured.verdict == Verdict::kSound);
  CHECK(cured.train_score > 0.95);
}

TEST_CASE("diagnosis: a learning rate far too large diverges; a tenth of it is offered first") {
  const Json wild =
      with(default_document(),
           {{"training.optimizer", "sgd"}, {"training.loss", "squared_error"}, {"training.learning_rate", 8}});
  Session session(wild);
  const Error error = error_of([&] { session.advance(1e6, 100); });
  REQUIRE(error.code() == ErrorCode::kNotFinite);
  const Diagnosis found = session.diagnosis();
  CHECK(found.verdict == Verdict::kDiverging);
  REQUIRE(found.cures.size() == 2);
  CHECK(found.cures[0].kind == CureKind::kLowerRate);
  CHECK(found.cures[0].changes[0].second == 0.8);
  CHECK(found.cures[1].kind == CureKind::kClip);
}

TEST_CASE("diagnosis: real values are judged by their share of the variance, and a run without a validation part too") {
  const Json values = with(
      default_document(),
      {{"data.generator", "sine"}, {"model.layers", Json::array()}, {"split.validation", 0}, {"done.max_epochs", 60}});
  const Diagnosis found = after(values, 60);
  CHECK(found.verdict == Verdict::kUnderfitting);
  CHECK(std::isnan(found.validation_loss));
  CHECK(describe_diagnosis(found).at("validationLoss").is_null());
  CHECK(describe_diagnosis(found).at("verdict") == "underfitting");
}
