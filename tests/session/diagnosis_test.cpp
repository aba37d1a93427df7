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

namespace {

/// A run that does not learn, and how that is told.
struct Stuck {
  const char* generator;
  const char* optimizer;
  double rate;
  const char* loss;
  bool has_layers;
  int epochs;
  Verdict verdict;
};

Json document_of(const Stuck& stuck) {
  Json document = with(default_document(), {{"data.generator", stuck.generator},
                                            {"training.optimizer", stuck.optimizer},
                                            {"training.learning_rate", stuck.rate},
                                            {"training.loss", stuck.loss},
                                            {"done.max_epochs", stuck.epochs}});
  if (!stuck.has_layers) document = with(document, {{"model.layers", Json::array()}});
  return document;
}

}  // namespace

TEST_CASE("diagnosis: a loss that is no better than guessing is never called sound, and told by how it moves") {
  const Stuck runs[] = {
      {"spirals", "sgd", 10, "cross_entropy", true, 300, Verdict::kRateHigh},
      {"circles", "sgd", 10, "cross_entropy", false, 80, Verdict::kRateHigh},
      {"circles", "adam", 1, "cross_entropy", false, 80, Verdict::kRateHigh},
      {"spirals", "adam", 1, "squared_error", true, 60, Verdict::kRateHigh},
      {"sine", "adam", 1, "squared_error", true, 60, Verdict::kRateHigh},
      {"spirals", "adam", 10, "cross_entropy", true, 300, Verdict::kChance},
      {"spirals", "adam", 1, "cross_entropy", true, 300, Verdict::kChance},
      {"spirals", "adam", 1e-6, "cross_entropy", true, 300, Verdict::kRateLow},
      {"spirals", "sgd", 1e-4, "cross_entropy", true, 300, Verdict::kRateLow},
      {"circles", "adam", 1e-5, "cross_entropy", false, 80, Verdict::kRateLow},
      {"sine", "adam", 1e-6, "squared_error", true, 60, Verdict::kRateLow},
      // What a network without hidden layers can do, it has done.
      {"circles", "adam", 0.01, "cross_entropy", false, 80, Verdict::kUnderfitting},
      {"circles", "sgd", 0.1, "cross_entropy", false, 80, Verdict::kUnderfitting},
      {"sine", "adam", 0.01, "squared_error", false, 60, Verdict::kUnderfitting},
      // And what learns, however large or small its rate.
      {"spirals", "sgd", 1e-3, "cross_entropy", true, 300, Verdict::kSound},
      {"spirals", "adam", 0.01, "cross_entropy", true, 300, Verdict::kSound},
  };
  for (const Stuck& stuck : runs) {
    const Diagnosis found = after(document_of(stuck), stuck.epochs);
    INFO(stuck.generator << " " << stuck.optimizer << " " << stuck.rate << " " << stuck.loss << " "
                         << kVerdictNames[static_cast<std::size_t>(found.verdict)]);
    CHECK(found.verdict == stuck.verdict);
    CHECK(found.cures.empty() == (stuck.verdict == Verdict::kSound));
  }
}

TEST_CASE(
    "diagnosis: a run thrown about by its rate, which a plateau makes smaller, is not sound when it has calmed down") {
  // In some of these the loss falls to the level of guessing only in the last third, and is calm there.
  for (int seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    Json document = document_of({"spirals", "sgd", 10, "cross_entropy", true, 300, {}});
    document = with(document, {{"seed", seed}});
    const Diagnosis found = after(document, 300);
    REQUIRE(found.train_score < 0.7);
    CHECK((found.verdict == Verdict::kRateHigh || found.verdict == Verdict::kChance));
    REQUIRE_FALSE(found.cures.empty());
    CHECK(found.cures[0].kind == CureKind::kLowerRate);
  }
}

TEST_CASE("diagnosis: the cure for a rate goes the right way, and taken again and again it ends in learning") {
  const auto cured = [](const Stuck& stuck, CureKind kind, int most) {
    Json document = document_of(stuck);
    for (int i = 0; i < most; ++i) {
      const Diagnosis found = after(document, stuck.epochs);
      if (found.verdict == Verdict::kSound) return found.train_score;
      REQUIRE_FALSE(found.cures.empty());
      CHECK(found.cures[0].kind == kind);
      document = with(document, found.cures[0].changes);
    }
    return after(document, stuck.epochs).train_score;
  };
  CHECK(cured({"spirals", "sgd", 10, "cross_entropy", true, 300, {}}, CureKind::kLowerRate, 3) > 0.9);
  CHECK(cured({"spirals", "adam", 10, "cross_entropy", true, 300, {}}, CureKind::kLowerRate, 4) > 0.9);
  CHECK(cured({"spirals", "sgd", 1e-6, "cross_entropy", true, 300, {}}, CureKind::kRaiseRate, 4) > 0.9);
}

TEST_CASE("diagnosis: a rate that is offered reads as a person would write it") {
  const auto offered = [](double rate) {
    const Diagnosis found = after(document_of({"spirals", "sgd", rate, "cross_entropy", true, 300, {}}), 300);
    REQUIRE_FALSE(found.cures.empty());
    return found.cures[0].changes[0].second;
  };
  CHECK(offered(1e-6) == 1e-5);  // ten times it is 9.999999999999999e-06
  CHECK(offered(3e-6) == 3e-5);
  CHECK(offered(10) == 1);
}

TEST_CASE("diagnosis: a deep network that does not leave the level of guessing is offered both ways") {
  Json document = document_of({"spirals", "sgd", 0.01, "cross_entropy", true, 300, {}});
  Json layers = Json::array();
  for (int i = 0; i < 5; ++i) layers.push_back(json_object({{"units", 8}, {"activation", "sigmoid"}}));
  document = with(document, {{"model.layers", layers}});
  const Diagnosis found = after(document, 300);
  REQUIRE(found.verdict == Verdict::kChance);
  REQUIRE(found.cures.size() == 2);
  CHECK(found.cures[0].kind == CureKind::kRaiseRate);
  CHECK(found.cures[1].kind == CureKind::kLowerRate);
  // Off the level of guessing, which is 1/2; how far in 300 epochs hangs on the last bits in so deep a network.
  CHECK(after(with(document, found.cures[0].changes), 300).train_score > 0.75);
}
