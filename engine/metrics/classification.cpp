#include "engine/metrics/classification.h"

namespace athanor {
namespace {

double ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Measures measure(const Confusion& confusion, double loss) {
  Measures measures{.loss = loss, .confusion = confusion};
  std::int64_t total = 0;
  std::int64_t correct = 0;
  double present = 0;
  for (Index k = 0; k < confusion.classes; ++k) {
    std::int64_t truths = 0;
    std::int64_t predictions = 0;
    for (Index other = 0; other < confusion.classes; ++other) {
      truths += confusion.at(k, other);
      predictions += confusion.at(other, k);
    }
    total += truths;
    correct += confusion.at(k, k);
    if (truths + predictions == 0) continue;
    ++present;
    const double precision = ratio(confusion.at(k, k), predictions);
    const double recall = ratio(confusion.at(k, k), truths);
    measures.precision += precision;
    measures.recall += recall;
    measures.f1 += precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }
  measures.accuracy = ratio(correct, total);
  if (present > 0) {
    measures.precision /= present;
    measures.recall /= present;
    measures.f1 /= present;
  }
  return measures;
}

}  // namespace athanor
