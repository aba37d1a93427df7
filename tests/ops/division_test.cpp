// Calls in parts, as threads make them: every way of dividing one gives the bits of the whole.
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <set>

#include "engine/kernels/gemm_tile.h"
#include "engine/ops/division.h"
#include "tests/ops/samples.h"
#include "tests/ops/trial.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

bool are_same_bits(const Values& a, const Values& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(Real)) == 0;
}

/// The call in so many parts, the last first: a part that reads what another writes would show.
Values in_parts(const Trial& trial, Index parts, std::size_t target = kMaxInputs) {
  return trial.result_of(
      [&](const KernelCall& call) {
        const Division& division = *row(trial.op).division;
        const Index units = division.units(call);
        for (Index part = parts - 1; part >= 0; --part) {
          const Index first = units * part / parts;
          KernelCall narrowed = call;
          division.narrow(narrowed, first, units * (part + 1) / parts - first);
          narrowed.kernel = row(trial.op).kernel;
          narrowed.kernel(narrowed);
        }
      },
      target);
}

/// Larger than the samples: several tiles, blocks of sums, vectors with a rest.
std::vector<OpSample> large_samples() {
  std::vector<OpSample> samples;
  const auto product = [&samples](std::vector<Shape> shapes, bool ta, bool tb) {
    samples.push_back(
        {Op::kMatmul,
         {.name = "matmul of " + shapes[0].text() + " and " + shapes[1].text(),
          .inputs = shapes,
          .build = [ta, tb](Builder& graph, const Nodes& x) { return graph.matmul(x[0], x[1], ta, tb); }}});
  };
  product({{33, 300}, {300, 21}}, false, false);
  for (const auto& [rows, columns] :
       std::initializer_list<std::pair<Shape, Index>>{{{33, 300}, 21}, {{3, 11, 300}, 21}, {{70, 300}, 107}}) {
    for (const bool tb : {false, true}) {
      samples.push_back(
          {Op::kLinear,
           {.name = "linear of " + rows.text() + (tb ? " and a transpose" : ""),
            .inputs = {rows, tb ? Shape{columns, 300} : Shape{300, columns}, {columns}},
            .build = [tb](Builder& graph, const Nodes& x) { return graph.linear(x[0], x[1], x[2], false, tb); }}});
    }
  }
  // By columns, of which the last stretch is a part of one.
  product({{70, 300}, {300, 107}}, false, false);
  product({{300, 70}, {300, 107}}, true, false);
  product({{70, 300}, {107, 300}}, false, true);
  product({{300, 70}, {107, 300}}, true, true);
  product({{300, 33}, {300, 21}}, true, false);
  product({{33, 300}, {21, 300}}, false, true);
  product({{300, 33}, {21, 300}}, true, true);
  product({{7, 11, 30}, {30, 21}}, false, false);
  product({{4, 7, 11}, {4, 11, 5}}, false, false);
  product({{7, 11}, {4, 11, 5}}, false, false);
  product({{1, 7, 11}, {4, 11, 5}}, false, false);
  product({{11, 11}, {11, 11}}, true, false);
  samples.push_back({Op::kConvolution,
                     {.name = "convolution of five images, filters as many as images",
                      .inputs = {{5, 9, 9, 3}, {5, 3, 3, 8}},
                      .build = [](Builder& graph, const Nodes& x) {
                        const Window window{.rows = {.size = 5, .before = 2, .after = 2}, .columns = {.size = 3}};
                        return graph.append(Op::kConvolution, {x[0], x[1]}, {.window = window});
                      }}});
  // Filters by tiles, of which the last is not whole: from strips, from patches, from pixel to pixel.
  for (const auto& [size, dilation] : std::initializer_list<std::pair<Index, Index>>{{3, 1}, {3, 2}, {1, 1}}) {
    const Window window{.rows = {.size = size}, .columns = {.size = size, .dilation = dilation}};
    const Index width = 9 - dilation * (size - 1);
    samples.push_back(
        {Op::kConvolutionWeightGrad,
         {.name = "gradient of 35 filters of size " + std::to_string(size) + ", " + std::to_string(dilation) + " apart",
          .inputs = {{5, 9, 9, 3}, {5, 10 - size, width, 35}},
          .build = [window](Builder& graph, const Nodes& x) {
            return graph.append(Op::kConvolutionWeightGrad, {x[0], x[1]}, {.window = window});
          }}});
  }
  return samples;
}

