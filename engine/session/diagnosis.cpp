#include "engine/session/diagnosis.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace athanor {
namespace {

using History = std::span<const EpochRecord>;

/// A single epoch of a small validation part says little: means of so many are compared.
constexpr std::size_t kSmoothed = 5;
constexpr std::size_t kLeastEpochs = 10;
/// Beyond the noise of small parts, and far enough past the lowest point to be no chance.
constexpr double kRise = 1.1;
constexpr std::size_t kLeastEpochsPast = 8;
/// What counts as not learnt: accuracy, and share of the variance.
constexpr double kPoorAccuracy = 0.9;
constexpr double kPoorRSquared = 0.8;
/// A loss that fell by less over the last third of the run has come to rest.
constexpr double kRest = 0.03;
constexpr std::size_t kLeastEpochsToRest = 30;
constexpr double kBlowUp = 1.2;
/// As good as guessing: by loss; by accuracy, how much of what the most frequent class leaves open, with such a loss
/// and by itself; by share of the variance.
constexpr double kChanceLoss = 0.97;
constexpr double kChanceAccuracy = 0.25;
constexpr double kChanceAccuracyAlone = 0.1;
constexpr double kChanceRSquared = 0.03;
/// From one epoch to the next, as a share of the loss: beyond what batches drawn anew make of it.
constexpr double kRestless = 0.02;
/// Of all that the loss fell, the share that belongs to the last third; a steady fall has a third.
constexpr double kSteady = 0.05;
/// Of the way that the loss went up and down, the share that it came down by, when it just falls.
constexpr double kStraight = 0.5;

template <typename Member>
double mean(History records, Member member) {
  double sum = 0;
  for (const EpochRecord& record : records) sum += record.*member;
  return sum / static_cast<double>(records.size());
}

double steering_loss(const EpochRecord& record) {
  return std::isnan(record.validation_loss) ? record.train_loss : record.validation_loss;
}

const Json& at(const Json& document, const char* section, const char* name) { return document.at(section).at(name); }

std::string layer_path(std::size_t i, const char* field) { return "model.layers[" + std::to_string(i) + "]." + field; }

void add(std::vector<Cure>& cures, CureKind kind, std::vector<std::pair<std::string, Json>> changes) {
  if (!changes.empty()) cures.push_back({.kind = kind, .changes = std::move(changes)});
}

std::vector<double> class_shares(const Run& run) {
  std::vector<double> shares(static_cast<std::size_t>(run.spec.classes), 0);
  for (const std::int32_t label : run.train.labels) {
    shares[static_cast<std::size_t>(label)] += 1 / static_cast<double>(run.train.rows);
  }
  return shares;
}

std::vector<Cure> against_overfitting(const Json& document) {
  constexpr double kLeastL2 = 0.001;
  constexpr double kMostL2 = 0.1;
  constexpr double kDropoutRate = 0.2;
  constexpr std::int64_t kMostSamples = 20000;
  constexpr int kPatience = 20;
  const Json& layers = at(document, "model", "layers");
  std::vector<Cure> cures;
  if (is_text(at(document, "data", "source"), "generator")) {
    const auto samples = at(document, "data", "samples").get<std::int64_t>();
    if (samples < kMostSamples) {
      add(cures, CureKind::kMoreData, {{"data.samples", std::min(4 * samples, kMostSamples)}});
    }
  }
  const auto l2 = at(document, "training", "l2").get<double>();
  if (l2 < kMostL2) add(cures, CureKind::kL2, {{"training.l2", std::clamp(4 * l2, kLeastL2, kMostL2)}});
  std::vector<std::pair<std::string, Json>> dropouts;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].at("dropout") < kDropoutRate) dropouts.emplace_back(layer_path(i, "dropout"), kDropoutRate);
  }
  add(cures, CureKind::kDropout, std::move(dropouts));
  if (at(document, "done", "patience") == 0 || at(document, "done", "restore_best") == false) {
    add(cures, CureKind::kEarlyStopping, {{"done.patience", kPatience}, {"done.restore_best", true}});
  }
  return cures;
}

