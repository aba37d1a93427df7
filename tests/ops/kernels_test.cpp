// What the rows promise about their kernels: where they may write over an input, and that NaN is not hidden.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>

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

TEST_CASE("a kernel chosen for the shapes of its call gives the bits of the op's own") {
  std::vector<OpSample> samples = op_samples();
  for (const Index m : {1, 2, 4, 5, 8, 10, 16}) {
    for (const Index n : {1, 3, 4, 8, 16}) {
      for (const Index k : {1, 2, 4, 7, 8, 10}) {
        for (const bool ta : {false, true}) {
          for (const bool tb : {false, true}) {
            const std::vector<Shape> shapes{ta ? Shape{k, m} : Shape{m, k}, tb ? Shape{n, k} : Shape{k, n}, {n}};
            const std::string name = shapes[0].text() + (ta ? "^T " : " ") + shapes[1].text() + (tb ? "^T" : "");
            samples.push_back(
                {Op::kMatmul,
                 {.name = "matmul " + name,
                  .inputs = {shapes[0], shapes[1]},
                  .build = [ta, tb](Builder& graph, const Nodes& x) { return graph.matmul(x[0], x[1], ta, tb); }}});
            samples.push_back(
                {Op::kLinear,
                 {.name = "linear " + name, .inputs = shapes, .build = [ta, tb](Builder& graph, const Nodes& x) {
                    return graph.append(Op::kLinear, {x[0], x[1], x[2]}, {.transpose_a = ta, .transpose_b = tb});
                  }}});
          }
        }
      }
    }
  }
  for (const Shape& shape : {Shape{10, 8}, Shape{1, 8}, Shape{10, 1}, Shape{33, 21}, Shape{37}}) {
    for (const Op op : {Op::kSum, Op::kMean}) {
      samples.push_back(
          {op,
           {.name = "of the first axis of " + shape.text(),
            .inputs = {shape},
            .build = [op](Builder& graph, const Nodes& x) { return graph.append(op, {x[0]}, {.axes = 1}); }}});
    }
  }
  std::map<Op, int> chosen;
  for (const OpSample& sample : samples) {
    const Trial trial = trial_of(sample, 7);
    KernelCall call = trial.call;
    call.op = trial.op;
    // A choice may ask whether there is an input, but reads none.
    for (std::size_t k = 0; k < trial.inputs.size(); ++k) call.in[k] = trial.inputs[k].data();
    Kernel* const kernel = kernel_for(call);
    if (kernel == row(trial.op).kernel) continue;
    ++chosen[trial.op];
    INFO(sample.sample.name);
    const Values own = trial.run();
    const Values result = trial.result_of(kernel);
    CHECK(std::memcmp(own.data(), result.data(), own.size() * sizeof(Real)) == 0);
  }
  for (const Op op : {Op::kMatmul, Op::kLinear, Op::kSum, Op::kMean}) CHECK(chosen[op] > 0);
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
