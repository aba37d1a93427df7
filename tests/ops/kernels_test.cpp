// What the rows promise about their kernels: where they may write over an input, and that NaN is not hidden.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "engine/graph/fuse.h"
#include "engine/graph/op_row.h"
#include "tests/ops/samples.h"
#include "tests/ops/trial.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("an op writes over an input its row permits without changing its result") {
  for (const OpSample& sample : op_samples()) {
    if (row(sample.op).in_place == kNever) continue;
    INFO(sample.sample.name);
    const Trial trial = trial_of(sample, 3);
    const Values expected = trial.run();
    for (std::size_t k = 0; k < trial.inputs.size(); ++k) {
      const bool is_permitted = (row(sample.op).in_place >> k & 1U) != 0;
      if (!is_permitted || trial.inputs[k].size() != expected.size()) continue;
      CHECK(are_same(trial.run(k), expected));
    }
  }
}

TEST_CASE("NaN stays NaN, so that a diverging run shows") {
  // Comparisons answer 0 by the rules of IEEE 754; where, gathers and argmax choose; the rest computes.
  constexpr std::array kUnary{Op::kNegate,      Op::kSquare,    Op::kScale,    Op::kExp,     Op::kLog,
                              Op::kSqrt,        Op::kAbs,       Op::kSign,     Op::kPower,   Op::kReciprocal,
                              Op::kClip,        Op::kSigmoid,   Op::kTanh,     Op::kRelu,    Op::kLeakyRelu,
                              Op::kElu,         Op::kGelu,      Op::kGeluTanh, Op::kSilu,    Op::kSoftplus,
                              Op::kHardSigmoid, Op::kHardSwish, Op::kSoftsign, Op::kSoftmax, Op::kLogSoftmax,
                              Op::kSum,         Op::kMean,      Op::kMax,      Op::kMin};
  constexpr std::array kBinary{Op::kAdd,
                               Op::kSubtract,
                               Op::kMultiply,
                               Op::kDivide,
                               Op::kMaximum,
                               Op::kMinimum,
                               Op::kSquaredError,
                               Op::kAbsoluteError,
                               Op::kHuber,
                               Op::kLogCosh,
                               Op::kHinge,
                               Op::kSigmoidCrossEntropy,
                               Op::kSoftmaxCrossEntropy,
                               Op::kKlDivergence,
                               Op::kMatmul};
  const auto poisoned = [](Op op, std::size_t arity, std::size_t where, Op activation = Op::kInput) {
    Graph graph;
    Builder builder(graph);
    const Attributes attributes{.value = 1, .limit = 2, .axes = 0b10, .activation = activation};
    std::vector<NodeId> inputs;
    for (std::size_t k = 0; k < arity; ++k) inputs.push_back(builder.input({2, 2}));
    const NodeId node = arity == 1   ? builder.append(op, {inputs[0]}, attributes)
                        : arity == 2 ? builder.append(op, {inputs[0], inputs[1]}, attributes)
                                     : builder.linear(inputs[0], inputs[1], builder.input({2}));
    Trial trial(graph, node, 1);
    for (Values& values : trial.inputs) {
      for (Real& value : values) value = std::abs(value);
    }
    trial.inputs[where][3] = std::numeric_limits<Real>::quiet_NaN();
    return std::isnan(trial.run().back());
  };
  for (const Op op : kUnary) {
    INFO(row(op).name);
    CHECK(poisoned(op, 1, 0));
  }
  for (const Op op : kBinary) {
    INFO(row(op).name);
    CHECK(poisoned(op, 2, 0));
    CHECK(poisoned(op, 2, 1));
  }
  for (const std::size_t where : {0, 1}) CHECK(poisoned(Op::kLinear, 3, where));
  for (const Op activation : kActivationsOfOutput) {
    INFO("bias_activation, " << row(activation).name);
    CHECK(poisoned(Op::kBiasActivation, 2, 0, activation));
    CHECK(poisoned(Op::kBiasActivation, 2, 1, activation));
  }
}