std::vector<Cure> against_underfitting(const Json& document) {
  constexpr int kNewUnits = 8;
  constexpr std::int64_t kMostUnits = 64;
  const Json& layers = at(document, "model", "layers");
  std::vector<Cure> cures;
  std::vector<std::pair<std::string, Json>> penalties;
  for (const char* const name : {"l1", "l2"}) {
    if (at(document, "training", name) > 0) penalties.emplace_back(std::string("training.") + name, 0);
  }
  std::vector<std::pair<std::string, Json>> units;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].at("dropout") > 0) penalties.emplace_back(layer_path(i, "dropout"), 0);
    const auto count = layers[i].at("units").get<std::int64_t>();
    // A residual edge needs equal sizes on both its ends; twice of both is equal again.
    if (count < kMostUnits) units.emplace_back(layer_path(i, "units"), std::min(2 * count, kMostUnits));
  }
  add(cures, CureKind::kLessPenalty, std::move(penalties));
  if (layers.empty()) {
    units.emplace_back("model.layers", Json::array({json_object({{"units", kNewUnits}, {"activation", "tanh"}})}));
  }
  const bool has_residual = std::any_of(layers.begin(), layers.end(), [](const Json& l) {
    return !l.at("residual").get_ref<const std::string&>().empty();
  });
  if (!has_residual) add(cures, CureKind::kMoreNeurons, std::move(units));
  return cures;
}

/// A tenth of 0.3, or ten times 1e-6, is to read as a person would write it.
double neat(double value) {
  const double scale = std::pow(10, 5 - std::floor(std::log10(value)));
  return std::round(value * scale) / scale;
}

void lower_rate(std::vector<Cure>& cures, const Json& document) {
  constexpr double kLeastRate = 1e-6;
  const auto rate = at(document, "training", "learning_rate").get<double>();
  if (rate / 10 >= kLeastRate) add(cures, CureKind::kLowerRate, {{"training.learning_rate", neat(rate / 10)}});
}

void raise_rate(std::vector<Cure>& cures, const Json& document) {
  constexpr double kMostRate = 1;
  const auto rate = at(document, "training", "learning_rate").get<double>();
  if (rate * 10 <= kMostRate) add(cures, CureKind::kRaiseRate, {{"training.learning_rate", neat(rate * 10)}});
}

/// A loss that rests where guessing leaves it has come there by steps too large (the neurons are saturated) or has not
/// left it by steps too small. Its curve does not tell which; what is usual does.
std::vector<Cure> against_chance(const Json& document) {
  constexpr double kUsualRate = 0.1;
  std::vector<Cure> cures;
  const bool is_high = at(document, "training", "learning_rate") > kUsualRate;
  if (is_high) lower_rate(cures, document);
  raise_rate(cures, document);
  if (!is_high) lower_rate(cures, document);
  return cures;
}

std::vector<Cure> against_divergence(const Json& document) {
  std::vector<Cure> cures;
  lower_rate(cures, document);
  if (at(document, "training", "clip_norm") == 0) add(cures, CureKind::kClip, {{"training.clip_norm", 1}});
  return cures;
}

/// Whether the training loss has come to rest over the last third of the run.
bool is_at_rest(History history) {
  const double earlier = mean(history.subspan(2 * history.size() / 3, kSmoothed), &EpochRecord::train_loss);
  const double now = mean(history.last(kSmoothed), &EpochRecord::train_loss);
  return now > (1 - kRest) * earlier;
}

/// The loss of whoever always answers with these shares of the classes, from 0 to 1; NaN for losses
/// that are no entropies.
double guessing_loss(const Run& run, const std::vector<double>& shares) {
  const Loss loss = run.spec.loss;
  const bool is_binary = loss == Loss::kBinaryCrossEntropy;
  if (!is_binary && loss != Loss::kCrossEntropy && loss != Loss::kKullbackLeibler) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const auto entropy = [](double share) { return share > 0 ? -share * std::log(share) : 0; };
  double total = 0;
  for (const double share : shares) total += entropy(share) + (is_binary ? entropy(1 - share) : 0);
  return is_binary ? total / static_cast<double>(run.spec.classes) : total;
}

/// Whether the training part is answered no better than by whoever has seen no features: by the loss, where there is
/// such a loss to compare with, and by the accuracy, or by the share of the variance.
bool is_at_chance(const Run& run, const Diagnosis& now) {
  if (run.data.task == Task::kRegression) return now.train_score < kChanceRSquared;
  const std::vector<double> shares = class_shares(run);
  const double majority = *std::max_element(shares.begin(), shares.end());
  const double beyond = (now.train_score - majority) / std::max(1 - majority, std::numeric_limits<double>::min());
  const double loss = guessing_loss(run, shares);
  if (std::isnan(loss)) return beyond < kChanceAccuracyAlone;
  return beyond < kChanceAccuracy && now.train_loss > kChanceLoss * loss;
}

