#include "engine/models/narrowing.h"

#include <catch2/catch_test_macros.hpp>
#include <numeric>

#include "tests/support/documents.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

std::vector<Real> counted(Index size) {
  std::vector<Real> values(static_cast<std::size_t>(size));
  std::iota(values.begin(), values.end(), Real{1});
  return values;
}

std::vector<Real> values_of(const std::vector<Parameter>& layout, const std::string& name,
                            const std::vector<Real>& block) {
  for (const Parameter& parameter : layout) {
    if (parameter.name != name) continue;
    const auto first = block.begin() + parameter.offset;
    return {first, first + parameter.shape.size()};
  }
  FAIL("there is a parameter " << name);
  return {};
}

}  // namespace

TEST_CASE("without a neuron its column, its numbers and its row are gone, and all else is where it was") {
  MlpSpec spec{.columns = 2, .classes = 3, .layers = {{.units = 3, .norm = Norm::kBatch}, {.units = 2}}};
  const Graph wide = evaluation_mlp(spec, 1).graph;
  spec.layers[0].units = 2;
  const Graph narrow = evaluation_mlp(spec, 1).graph;
  const std::vector<Real> before = counted(2 * wide.parameter_count);  // two blocks, one after the other
  std::vector<Real> after(static_cast<std::size_t>(2 * narrow.parameter_count));
  leave_out_unit(wide.parameters, narrow.parameters, 1, before, after);
  for (const Index block : {0, 1}) {
    const auto of_block = [&](const Graph& graph, const std::vector<Real>& values, const std::string& name) {
      const auto first = values.begin() + block * graph.parameter_count;
      return values_of(graph.parameters, name, {first, first + graph.parameter_count});
    };
    const auto kept = [&](const std::string& name) { return of_block(narrow, after, name); };
    const auto had = [&](const std::string& name) { return of_block(wide, before, name); };
    // (2, 3) without its middle column; vectors of three without their middle; (3, 2) without its middle row.
    const std::vector<Real> w = had("layers.0.weight");
    CHECK(kept("layers.0.weight") == std::vector<Real>{w[0], w[2], w[3], w[5]});
    for (const char* name : {"bias", "gain", "norm_bias", "running_mean", "running_variance"}) {
      INFO(name);
      const std::vector<Real> v = had(std::string("layers.0.") + name);
      CHECK(kept(std::string("layers.0.") + name) == std::vector<Real>{v[0], v[2]});
    }
    const std::vector<Real> next = had("layers.1.weight");
    CHECK(kept("layers.1.weight") == std::vector<Real>{next[0], next[1], next[4], next[5]});
    for (const char* name : {"layers.1.bias", "output.weight", "output.bias"}) CHECK(kept(name) == had(name));
  }
}

TEST_CASE("what keeps a neuron in its place is named") {
  const std::vector<LayerSpec> layers{{.units = 4},
                                      {.name = "wide", .units = 4, .residual = "1"},
                                      {.units = 1},
                                      {.units = 4},
                                      {.units = 4, .residual = "4"}};
  const auto refusal = [&](Index layer, Index unit) { return error_of([&] { check_removable(layers, layer, unit); }); };
  for (const Index layer : {-1, 5, 99}) CHECK(refusal(layer, 0).code() == ErrorCode::kNotHidden);
  const Error none = refusal(0, 4);
  CHECK(none.code() == ErrorCode::kBadInput);
  CHECK(param(none, "expected") == "0 to 3");
  const Error last = refusal(2, 0);
  CHECK(last.code() == ErrorCode::kLastNeuron);
  CHECK(param(last, "layer") == "3");
  for (const auto& [layer, from, to] : {std::tuple{0, "1", "wide"}, {1, "1", "wide"}, {3, "4", "5"}, {4, "4", "5"}}) {
    const Error edge = refusal(layer, 0);
    CHECK(edge.code() == ErrorCode::kResidualEdge);
    CHECK(param(edge, "from") == from);
    CHECK(param(edge, "to") == to);
  }
  CHECK(refusal(4, -1).code() == ErrorCode::kBadInput);
  // A layer in the middle of an edge, which only passes by, may lose one.
  const std::vector<LayerSpec> passed{{.units = 4}, {.units = 3}, {.units = 4, .residual = "1"}};
  CHECK_NOTHROW(check_removable(passed, 1, 2));
}
