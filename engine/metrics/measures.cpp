#include "engine/metrics/measures.h"

namespace athanor {

Measures measure(const Confusion& confusion, double loss) {
  const ClassificationReport report = report_classification(confusion);
  return {.loss = loss,
          .accuracy = report.accuracy,
          .precision = report.macro.precision,
          .recall = report.macro.recall,
          .f1 = report.macro.f1,
          .balanced_accuracy = report.balanced_accuracy,
          .matthews = report.matthews,
          .kappa = report.kappa,
          .confusion = confusion};
}

}  // namespace athanor
