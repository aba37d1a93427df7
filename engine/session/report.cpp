#include "engine/session/report.h"

#include <algorithm>
#include <span>

#include "engine/session/view_report.h"

namespace athanor {
namespace {

constexpr std::array<std::string_view, 3> kWhenNames{"", "yes", "no"};

Json figures_json(const Figures& figures) {
  Json object = Json::object();
  for (const auto& [name, value] : figures) object[std::string(name)] = value;
  return object;
}

Json measures_json(const std::optional<Measures>& measures) {
  if (!measures) return nullptr;
  if (measures->regression) {
    Json object = json_object({{"loss", finite_or_null(measures->loss)}});
    object.update(describe_regression(*measures->regression));
    return object;
  }
  return json_object({{"loss", measures->loss},
                      {"accuracy", measures->accuracy},
                      {"precision", measures->precision},
                      {"recall", measures->recall},
                      {"f1", measures->f1},
                      {"confusion", describe_confusion(measures->confusion)}});
}

std::string_view stage_state(const Pipeline& pipeline, Stage stage) {
  if (pipeline.stage() == stage && pipeline.failure()) return "failed";
  if (pipeline.stage() == stage && !pipeline.is_finished()) return "active";
  if (pipeline.tally(stage).visits == 0) return "idle";
  return pipeline.tally(stage).was_off ? "skipped" : "done";
}

Json stages_json(const Pipeline& pipeline) {
  Json list = Json::array();
  for (const Stage stage : pipeline.flowchart().nodes) {
    list.push_back(json_object({{"id", stage_name(stage)},
                                {"state", stage_state(pipeline, stage)},
                                {"visits", pipeline.tally(stage).visits},
                                {"seconds", pipeline.tally(stage).seconds},
                                {"figures", figures_json(pipeline.run().figures[position(stage)])}}));
  }
  return list;
}

Json edges_json(const Pipeline& pipeline) {
  Json list = Json::array();
  for (std::size_t i = 0; i < pipeline.flowchart().edges.size(); ++i) {
    const FlowEdge& edge = pipeline.flowchart().edges[i];
    list.push_back(json_object(
        {{"from", stage_name(edge.from)}, {"to", stage_name(edge.to)}, {"visits", pipeline.edge_visits(i)}}));
  }
  return list;
}

}  // namespace

Json describe(const Error& error) {
  Json params = Json::object();
  for (const auto& [name, value] : error.params()) params[name] = value;
  return json_object({{"code", error_name(error.code())},
                      {"path", error.place()},
                      {"message", error_sentence(error.code(), error.params())},
                      {"params", std::move(params)}});
}

Json describe_status(const Session& session) {
  const Pipeline& pipeline = session.pipeline();
  const Run& run = pipeline.run();
  const TrainerProgress progress = run.trainer ? run.trainer->progress() : TrainerProgress{};
  const bool has_stepped = progress.step > 0;
  const Footprint size = pipeline.footprint();
  const std::optional<Error>& failure = pipeline.failure();
  return json_object({
      {"stage", stage_name(pipeline.stage())},
      {"finished", pipeline.is_finished()},
      {"failure", failure ? describe(*failure) : Json(nullptr)},
      {"recoverable", pipeline.can_recover()},
      {"restartNeeded", session.is_restart_needed()},
      {"stages", stages_json(pipeline)},
      {"edges", edges_json(pipeline)},
      {"epoch", progress.epoch},
      {"step", progress.step},
      {"batch", run.trainer ? run.trainer->batch() : 0},
      {"batchesPerEpoch", run.trainer ? run.trainer->batches_per_epoch() : 0},
      {"learningRate", run.trainer ? run.trainer->scheduled_learning_rate() : run.experiment.step.rule.learning_rate},
      {"loss", has_stepped ? finite_or_null(static_cast<double>(progress.last_loss)) : Json(nullptr)},
      {"measures", json_object({{"train", measures_json(run.train_measures)},
                                {"validation", measures_json(run.validation_measures)},
                                {"test", measures_json(run.test_measures)}})},
      {"stopReason", kStopReasonNames[static_cast<std::size_t>(run.stop_reason)]},
      {"task", run.data.task == Task::kRegression ? "regression" : "classification"},
      {"columns", run.data.columns},
      {"classes", run.data.classes},
      {"rows", json_object({{"train", run.train.rows}, {"validation", run.validation.rows}, {"test", run.test.rows}})},
      {"parameters", size.parameters},
      {"memoryBytes", size.bytes},
  });
}

Json describe_events(const Session& session, std::int64_t since) {
  Json list = Json::array();
  for (const StageEvent& event : session.pipeline().events()) {
    if (event.index < since) continue;
    list.push_back(json_object({{"index", event.index},
                                {"stage", stage_name(event.stage)},
                                {"seconds", event.at},
                                {"duration", event.duration},
                                {"figures", figures_json(event.figures)}}));
  }
  return list;
}

namespace {

std::span<const EpochRecord> epochs_after(const Session& session, int since) {
  const std::vector<EpochRecord>& history = session.pipeline().run().history;
  // One line per epoch in order: the first new one is found by bisection, however long the run.
  const auto first = std::upper_bound(history.begin(), history.end(), since,
                                      [](int epoch, const EpochRecord& record) { return epoch < record.epoch; });
  return {first, history.end()};
}

std::span<const TrackedMeasure> tracked_of(const Session& session) {
  return tracked_measures(session.pipeline().run().data.task == Task::kRegression);
}

}  // namespace

std::vector<double> history_rows(const Session& session, int since) {
  std::vector<double> rows;
  for (const EpochRecord& record : epochs_after(session, since)) {
    rows.insert(rows.end(), {static_cast<double>(record.epoch), record.train_loss, record.validation_loss,
                             record.train_score, record.validation_score, record.learning_rate});
  }
  return rows;
}

Json describe_tracked(const Session& session) {
  Json names = Json::array();
  for (const TrackedMeasure& measure : tracked_of(session)) names.push_back(measure.name);
  return names;
}

std::vector<double> measure_rows(const Session& session, int since) {
  const std::size_t count = tracked_of(session).size();
  std::vector<double> rows;
  for (const EpochRecord& record : epochs_after(session, since)) {
    for (std::size_t i = 0; i < count; ++i) rows.insert(rows.end(), {record.train[i], record.validation[i]});
  }
  return rows;
}

Json describe_cleaned(const Session& session) {
  Json list = Json::array();
  for (const CleanedRow& row : session.pipeline().run().cleaned) {
    Json values = Json::array();
    for (const Real value : row.values) values.push_back(finite_or_null(static_cast<double>(value)));
    list.push_back(json_object({{"row", row.origin},
                                {"reason", kCleanReasonNames[static_cast<std::size_t>(row.reason)]},
                                {"values", std::move(values)},
                                {"target", static_cast<double>(row.target)}}));
  }
  return list;
}

Json describe_validation(const CrossValidation& validation) {
  Json results = Json::array();
  for (const FoldResult& result : validation.results()) {
    results.push_back(json_object({{"fold", result.fold},
                                   {"epochs", result.epochs},
                                   {"trainLoss", finite_or_null(result.train_loss)},
                                   {"validationLoss", finite_or_null(result.validation_loss)},
                                   {"score", finite_or_null(result.validation_score)}}));
  }
  return json_object({{"folds", validation.folds()},
                      {"finished", static_cast<int>(validation.results().size()) == validation.folds()},
                      {"fold", validation.fold()},
                      {"epoch", validation.epoch()},
                      {"maxEpochs", validation.max_epochs()},
                      {"results", std::move(results)},
                      {"mean", finite_or_null(validation.mean_score())},
                      {"deviation", finite_or_null(validation.score_deviation())}});
}

Json describe_table(const Table& table) {
  constexpr std::size_t kMostListed = 100;
  constexpr std::array<std::string_view, 3> kRoleNames{"feature", "target", "ignored"};
  Json columns = Json::array();
  for (const ColumnReport& column : table.columns) {
    columns.push_back(json_object({{"name", column.name},
                                   {"kind", kColumnKindNames[static_cast<std::size_t>(column.kind)]},
                                   {"role", kRoleNames[static_cast<std::size_t>(column.role)]},
                                   {"levels", column.levels},
                                   {"missing", column.missing}}));
  }
  Json problems = Json::array();
  for (const RowProblem& problem : table.problems) {
    if (problems.size() == kMostListed) break;
    Json entry = describe(Error(problem.code, "", problem.params));
    entry.erase("path");
    entry["line"] = problem.line;
    entry["column"] = problem.column;
    problems.push_back(std::move(entry));
  }
  Json report = json_object({{"rows", table.data.rows()},
                             {"task", table.data.task == Task::kRegression ? "regression" : "classification"},
                             {"columns", std::move(columns)},
                             {"classes", table.data.classes},
                             {"problems", std::move(problems)},
                             {"problemCount", table.problems.size()}});
  if (table.error) report["error"] = describe(*table.error);
  return report;
}

Json describe_flowchart(const Flowchart& flowchart) {
  Json nodes = Json::array();
  for (const Stage stage : flowchart.nodes) {
    nodes.push_back(json_object({{"id", stage_name(stage)}, {"decision", is_decision(stage)}}));
  }
  Json edges = Json::array();
  for (const FlowEdge& edge : flowchart.edges) {
    edges.push_back(json_object({{"from", stage_name(edge.from)},
                                 {"to", stage_name(edge.to)},
                                 {"when", kWhenNames[static_cast<std::size_t>(edge.when)]}}));
  }
  return json_object({{"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
}

}  // namespace athanor
