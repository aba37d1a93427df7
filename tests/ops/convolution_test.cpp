// Convolutions of any size against sums written out; what is refused; NaN.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <limits>

#include "engine/core/random.h"
#include "engine/graph/builder.h"
#include "engine/runtime/executor.h"

using namespace athanor;

namespace {

using Values = std::vector<Real>;

Values drawn(Index count, std::uint32_t seed) {
  Random random(seed, Stream::kInit);
  Values values(static_cast<std::size_t>(count));
  for (Real& value : values) value = random.uniform(-1, 1);
  return values;
}

struct Case {
  Shape x;
  Shape filters;
  Window window;
};

/// Calls f(x's element, the filters' element, y's element) for every product of a convolution, by its definition.
template <typename F>
void each_product(const Case& c, const Shape& y, F f) {
  const Index channels = c.filters[2];
  const Index filters = c.filters[3] / c.window.groups;  // of a group
  for (Index b = 0; b < y[0]; ++b)
    for (Index oh = 0; oh < y[1]; ++oh)
      for (Index ow = 0; ow < y[2]; ++ow)
        for (Index o = 0; o < y[3]; ++o)
          for (Index kh = 0; kh < c.filters[0]; ++kh)
            for (Index kw = 0; kw < c.filters[1]; ++kw)
              for (Index i = 0; i < channels; ++i) {
                const Index h = oh * c.window.rows.stride + kh * c.window.rows.dilation - c.window.rows.before;
                const Index w = ow * c.window.columns.stride + kw * c.window.columns.dilation - c.window.columns.before;
                if (h < 0 || h >= c.x[1] || w < 0 || w >= c.x[2]) continue;
                const Index channel = o / filters * channels + i;
                f(((b * c.x[1] + h) * c.x[2] + w) * c.x[3] + channel,
                  ((kh * c.filters[1] + kw) * channels + i) * c.filters[3] + o,
                  ((b * y[1] + oh) * y[2] + ow) * y[3] + o);
              }
}

/// What the op makes of two inputs.
Values computed(Op op, const Shape& first, const Shape& second, const Window& window, const Values& a,
                const Values& b) {
  Graph graph;
  Builder builder(graph);
  const NodeId left = builder.input(first);
  const NodeId right = builder.input(second);
  const NodeId out = builder.append(op, {left, right}, {.window = window});
  const std::array<NodeId, 1> kept{out};
  Executor executor(graph, nullptr, kept);
  std::copy(a.begin(), a.end(), executor.input(left).begin());
  std::copy(b.begin(), b.end(), executor.input(right).begin());
  executor.run({});
  const std::span<const Real> values = executor.value(out);
  return {values.begin(), values.end()};
}

double worst(const Values& values, const std::vector<double>& expected) {
  double difference = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    difference =
        std::max(difference, std::abs(static_cast<double>(values[i]) - expected[i]) / (1 + std::abs(expected[i])));
  }
  return difference;
}

}  // namespace

TEST_CASE("convolutions are the sums they are defined by, however long a patch is") {
  const WindowAxis same{.before = 1, .after = 1};
  const std::vector<Case> cases{
      {{3, 14, 14, 8}, {3, 3, 8, 16}, {.rows = same, .columns = same}},
      {{2, 28, 28, 1}, {3, 3, 1, 8}, {.rows = same, .columns = same}},
      {{1, 3, 3, 70}, {3, 3, 70, 5}, {.rows = same, .columns = same}},  // a patch in two parts
      {{1, 2, 3, 600}, {2, 2, 600, 3}, {}},                             // an entry in two parts
      {{1, 5, 5, 514}, {3, 3, 257, 4}, {.rows = same, .columns = same, .groups = 2}},
      {{2, 1, 300, 3}, {1, 2, 3, 7}, {.columns = {.dilation = 64, .before = 64}}},  // causal, as in WaveNet
      {{2, 9, 7, 12}, {3, 3, 1, 12}, {.rows = same, .columns = same, .groups = 12}},
      {{40, 8, 8, 3}, {5, 5, 3, 2}, {.rows = {.stride = 2, .before = 2}, .columns = {.stride = 3, .before = 4}}},
      {{5, 6, 6, 9}, {1, 1, 9, 11}, {}},
      {{2, 50, 40, 8}, {3, 3, 8, 10}, {.rows = same, .columns = same}},  // an image in strips
      {{1, 30, 60, 11}, {3, 5, 11, 17}, {.rows = {.stride = 2, .dilation = 3, .before = 4, .after = 1}}},
      {{1, 4, 300, 32}, {3, 3, 32, 5}, {.rows = same, .columns = same}},  // rows too long for strips
      {{1, 5, 40, 2}, {2, 3, 2, 4}, {.columns = {.stride = 4, .before = 7, .after = 9}}},
      {{1, 6, 9, 4}, {2, 2, 4, 3}, {.rows = {.after = -3}, .columns = {.after = -4}}},
  };
  const double tolerance = sizeof(Real) == 8 ? 1e-12 : 2e-5;
  for (const Case& c : cases) {
    INFO(c.x.text() << " with " << c.filters.text());
    Graph graph;
    Builder probe(graph);
    const NodeId made = probe.convolution(probe.input(c.x), probe.input(c.filters), c.window);
    const Shape y = probe.shape(made);
    const Window window = graph[made].attributes.window;
    const Values x = drawn(c.x.size(), 1);
    const Values filters = drawn(c.filters.size(), 2);
    const Values dy = drawn(y.size(), 3);
    std::vector<double> out(dy.size());
    std::vector<double> dx(x.size());
    std::vector<double> dfilters(filters.size());
    each_product(c, y, [&](Index in, Index weight, Index to) {
      const auto at = [](const Values& values, Index i) {
        return static_cast<double>(values[static_cast<std::size_t>(i)]);
      };
      out[static_cast<std::size_t>(to)] += at(x, in) * at(filters, weight);
      dx[static_cast<std::size_t>(in)] += at(dy, to) * at(filters, weight);
      dfilters[static_cast<std::size_t>(weight)] += at(dy, to) * at(x, in);
    });
    CHECK(worst(computed(Op::kConvolution, c.x, c.filters, window, x, filters), out) < tolerance);
    CHECK(worst(computed(Op::kTransposedConvolution, y, c.filters, window, dy, filters), dx) < tolerance);
    CHECK(worst(computed(Op::kConvolutionWeightGrad, c.x, y, window, x, dy), dfilters) < tolerance);
  }
}

