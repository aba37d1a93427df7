#include "engine/session/view_report.h"

#include <cmath>
#include <string>

namespace athanor {
namespace {

/// JSON has no NaN and no infinity.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

template <typename T>
Json numbers(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T value : values) list.push_back(number(static_cast<double>(value)));
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

Json curves(const std::vector<std::vector<CurvePoint>>& given) {
  Json list = Json::array();
  for (const auto& curve : given) {
    Json points = Json::array();
    for (const CurvePoint& point : curve) points.push_back({point.x, point.y, number(point.threshold)});
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
  return json_object({{"logLoss", number(report.log_loss)},
                      {"brier", number(report.brier)},
                      {"rocAuc", number(report.roc_auc)},
                      {"averagePrecision", number(report.average_precision)},
                      {"roc", curves(report.roc)},
                      {"precisionRecall", curves(report.precision_recall)}});
}

Json regression_json(const RegressionMeasures& measures) {
  return json_object({{"mae", number(measures.mae)},
                      {"mse", number(measures.mse)},
                      {"rmse", number(measures.rmse)},
                      {"r2", number(measures.r2)},
                      {"explainedVariance", number(measures.explained_variance)}});
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
                      {"loss", number(view.loss)},
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
                      {"target", number(step.target)},
                      {"initial", numbers(step.initial)},
                      {"before", numbers(step.before)},
                      {"z", number(step.z)},
                      {"y", number(step.y)},
                      {"loss", number(step.loss)},
                      {"lossByY", number(step.loss_by_y)},
                      {"yByZ", number(step.y_by_z)},
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

Json describe_part(const PartReport& report) {
  return json_object(
      {{"rows", report.rows},
       {"loss", number(report.measures.loss)},
       {"baseline", report.baseline},
       {"classification", report.classification ? classification_json(*report.classification) : Json(nullptr)},
       {"probability", report.probability ? probability_json(*report.probability) : Json(nullptr)},
       {"regression", report.regression ? regression_json(*report.regression) : Json(nullptr)}});
}

}  // namespace athanor
