#include "engine/session/view_report.h"

#include <string>

namespace athanor {
namespace {

template <typename T>
Json numbers(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T value : values) list.push_back(finite_or_null(static_cast<double>(value)));
  return list;
}

Json shape_json(const Shape& shape) {
  Json sizes = Json::array();
  for (int axis = 0; axis < shape.rank; ++axis) sizes.push_back(shape[axis]);
  return sizes;
}

Json figures(const PrecisionRecall& given) {
  return json_object({{"precision", given.precision}, {"recall", given.recall}, {"f1", given.f1}});
}

Json spread_json(const Spread& spread) {
  return json_object({{"mean", finite_or_null(spread.mean)},
                      {"deviation", finite_or_null(spread.deviation)},
                      {"low", finite_or_null(spread.low)},
                      {"high", finite_or_null(spread.high)}});
}

Json curves(const std::vector<std::vector<CurvePoint>>& given) {
  Json list = Json::array();
  for (const auto& curve : given) {
    Json points = Json::array();
    for (const CurvePoint& point : curve) points.push_back({point.x, point.y, finite_or_null(point.threshold)});
    list.push_back(std::move(points));
  }
  return list;
}

Json classification_json(const ClassificationReport& report) {
  Json classes = Json::array();
  for (const ClassMeasures& one : report.classes) {
    Json entry = figures(one.figures);
    entry["truths"] = one.truths;
    entry["predictions"] = one.predictions;
    classes.push_back(std::move(entry));
  }
  return json_object({{"accuracy", report.accuracy},
                      {"balancedAccuracy", report.balanced_accuracy},
                      {"matthews", report.matthews},
                      {"kappa", report.kappa},
                      {"classes", std::move(classes)},
                      {"macro", figures(report.macro)},
                      {"micro", figures(report.micro)},
                      {"weighted", figures(report.weighted)}});
}

Json probability_json(const ProbabilityReport& report) {
  return json_object({{"logLoss", finite_or_null(report.log_loss)},
                      {"brier", finite_or_null(report.brier)},
                      {"rocAuc", finite_or_null(report.roc_auc)},
                      {"averagePrecision", finite_or_null(report.average_precision)},
                      {"roc", curves(report.roc)},
                      {"precisionRecall", curves(report.precision_recall)}});
}

}  // namespace

Json describe_step(const StepView& view) {
  Json layers = Json::array();
  for (const LayerView& layer : view.layers) {
    layers.push_back(json_object({{"name", layer.name},
                                  {"units", layer.units},
                                  {"sums", numbers(layer.sums)},
                                  {"outputs", numbers(layer.outputs)}}));
  }
  Json parameters = Json::array();
  for (const ParameterView& parameter : view.parameters) {
    parameters.push_back(json_object({{"name", parameter.name},
                                      {"shape", shape_json(parameter.shape)},
                                      {"trained", parameter.is_trained},
                                      {"before", numbers(parameter.before)},
                                      {"gradient", numbers(parameter.gradient)},
                                      {"after", numbers(parameter.after)}}));
  }
  return json_object({{"step", view.step},
                      {"epoch", view.epoch},
                      {"batch", view.batch},
                      {"learningRate", view.learning_rate},
                      {"update", view.is_update},
                      {"rows", view.rows},
                      {"columns", view.columns},
                      {"features", numbers(view.features)},
                      {"outputs", view.outputs},
                      {"targets", numbers(view.targets)},
                      {"layers", std::move(layers)},
                      {"rowLosses", numbers(view.row_losses)},
                      {"loss", finite_or_null(view.loss)},
                      {"parameters", std::move(parameters)}});
}

Json describe_neuron_step(const NeuronStep& step) {
  Json phases = Json::array();
  for (std::size_t i = 0; i < step.lines.size(); ++i) {
    Json lines = Json::array();
    for (const NeuronLine& line : step.lines[i])
      lines.push_back(json_object({{"formula", line.formula}, {"numbers", line.numbers}}));
    phases.push_back(json_object({{"id", kNeuronPhaseNames[i]}, {"lines", std::move(lines)}}));
  }
  return json_object({{"step", step.step},
                      {"row", step.row},
                      {"x", numbers(step.x)},
                      {"target", finite_or_null(step.target)},
                      {"initial", numbers(step.initial)},
                      {"before", numbers(step.before)},
                      {"z", finite_or_null(step.z)},
                      {"y", finite_or_null(step.y)},
                      {"loss", finite_or_null(step.loss)},
                      {"lossByY", finite_or_null(step.loss_by_y)},
                      {"yByZ", finite_or_null(step.y_by_z)},
                      {"gradient", numbers(step.gradient)},
                      {"learningRate", step.learning_rate},
                      {"after", numbers(step.after)},
                      {"phases", std::move(phases)}});
}

Json describe_histograms(const std::vector<Histogram>& histograms) {
  Json list = Json::array();
  for (const Histogram& histogram : histograms) {
    list.push_back(json_object({{"quantity", kQuantityNames[static_cast<std::size_t>(histogram.quantity)]},
                                {"name", histogram.name},
                                {"low", histogram.low},
                                {"high", histogram.high},
                                {"mean", histogram.mean},
                                {"deviation", histogram.deviation},
                                {"counts", histogram.counts},
                                {"notFinite", histogram.not_finite}}));
  }
  return list;
}

Json describe_unit(const UnitView& view) {
  return json_object({{"parameter", view.parameter},
                      {"unit", view.unit},
                      {"inputs", view.inputs},
                      {"weights", numbers(view.weights)},
                      {"bias", finite_or_null(static_cast<double>(view.bias))},
                      {"rows", view.rows},
                      {"sum", spread_json(view.sum)},
                      {"output", spread_json(view.output)}});
}

Json describe_regression(const RegressionMeasures& measures) {
  return json_object({{"mae", finite_or_null(measures.mae)},
                      {"mse", finite_or_null(measures.mse)},
                      {"rmse", finite_or_null(measures.rmse)},
                      {"r2", finite_or_null(measures.r2)},
                      {"explainedVariance", finite_or_null(measures.explained_variance)}});
}

Json describe_diagnosis(const Diagnosis& diagnosis) {
  Json cures = Json::array();
  for (const Cure& cure : diagnosis.cures) {
    Json changes = Json::array();
    for (const auto& [path, value] : cure.changes) {
      changes.push_back(json_object({{"path", path}, {"value", value}}));
    }
    cures.push_back(
        json_object({{"id", kCureNames[static_cast<std::size_t>(cure.kind)]}, {"changes", std::move(changes)}}));
  }
  return json_object({{"verdict", kVerdictNames[static_cast<std::size_t>(diagnosis.verdict)]},
                      {"trainLoss", finite_or_null(diagnosis.train_loss)},
                      {"trainScore", finite_or_null(diagnosis.train_score)},
                      {"validationLoss", finite_or_null(diagnosis.validation_loss)},
                      {"bestEpoch", diagnosis.best_epoch},
                      {"bestLoss", finite_or_null(diagnosis.best_loss)},
                      {"cures", std::move(cures)}});
}

Json describe_part(const PartReport& report) {
  return json_object(
      {{"rows", report.rows},
       {"loss", finite_or_null(report.measures.loss)},
       {"baseline", report.baseline},
       {"classification", report.classification ? classification_json(*report.classification) : Json(nullptr)},
       {"probability", report.probability ? probability_json(*report.probability) : Json(nullptr)},
       {"regression", report.regression ? describe_regression(*report.regression) : Json(nullptr)}});
}

}  // namespace athanor
