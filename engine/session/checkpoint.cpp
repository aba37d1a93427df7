// Checkpoints. Layout, all numbers little-endian: the magic "ATHANOR3"; u32 length of the JSON header; the header; u64
// count and values (float32, or float64 in the double build) of parameters, optimiser state, accumulated gradients,
// averaged weights and best weights; then the numbers of the curves in float64; u32 CRC-32 of all before.
// "ATHANOR2" is the same with shorter curves, which had no measures beside accuracy or R²: it is read as well.
//
// The data is not stored: it follows from the document. Restoring runs the data stages again and then puts the numbers
// of the loop back.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/catching.h"
#include "engine/experiment/document.h"
#include "engine/pipeline/training_stages.h"
#include "engine/session/checkpoint_bytes.h"
#include "engine/session/session.h"

namespace athanor {
namespace {

using checkpoint::crc32;
using checkpoint::Reader;
using checkpoint::refuse;
using checkpoint::Writer;

constexpr std::string_view kMagic = "ATHANOR3";
constexpr std::string_view kOlderMagic = "ATHANOR2";
constexpr std::size_t kMaxHeader = 64 * 1024 * 1024;
/// Nesting of the header; deeper text is hostile and would exhaust the stack when it is copied.
constexpr int kMaxHeaderDepth = 24;
/// Counts beyond these no run reaches; refusing them keeps sums and increments within their types.
constexpr std::int64_t kMostCount = 1'000'000'000'000'000;
constexpr std::int64_t kMostInt = 1'000'000'000;

/// A whole number from 0 to `most`. Read by hand, because a conversion would take fractions and wrap large ones.
std::int64_t whole(const Json& value, std::int64_t most) {
  if (!value.is_number_integer()) refuse("a count is no whole number");
  const auto number = value.get<std::int64_t>();  // above 2^63 it wraps to a negative one
  if (number < 0 || number > most) refuse("a number is out of its range");
  return number;
}

int whole_int(const Json& value) { return static_cast<int>(whole(value, kMostInt)); }

/// JSON has no infinity and no NaN, but a loss can be either in the epoch before a run fails.
Json number_state(double value) { return std::isfinite(value) ? Json(value) : Json(number_text(value)); }

double read_number(const Json& state) {
  if (is_text(state, "NaN")) return std::numeric_limits<double>::quiet_NaN();
  if (is_text(state, "Infinity")) return std::numeric_limits<double>::infinity();
  if (is_text(state, "-Infinity")) return -std::numeric_limits<double>::infinity();
  return state.get<double>();
}

Json regression_state(double loss, const RegressionMeasures& regression) {
  const auto number = [](const std::optional<double>& value) { return value ? number_state(*value) : Json(nullptr); };
  return json_object({{"loss", number_state(loss)},
                      {"mae", number_state(regression.mae)},
                      {"mse", number_state(regression.mse)},
                      {"rmse", number_state(regression.rmse)},
                      {"r2", number(regression.r2)},
                      {"explained", number(regression.explained_variance)}});
}

Measures read_regression(const Json& state) {
  const auto number = [&state](const char* name) -> std::optional<double> {
    if (state.at(name).is_null()) return std::nullopt;
    return read_number(state.at(name));
  };
  return {.loss = read_number(state.at("loss")),
          .regression = RegressionMeasures{.mae = read_number(state.at("mae")),
                                           .mse = read_number(state.at("mse")),
                                           .rmse = read_number(state.at("rmse")),
                                           .r2 = number("r2"),
                                           .explained_variance = number("explained")}};
}

Json measures_state(const std::optional<Measures>& measures) {
  if (!measures) return nullptr;
  if (measures->regression) return regression_state(measures->loss, *measures->regression);
  return json_object({{"loss", number_state(measures->loss)}, {"confusion", measures->confusion.counts}});
}

std::optional<Measures> read_measures(const Json& state, Index classes) {
  if (state.is_null()) return std::nullopt;
  if (classes == 0) return read_regression(state);
  Confusion confusion(classes);
  const Json& counts = state.at("confusion");
  if (counts.size() != confusion.counts.size()) refuse("a confusion matrix has the wrong size");
  for (std::size_t i = 0; i < counts.size(); ++i) confusion.counts[i] = whole(counts.at(i), kMostCount);
  return measure(confusion, read_number(state.at("loss")));
}

Json counter_state(const PlateauCounter& counter) {
  return json_object(
      {{"best", number_state(counter.best)}, {"evaluations", counter.evaluations}, {"bad", counter.bad}});
}

PlateauCounter read_counter(const Json& state) {
  return {.best = read_number(state.at("best")),
          .evaluations = whole_int(state.at("evaluations")),
          .bad = whole_int(state.at("bad"))};
}

Json pipeline_state(const Pipeline& pipeline) {
  const Run& run = pipeline.run();
  Json tallies = Json::array();
  for (std::size_t i = 0; i < kStageCount; ++i) {
    const StageTally& tally = pipeline.tally(static_cast<Stage>(i));
    tallies.push_back({tally.visits, tally.seconds, tally.was_off});
  }
  Json edges = Json::array();
  for (std::size_t i = 0; i < pipeline.flowchart().edges.size(); ++i) edges.push_back(pipeline.edge_visits(i));
  Json state = json_object({{"stage", static_cast<int>(pipeline.stage())},
                            // Stages before the loop are done anew, from their beginning.
                            {"withinStage", pipeline.is_within_stage() && pipeline.stage() == Stage::kTrain},
                            {"finished", pipeline.is_finished()},
                            {"tallies", std::move(tallies)},
                            {"edges", std::move(edges)},
                            {"train", measures_state(run.train_measures)},
                            {"validation", measures_state(run.validation_measures)},
                            {"test", measures_state(run.test_measures)},
                            {"plateau", counter_state(run.plateau)},
                            {"stopping", counter_state(run.stopping)},
                            {"reductions", run.reductions},
                            {"stopReason", static_cast<int>(run.stop_reason)},
                            {"trainer", nullptr}});
  if (run.trainer) {
    const TrainerProgress& progress = run.trainer->progress();
    state["trainer"] = json_object({{"step", progress.step},
                                    {"updates", progress.updates},
                                    {"pendingBatches", progress.pending_batches},
                                    {"pendingRows", progress.pending_rows},
                                    {"optimizerStep", progress.optimizer_step},
                                    {"cursor", progress.cursor},
                                    {"batchRows", progress.batch_rows},
                                    {"sampling", static_cast<int>(progress.sampling)},
                                    {"epoch", progress.epoch},
                                    {"learningRate", progress.learning_rate},
                                    {"lastLoss", static_cast<double>(progress.last_loss)}});
  }
  return state;
}

template <typename Enum>
Enum read_enum(const Json& value, std::size_t count) {
  return static_cast<Enum>(whole(value, static_cast<std::int64_t>(count) - 1));
}

TrainerProgress read_progress(const Json& state, Index rows) {
  const TrainerProgress progress{
      .step = static_cast<std::uint64_t>(whole(state.at("step"), kMostCount)),
      .updates = static_cast<std::uint64_t>(whole(state.at("updates"), kMostCount)),
      .optimizer_step = static_cast<std::uint64_t>(whole(state.at("optimizerStep"), kMostCount)),
      .cursor = static_cast<Index>(whole(state.at("cursor"), rows)),
      .batch_rows = static_cast<Index>(whole(state.at("batchRows"), rows)),
      .sampling = read_enum<Sampling>(state.at("sampling"), kSamplingNames.size()),
      .epoch = whole_int(state.at("epoch")),
      .pending_batches = whole_int(state.at("pendingBatches")),
      .pending_rows = static_cast<Index>(whole(state.at("pendingRows"), rows)),
      .learning_rate = state.at("learningRate"),
      .last_loss = static_cast<Real>(state.at("lastLoss").get<double>())};
  const bool is_sound = progress.batch_rows >= 1 && progress.cursor < rows &&
                        progress.cursor % progress.batch_rows == 0 && std::isfinite(progress.learning_rate) &&
                        progress.pending_rows <= progress.cursor &&
                        (progress.pending_rows > 0) == (progress.pending_batches > 0);
  if (!is_sound) refuse("the place in the epoch does not fit the data");
  return progress;
}

/// Of an epoch in the older format; in this one so many and the measures of both parts.
constexpr std::size_t kOlderNumbers = 6;
constexpr std::size_t kRecordNumbers = kOlderNumbers + 2 * kMostTracked;
static_assert(kMostTracked == 7, "of a record in ATHANOR3: another number is another format");

std::vector<double> flatten(const std::vector<EpochRecord>& history) {
  std::vector<double> flat;
  for (const EpochRecord& r : history) {
    flat.insert(flat.end(), {static_cast<double>(r.epoch), r.train_loss, r.validation_loss, r.train_score,
                             r.validation_score, r.learning_rate});
    flat.insert(flat.end(), r.train.begin(), r.train.end());
    flat.insert(flat.end(), r.validation.begin(), r.validation.end());
  }
  return flat;
}

/// `numbers`: of an epoch.
std::vector<EpochRecord> unflatten(const std::vector<double>& flat, std::size_t numbers) {
  if (flat.size() % numbers != 0) refuse("the curves have a wrong length");
  std::vector<EpochRecord> history;
  for (std::size_t i = 0; i < flat.size(); i += numbers) {
    const bool is_epoch = flat[i] >= 0 && flat[i] <= std::numeric_limits<int>::max();  // false for NaN
    if (!is_epoch) refuse("an epoch is out of its range");
    history.push_back({.epoch = static_cast<int>(flat[i]),
                       .train_loss = flat[i + 1],
                       .validation_loss = flat[i + 2],
                       .train_score = flat[i + 3],
                       .validation_score = flat[i + 4],
                       .learning_rate = flat[i + 5],
                       .train = track(std::nullopt),
                       .validation = track(std::nullopt)});
    if (numbers == kOlderNumbers) continue;
    std::copy_n(&flat[i + kOlderNumbers], kMostTracked, history.back().train.begin());
    std::copy_n(&flat[i + kOlderNumbers + kMostTracked], kMostTracked, history.back().validation.begin());
  }
  return history;
}

/// Runs the stages before the loop again, until the machine stands where the checkpoint's did or past the split.
void run_data_stages(Pipeline& pipeline, Stage stage, bool has_trainer) {
  while ((has_trainer || pipeline.stage() != stage) && pipeline.stage() != Stage::kTrain && pipeline.work()) {
  }
}

void restore_loop(Pipeline& pipeline, const Json& state, Reader& reader, std::size_t record_numbers) {
  Run& run = pipeline.run();
  const auto parameters = reader.block<Real>();
  const auto slots = reader.block<Real>();
  const auto accumulated = reader.block<Real>();
  const auto average = reader.block<Real>();
  const auto best = reader.block<Real>();
  run.history = unflatten(reader.block<double>(), record_numbers);
  if (!state.at("trainer").is_null()) {
    const TrainerProgress progress = read_progress(state.at("trainer"), run.train.rows);
    run.trainer = std::make_unique<Trainer>(run.spec, run.experiment, run.train);
    const TrainerBlocks blocks{
        .parameters = parameters, .slots = slots, .accumulated = accumulated, .average = average, .best = best};
    if (!run.trainer->restore(progress, blocks)) refuse("the weights do not fit the network");
  }
  const Index classes = run.spec.classes;
  run.train_measures = read_measures(state.at("train"), classes);
  run.validation_measures = read_measures(state.at("validation"), classes);
  run.test_measures = read_measures(state.at("test"), classes);
  run.plateau = read_counter(state.at("plateau"));
  run.stopping = read_counter(state.at("stopping"));
  run.reductions = whole_int(state.at("reductions"));
  run.stop_reason = read_enum<StopReason>(state.at("stopReason"), kStopReasonNames.size());
  if (run.trainer) stages::show_loop_figures(run);
}

/// What a stage takes for granted when it is worked: the later stages of the loop have a network, the data stages come
/// before there is one, and only Train stops in the middle.
void check_stage(const Run& run, Stage stage, bool within_stage, bool finished) {
  const bool needs_network = stage == Stage::kEvaluate || stage == Stage::kOptimise || stage == Stage::kFinish;
  const bool is_data_stage = position(stage) < position(Stage::kDone);
  const bool is_within_epoch = run.trainer && run.trainer->progress().cursor > 0;
  const bool fits = (run.trainer ? !is_data_stage : !needs_network) &&
                    (stage != Stage::kOptimise || run.train_measures) && within_stage == is_within_epoch &&
                    (!within_stage || stage == Stage::kTrain) && (!finished || stage == Stage::kFinish);
  if (!fits) refuse("the stage does not fit the rest");
}

void restore_machine(Pipeline& pipeline, const Json& state) {
  std::array<StageTally, kStageCount> tallies;
  if (state.at("tallies").size() != kStageCount) refuse("the stages do not fit this engine");
  for (std::size_t i = 0; i < kStageCount; ++i) {
    const Json& tally = state.at("tallies").at(i);
    // Older checkpoints do not say whether a stage was off: it is taken to be as their settings have it.
    const bool was_off =
        tally.size() > 2 ? tally.at(2).get<bool>() : is_off(static_cast<Stage>(i), pipeline.run().experiment);
    tallies[i] = {.visits = whole(tally.at(0), kMostCount), .seconds = tally.at(1), .was_off = was_off};
  }
  std::vector<std::int64_t> edges;
  for (const Json& visits : state.at("edges")) edges.push_back(whole(visits, kMostCount));
  if (edges.size() != pipeline.flowchart().edges.size()) refuse("the flowchart does not fit this engine");
  const auto stage = read_enum<Stage>(state.at("stage"), kStageCount);
  const bool within_stage = state.at("withinStage");
  const bool finished = state.at("finished");
  check_stage(pipeline.run(), stage, within_stage, finished);
  pipeline.jump(stage, within_stage, finished, tallies, edges);
}

}  // namespace

std::vector<std::uint8_t> Session::checkpoint() const {
  const Run& run = pipeline_->run();
  if (pipeline_->failure()) {
    throw Error(ErrorCode::kBadInput, "checkpoint",
                {{"what", "the run"}, {"value", "failed"}, {"expected", "a run without an error"}});
  }
  const Json header = json_object({{"real", sizeof(Real)},
                                   {"document", document_},
                                   {"running", running_document_},
                                   {"restartNeeded", restart_needed_},
                                   {"pipeline", pipeline_state(*pipeline_)}});
  const std::string text = header.dump();
  Writer writer;
  writer.text(kMagic);
  writer.value(static_cast<std::uint32_t>(text.size()));
  writer.text(text);
  const TrainerBlocks blocks = run.trainer ? run.trainer->blocks() : TrainerBlocks{};
  for (const std::span<const Real> block :
       {blocks.parameters, blocks.slots, blocks.accumulated, blocks.average, blocks.best}) {
    writer.block(block);
  }
  const std::vector<double> curves = flatten(run.history);
  writer.block(std::span<const double>(curves));
  return writer.finish();
}

ATHANOR_CATCHES std::unique_ptr<Session> Session::restore(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kMagic.size() + sizeof(std::uint32_t)) refuse("it ends too early");
  const auto content = bytes.first(bytes.size() - sizeof(std::uint32_t));
  Reader reader(content);
  const auto magic = reader.take(kMagic.size());
  const bool is_older = std::equal(magic.begin(), magic.end(), kOlderMagic.begin());
  if (!is_older && !std::equal(magic.begin(), magic.end(), kMagic.begin())) refuse("it does not begin as one");
  Reader tail(bytes.last(sizeof(std::uint32_t)));
  if (tail.value<std::uint32_t>() != crc32(content)) refuse("its checksum is wrong, so it is damaged");
  const auto length = reader.value<std::uint32_t>();
  if (length > kMaxHeader) refuse("its header is too long");
  const auto text = reader.take(length);
  try {
    const Json header = parse_json_text({reinterpret_cast<const char*>(text.data()), text.size()}, kMaxHeaderDepth);
    if (header.at("real") != sizeof(Real)) refuse("it was written by a build with another number format");
    auto session = std::make_unique<Session>(header.at("running"));
    const Json& state = header.at("pipeline");
    run_data_stages(*session->pipeline_, read_enum<Stage>(state.at("stage"), kStageCount),
                    !state.at("trainer").is_null() || state.at("finished").get<bool>());
    restore_loop(*session->pipeline_, state, reader, is_older ? kOlderNumbers : kRecordNumbers);
    if (!reader.is_at_end()) refuse("something follows its end");
    restore_machine(*session->pipeline_, state);
    session->document_ = complete(header.at("document"));
    session->restart_needed_ = header.at("restartNeeded");
    return session;
  } catch (const JsonTooDeep&) {
    refuse("its header is nested too deeply");
  } catch (const Json::exception& error) {
    refuse(error.what());
  }
}

}  // namespace athanor
