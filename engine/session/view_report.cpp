#include "engine/session/view_report.h"

#include <optional>
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

Json lists(const std::vector<std::vector<Real>>& values) {
  Json list = Json::array();
  for (const std::vector<Real>& one : values) list.push_back(numbers(one));
  return list;
}

Json real_json(Real value) { return finite_or_null(static_cast<double>(value)); }
Json real_json(const std::optional<Real>& value) { return value ? real_json(*value) : Json(nullptr); }

Json settings_json(const StepSettings& settings, bool decays) {
  return json_object({{"optimizer", row(settings.optimizer).name()},
                      {"momentum", settings.rule.momentum},
                      {"beta1", settings.rule.beta1},
                      {"beta2", settings.rule.beta2},
                      {"rho", settings.rule.rho},
                      {"epsilon", settings.rule.epsilon},
                      {"weightDecay", decays ? settings.rule.weight_decay : 0},
                      {"l1", settings.l1},
                      {"l2", settings.l2},
                      {"clipValue", settings.clip_value},
                      {"clipNorm", settings.clip_norm},
                      {"maxNorm", settings.max_norm}});
}

Json trace_layer_json(const TraceLayer& layer) {
  return json_object({{"name", layer.name},
                      {"inputs", layer.inputs},
                      {"units", layer.units},
                      {"activation", kActivationNames[static_cast<std::size_t>(layer.activation)]},
                      {"norm", kNormNames[static_cast<std::size_t>(layer.norm)]},
                      {"dropout", layer.dropout},
                      {"residual", layer.residual},
                      {"sums", numbers(layer.sums)},
                      {"outputs", numbers(layer.outputs)}});
}

Json trace_neuron_json(const TraceNeuron& neuron) {
  return json_object({{"inputs", numbers(neuron.inputs)},
                      {"weights", numbers(neuron.weights)},
                      {"bias", real_json(neuron.bias)},
                      {"sum", real_json(neuron.sum)},
                      {"normalized", real_json(neuron.normalized)},
                      {"activated", real_json(neuron.activated)},
                      {"output", real_json(neuron.output)},
                      {"slope", real_json(neuron.slope)},
                      {"sumGradient", real_json(neuron.sum_gradient)},
                      {"normalizedGradient", real_json(neuron.normalized_gradient)},
                      {"activatedGradient", real_json(neuron.activated_gradient)},
                      {"outputGradient", real_json(neuron.output_gradient)},
                      {"onwardWeights", numbers(neuron.onward_weights)},
                      {"onwardGradients", numbers(neuron.onward_gradients)},
                      {"residualGradients", numbers(neuron.residual_gradients)}});
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

Json values_or_null(const std::vector<std::optional<double>>& given) {
  Json list = Json::array();
  for (const std::optional<double>& value : given) list.push_back(finite_or_null(value));
  return list;
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
                      {"rocAucs", values_or_null(report.roc_aucs)},
                      {"averagePrecisions", values_or_null(report.average_precisions)},
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
                      {"gradientNorm", finite_or_null(view.gradient_norm)},
                      {"updateNorm", finite_or_null(view.update_norm)},
                      {"parameters", std::move(parameters)}});
}

Json describe_trace(const StepTrace& trace) {
  Json layers = Json::array();
  for (const TraceLayer& layer : trace.layers) layers.push_back(trace_layer_json(layer));
  return json_object({{"sample", trace.place.sample},
                      {"layer", trace.place.layer},
                      {"unit", trace.place.unit},
                      {"input", trace.place.input},
                      {"step", trace.step},
                      {"epoch", trace.epoch},
                      {"batch", trace.batch},
                      {"batches", trace.batches},
                      {"batchRows", trace.batch_rows},
                      {"update", trace.is_update},
                      {"accumulates", trace.accumulates},
                      {"learningRate", trace.learning_rate},
                      {"optimizerStep", trace.optimizer_step},
                      {"settings", settings_json(trace.settings, trace.decays)},
                      {"rows", trace.rows},
                      {"rowLosses", numbers(trace.row_losses)},
                      {"firstFeatures", numbers(trace.first_features)},
                      {"firstTargets", numbers(trace.first_targets)},
                      {"column", numbers(trace.column)},
                      {"sumGradients", numbers(trace.sum_gradients)},
                      {"features", numbers(trace.features)},
                      {"targets", numbers(trace.targets)},
                      {"scores", numbers(trace.scores)},
                      {"loss", json_object({{"kind", kLossNames[static_cast<std::size_t>(trace.loss_kind)]},
                                            {"huberDelta", trace.huber_delta},
                                            {"labelSmoothing", trace.label_smoothing},
                                            {"classWeights", numbers(trace.class_weights)},
                                            {"mean", finite_or_null(trace.loss)}})},
                      {"layers", std::move(layers)},
                      {"neuron", trace_neuron_json(trace.neuron)},
                      {"parameters", json_object({{"before", numbers(trace.update.before)},
                                                  {"batchGradient", numbers(trace.update.batch_gradient)},
                                                  {"gradient", numbers(trace.update.gradient)},
                                                  {"applied", numbers(trace.update.applied)},
                                                  {"after", numbers(trace.update.after)},
                                                  {"slotsBefore", lists(trace.update.slots_before)},
                                                  {"slotsAfter", lists(trace.update.slots_after)}})}});
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

Json describe_confusion(const Confusion& confusion) {
  Json matrix = Json::array();
  for (Index truth = 0; truth < confusion.classes; ++truth) {
    Json line = Json::array();
    for (Index predicted = 0; predicted < confusion.classes; ++predicted)
      line.push_back(confusion.at(truth, predicted));
    matrix.push_back(std::move(line));
  }
  return matrix;
}

Json describe_threshold(const ThresholdReport& report) {
  return json_object({{"truePositives", report.true_positives},
                      {"falsePositives", report.false_positives},
                      {"falseNegatives", report.false_negatives},
                      {"trueNegatives", report.true_negatives},
                      {"accuracy", report.accuracy},
                      {"falsePositiveRate", report.false_positive_rate},
                      {"precision", report.figures.precision},
                      {"recall", report.figures.recall},
                      {"f1", report.figures.f1}});
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