TEST_CASE("an image comes out of a convolution the same whatever other images there are") {
  const Shape one{1, 9, 9, 3};
  const Shape many{7, 9, 9, 3};
  const Shape filters{3, 3, 3, 5};
  const Window window{.rows = {.size = 3, .before = 1, .after = 1}, .columns = {.size = 3, .before = 1, .after = 1}};
  const Values weights = drawn(filters.size(), 2);
  const Values x = drawn(many.size(), 1);
  const Values all = computed(Op::kConvolution, many, filters, window, x, weights);
  for (Index image = 0; image < 7; ++image) {
    const Values alone(x.begin() + image * one.size(), x.begin() + (image + 1) * one.size());
    const Values out = computed(Op::kConvolution, one, filters, window, alone, weights);
    CHECK(std::equal(out.begin(), out.end(), all.begin() + image * static_cast<Index>(out.size())));
  }
}

TEST_CASE("NaN in an image reaches what its windows give, and nothing else") {
  Values x(16, 1);
  x[5] = std::numeric_limits<Real>::quiet_NaN();
  const Window window{.rows = {.size = 2, .stride = 2}, .columns = {.size = 2, .stride = 2}};
  for (const Op op : {Op::kMaxPool, Op::kAveragePool, Op::kConvolution}) {
    Graph graph;
    Builder builder(graph);
    const NodeId input = builder.input({1, 4, 4, 1});
    const NodeId out = op == Op::kConvolution
                           ? builder.append(op, {input, builder.constant(1, {2, 2, 1, 1})}, {.window = window})
                           : builder.append(op, {input}, {.window = window});
    const std::array<NodeId, 1> kept{out};
    Executor executor(graph, nullptr, kept);
    std::copy(x.begin(), x.end(), executor.input(input).begin());
    executor.run({});
    CHECK(std::isnan(executor.value(out)[0]));
    for (std::size_t i = 1; i < 4; ++i) CHECK_FALSE(std::isnan(executor.value(out)[i]));
  }
}

TEST_CASE("a window that does not fit is refused with what fits") {
  const auto refusal = [](auto build) -> std::string {
    Graph graph;
    Builder builder(graph);
    try {
      build(builder);
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing was thrown";
  };
  using Catch::Matchers::ContainsSubstring;
  CHECK_THAT(refusal([](Builder& b) { b.convolution(b.input({1, 2, 2, 1}), b.input({3, 3, 1, 2})); }),
             ContainsSubstring("it expects images at least as large as the filters, padding included"));
  CHECK_THAT(
      refusal([](Builder& b) { b.convolution(b.input({1, 4, 4, 3}), b.input({3, 3, 1, 2})); }),
      ContainsSubstring("convolution cannot take (1, 4, 4, 3) and (3, 3, 1, 2); it expects images (B, H, W, C)"));
  CHECK_THAT(refusal([](Builder& b) { b.convolution(b.input({1, 4, 4, 4}), b.input({3, 3, 2, 3}), {.groups = 2}); }),
             ContainsSubstring("multiples of the groups"));
  CHECK_THAT(refusal([](Builder& b) { b.transposed_convolution(b.input({1, 4, 4, 4}), b.input({3, 3, 2, 3})); }),
             ContainsSubstring("transposed_convolution cannot take"));
  CHECK_THAT(refusal([](Builder& b) { b.max_pool(b.input({4, 4, 4}), {}); }),
             ContainsSubstring("max_pool cannot take (4, 4, 4); it expects images (B, H, W, C)."));
  CHECK_THAT(
      refusal([](Builder& b) { b.average_pool(b.input({1, 1, 4, 1}), {.rows = {.size = 2}}); }),
      ContainsSubstring("average_pool cannot take (1, 1, 4, 1); it expects images at least as large as the window"));
  CHECK_THAT(refusal([](Builder& b) { b.max_pool(b.input({1, 4, 4, 1}), {.rows = {.size = 2, .before = 2}}); }),
             ContainsSubstring("every window must see some of the image"));
}