void check_divided(const OpSample& sample, std::set<Op>& divided) {
  INFO(sample.sample.name);
  const Trial trial = trial_of(sample, 5);
  const Index units = row(trial.op).division->units(trial.call);
  REQUIRE(units >= 1);
  if (units == 1) return;
  divided.insert(trial.op);
  const Values whole = trial.run();
  for (Index parts = 2; parts <= units; ++parts) {
    INFO(parts << " parts");
    CHECK(are_same_bits(in_parts(trial, parts), whole));
    for (std::size_t k = 0; k < trial.inputs.size(); ++k) {
      const bool is_permitted = (row(trial.op).in_place >> k & 1U) != 0;
      if (is_permitted && trial.inputs[k].size() == whole.size())
        CHECK(are_same_bits(in_parts(trial, parts, k), whole));
    }
  }
}

}  // namespace

TEST_CASE("an op done in parts gives the bits of the whole") {
  std::set<Op> divided;
  for (const OpSample& sample : op_samples()) check_divided(sample, divided);
  for (const OpSample& sample : large_samples()) check_divided(sample, divided);
  // Those that no gradient reaches have no samples.
  for (const Op op : {Op::kEqual, Op::kGreater, Op::kGreaterEqual, Op::kLess}) {
    for (const auto& [a, b] :
         {std::pair<Shape, Shape>{{3, 4}, {3, 4}}, {{3, 4}, {4}}, {{4}, {3, 4}}, {{3, 4}, {3, 1}}}) {
      check_divided({op,
                     {.name = std::string(row(op).name) + " of " + a.text() + " and " + b.text(),
                      .inputs = {a, b},
                      .build = [op](Builder& graph, const Nodes& x) { return graph.append(op, {x[0], x[1]}); }}},
                    divided);
    }
  }
  for (const Shape& shape : {Shape{3, 4}, Shape{5, 2, 3}}) {
    check_divided({Op::kSign,
                   {.name = "sign of " + shape.text(),
                    .inputs = {shape},
                    .build = [](Builder& graph, const Nodes& x) { return graph.sign(x[0]); }}},
                  divided);
    check_divided(
        {Op::kArgmax,
         {.name = "argmax of " + shape.text(),
          .inputs = {shape},
          .build = [](Builder& graph, const Nodes& x) { return graph.append(Op::kArgmax, {x[0]}, {.axis = 1}); }}},
        divided);
  }
  for (int i = 0; i < kOpCount; ++i) {
    const auto op = static_cast<Op>(i);
    INFO(row(op).name);
    CHECK(divided.contains(op) == (row(op).division != &ops::kWhole));
  }
}

TEST_CASE("what cannot be divided is one unit") {
  const auto units = [](Op op, const Shape& shape, const Attributes& attributes) {
    KernelCall call{.out_shape = shape, .attributes = attributes};
    return row(op).division->units(call);
  };
  CHECK(units(Op::kAdd, {}, {}) == 1);
  CHECK(units(Op::kSoftmax, {5}, {}) == 1);  // the classes of one row
  CHECK(units(Op::kSoftmax, {5, 2}, {}) == 5);
  CHECK(units(Op::kSum, {5}, {.axes = 0b01}) == 1);
  CHECK(units(Op::kSum, {5}, {.axes = 0b10}) == 5);
  CHECK(units(Op::kConcat, {5, 2}, {.axis = 0}) == 1);
  CHECK(units(Op::kConvolutionWeightGrad, {3, 3, 2, kernels::tile::kTileColumns}, {}) == 1);
  CHECK(units(Op::kConvolutionWeightGrad, {3, 3, 2, 64}, {.window = {.groups = 2}}) == 1);
}

TEST_CASE("a product of few rows is divided by columns, of very few or many by rows") {
  const auto units = [](const Shape& shape) { return ops::kProduct.units({.out_shape = shape}); };
  CHECK(units({128, 256}) == 16);
  CHECK(units({70, 107}) == 7);
  CHECK(units({40, 256}) == 40);
  CHECK(units({784, 256}) == 784);
  CHECK(units({256, 256}) == 256);
  CHECK(units({4, 70, 107}) == 4);
}