/// How the training loss moved over the last third, as shares of it.
struct Motion {
  double swing = 0;  // from epoch to epoch, up or down
  double way = 0;    // all of these together
  double fall = 0;
  double whole_fall = 0;  // since the first epochs
};

Motion motion_of(History history) {
  const History last = history.subspan(2 * history.size() / 3);
  const double now = mean(history.last(kSmoothed), &EpochRecord::train_loss);
  double way = 0;
  for (std::size_t i = 1; i < last.size(); ++i) way += std::abs(last[i].train_loss - last[i - 1].train_loss);
  return {.swing = way / static_cast<double>(last.size() - 1) / now,
          .way = way / now,
          .fall = (mean(last.first(kSmoothed), &EpochRecord::train_loss) - now) / now,
          .whole_fall = (mean(history.first(kSmoothed), &EpochRecord::train_loss) - now) / now};
}

Verdict verdict_of(const Run& run, History history, const Diagnosis& now, double train_loss_then) {
  if (now.train_loss > kBlowUp * history.front().train_loss) return Verdict::kDiverging;
  // First: what does not even learn the training part has a validation loss that wanders, too.
  const double poor = run.data.task == Task::kRegression ? kPoorRSquared : kPoorAccuracy;
  if (now.train_score < poor && history.size() >= kLeastEpochsToRest) {
    const Motion motion = motion_of(history);
    const bool is_calm = motion.swing < kRestless;
    const bool at_chance = is_at_chance(run, now);
    if (at_chance && !is_calm) return Verdict::kRateHigh;
    // A loss that has settled has done most of its falling long ago; one that falls as ever has hardly set out.
    const bool is_straight = motion.fall > kStraight * motion.way;
    const bool still_falls = motion.fall > kSteady * motion.whole_fall && is_straight;
    const bool rests = is_at_rest(history);
    // A loss that only comes down to the level of guessing has learnt nothing yet, whether it rests or not.
    if (rests || at_chance) {
      if (still_falls) return Verdict::kRateLow;
      // What came down to and fro was thrown about, by steps that have become smaller since.
      if (!rests && !is_straight) return Verdict::kRateHigh;
      return at_chance && !run.spec.layers.empty() ? Verdict::kChance : Verdict::kUnderfitting;
    }
  }
  const std::size_t past = history.size() - static_cast<std::size_t>(now.best_epoch);
  const bool has_validation = !std::isnan(now.validation_loss);
  if (has_validation && past >= kLeastEpochsPast && now.validation_loss > kRise * now.best_loss &&
      now.train_loss < train_loss_then) {
    return Verdict::kOverfitting;
  }
  return Verdict::kSound;
}

}  // namespace

Diagnosis diagnose(const Run& run, const Json& document) {
  const History history(run.history);
  Diagnosis found;
  const bool has_failed = run.trainer && !std::isfinite(run.trainer->progress().last_loss);
  if (history.size() < kLeastEpochs && !has_failed) return found;
  if (!history.empty()) {
    const History last = history.last(std::min(kSmoothed, history.size()));
    found.train_loss = mean(last, &EpochRecord::train_loss);
    found.train_score = mean(last, &EpochRecord::train_score);
    found.validation_loss = mean(last, &EpochRecord::validation_loss);
    const auto best = std::min_element(history.begin(), history.end(), [](const EpochRecord& a, const EpochRecord& b) {
      return steering_loss(a) < steering_loss(b);
    });
    found.best_epoch = best->epoch;
    found.best_loss = steering_loss(*best);
    if (!has_failed) found.verdict = verdict_of(run, history, found, best->train_loss);
  }
  if (has_failed) found.verdict = Verdict::kDiverging;
  if (found.verdict == Verdict::kOverfitting) found.cures = against_overfitting(document);
  if (found.verdict == Verdict::kUnderfitting) found.cures = against_underfitting(document);
  if (found.verdict == Verdict::kDiverging || found.verdict == Verdict::kRateHigh) {
    found.cures = against_divergence(document);
  }
  if (found.verdict == Verdict::kChance) found.cures = against_chance(document);
  if (found.verdict == Verdict::kRateLow) raise_rate(found.cures, document);
  return found;
}

}  // namespace athanor
