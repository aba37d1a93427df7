// Layers and composed losses, and whole networks under every loss, norm and activation, against finite differences: the
// samples of ops (tests/ops) say nothing about how ops are put together. In float finite differences drown in rounding.
#ifdef ATHANOR_REAL_DOUBLE

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <map>
#include <regex>

#include "engine/nn/layers.h"
#include "engine/nn/losses.h"
#include "tests/support/gradient_check.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Nodes = std::vector<NodeId>;

constexpr std::uint32_t kSeeds = 5;
constexpr int kLeastCases = 20;  // of shape and seed, for each thing under test

/// One shape of one thing under test.
struct Case {
  std::string what;  // "layer_norm"; "activate: relu", "loss: huber" where there is one per name
  std::string shape;
  /// At most 0 when all gradients agree; they are multiplied by `factor` first.
  std::function<double(std::uint32_t seed, double factor)> excess;
};

std::vector<Shape> shapes() { return {{3, 4}, {2, 5}, {4, 3, 2}, {2, 2, 3, 2}}; }

void add(std::vector<Case>& cases, const std::string& what, const Sample& sample) {
  cases.push_back(
      {.what = what, .shape = sample.inputs[0].text(), .excess = [sample](std::uint32_t seed, double factor) {
         return worst_gradient_excess(sample, seed, {}, factor);
       }});
}

void add_layers(std::vector<Case>& cases) {
  for (const Shape& shape : shapes()) {
    const Shape channels{shape.last()};
    add(cases, "layer_norm", {.inputs = {shape, channels, channels}, .build = [](Builder& graph, const Nodes& x) {
                                return layer_norm(graph, x[0], x[1], x[2]);
                              }});
    add(cases, "rms_norm", {.inputs = {shape, channels}, .build = [](Builder& graph, const Nodes& x) {
                              return rms_norm(graph, x[0], x[1]);
                            }});
    add(cases, "batch_norm_training",
        {.inputs = {shape, channels, channels}, .build = [](Builder& graph, const Nodes& x) {
           const auto [output, mean, variance] = batch_norm_training(graph, x[0], x[1], x[2]);
           return graph.add(output, graph.multiply(mean, variance));
         }});
    add(cases, "batch_norm_inference",
        {.inputs = {shape, channels, channels, channels, channels}, .build = [](Builder& graph, const Nodes& x) {
           const NodeId variance = graph.add(graph.square(x[4]), graph.constant(0.5));
           return batch_norm_inference(graph, x[0], x[1], x[2], x[3], variance);
         }});
    add(cases, "dropout", {.inputs = {shape}, .build = [](Builder& graph, const Nodes& x) {
                             return graph.square(dropout(graph, x[0], 0.4, 1));
                           }});
    const Index groups = shape.last() == 5 ? 1 : 2;
    add(cases, "group_norm", {.inputs = {shape, channels, channels}, .build = [groups](Builder& graph, const Nodes& x) {
                                return group_norm(graph, x[0], groups, x[1], x[2]);
                              }});
    const Shape rows{shape[0], shape.last()};
    add(cases, "dense", {.inputs = {rows}, .build = [](Builder& graph, const Nodes& x) {
                           return graph.square(dense(graph, x[0], 3, "layer"));
                         }});
  }
}

void add_activations(std::vector<Case>& cases) {
  for (std::size_t i = 0; i < kActivationNames.size(); ++i) {
    for (const Shape& shape : shapes()) {
      add(cases, "activate: " + std::string(kActivationNames[i]),
          {.inputs = {shape},
           .build = [i](Builder& graph,
                        const Nodes& x) { return graph.square(activate(graph, x[0], static_cast<Activation>(i))); },
           .range = 4});
    }
  }
}

void add_losses(std::vector<Case>& cases) {
  for (const double smoothing : {0.0, 0.2}) {
    for (const bool is_weighted : {false, true}) {
      for (const Shape& logits : std::vector<Shape>{{1, 2}, {3, 4}, {5, 3}, {2, 7}}) {
        Sample sample{.inputs = {logits},
                      .build =
                          [smoothing, is_weighted](Builder& graph, const Nodes& x) {
                            const NodeId weights = is_weighted ? x[2] : kNoNode;
                            return softmax_cross_entropy(graph, x[0], x[1],
                                                         {.label_smoothing = smoothing, .class_weights = weights});
                          },
                      .range = 3,
                      .distributions = {logits}};
        if (is_weighted) sample.distributions.push_back({logits.last()});
        add(cases, "softmax_cross_entropy", sample);
      }
    }
  }
}

struct NetworkShape {
  Index rows;
  Index columns;
  Index units;
  Index classes;  // 0: a real value
};
constexpr std::array<NetworkShape, 5> kNetworks{{{.rows = 1, .columns = 2, .units = 3, .classes = 2},
                                                 {.rows = 2, .columns = 3, .units = 4, .classes = 3},
                                                 {.rows = 5, .columns = 1, .units = 6, .classes = 2},
                                                 {.rows = 4, .columns = 4, .units = 2, .classes = 5},
                                                 {.rows = 3, .columns = 2, .units = 5, .classes = 0}}};

/// Networks of every shape that suits the loss; `change` sets what is under test.
void add_networks(std::vector<Case>& cases, const std::string& what, Loss loss,
                  const std::function<void(MlpSpec&)>& change) {
  for (const NetworkShape& shape : kNetworks) {
    if (!suits(loss, shape.classes)) continue;
    MlpSpec spec{.columns = shape.columns, .classes = shape.classes, .loss = loss};
    spec.layers = {{.units = shape.units}, {.units = shape.units + 1}};
    change(spec);
    cases.push_back({.what = what,
                     .shape = std::to_string(shape.rows) + " rows, " + std::to_string(shape.units) + " units, " +
                              std::to_string(shape.classes) + " classes",
                     .excess = [spec, rows = shape.rows](std::uint32_t seed, double factor) {
                       return worst_network_excess(spec, rows, seed, {}, factor);
                     }});
  }
}

void add_networks(std::vector<Case>& cases) {
  for (std::size_t i = 0; i < kLossNames.size(); ++i) {
    add_networks(cases, "loss: " + std::string(kLossNames[i]), static_cast<Loss>(i),
                 [](MlpSpec& spec) { spec.huber_delta = 0.4; });
  }
  add_networks(cases, "cross-entropy, smoothed and weighted", Loss::kCrossEntropy, [](MlpSpec& spec) {
    spec.label_smoothing = 0.1;
    spec.weighs_classes = true;
  });
  for (std::size_t i = 0; i < kNormNames.size(); ++i) {
    add_networks(cases, "norm: " + std::string(kNormNames[i]), Loss::kCrossEntropy, [i](MlpSpec& spec) {
      for (LayerSpec& layer : spec.layers) layer.norm = static_cast<Norm>(i);
    });
  }
  for (std::size_t i = 0; i < kActivationNames.size(); ++i) {
    add_networks(cases, "hidden activation: " + std::string(kActivationNames[i]), Loss::kCrossEntropy,
                 [i](MlpSpec& spec) {
                   for (LayerSpec& layer : spec.layers) layer.activation = static_cast<Activation>(i);
                 });
    // A value has one output, of which softmax knows but 1: hinge leaves it to the shapes of classes.
    add_networks(cases, "output activation: " + std::string(kActivationNames[i]), Loss::kHinge,
                 [i](MlpSpec& spec) { spec.output_activation = static_cast<Activation>(i); });
  }
  add_networks(cases, "embedding", Loss::kCrossEntropy, [](MlpSpec& spec) {
    // Two tables with a plain column between them where there are columns enough.
    const Index levels = spec.columns >= 4 ? spec.columns - 2 : 0;
    if (levels > 0) spec.embeddings.push_back({.begin = 0, .levels = levels, .size = 3});
    spec.embeddings.push_back({.begin = spec.columns - 1, .levels = 1, .size = 2});
  });
  add_networks(cases, "dropout and a residual edge", Loss::kCrossEntropy, [](MlpSpec& spec) {
    for (LayerSpec& layer : spec.layers) layer = {.units = spec.columns, .dropout = 0.3, .residual = "input"};
  });
}

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = [] {
    std::vector<Case> all;
    add_layers(all);
    add_activations(all);
    add_losses(all);
    add_networks(all);
    return all;
  }();
  return kCases;
}

}  // namespace

TEST_CASE("gradients of layers and of whole networks equal finite differences") {
  std::map<std::string, int> counts;
  for (const Case& one : cases()) {
    for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
      INFO(one.what << ", " << one.shape << ", seed " << seed);
      CHECK(one.excess(seed, 1) <= 0);
      ++counts[one.what];
    }
  }
  for (const auto& [what, count] : counts) {
    INFO(what);
    CHECK(count >= kLeastCases);
  }
}

TEST_CASE("a gradient that is one per cent off is caught for every layer and every kind of network") {
  for (const Case& one : cases()) {
    // Values may lie where the gradient is 0, which no factor makes wrong: any of the seeds must see it.
    double worst = 0;
    for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) worst = std::max(worst, one.excess(seed, 1.01));
    INFO(one.what << ", " << one.shape);
    CHECK(worst > 0);
  }
}

TEST_CASE("no function that appends a layer or a loss is without a gradient case") {
  const std::regex declaration("(\\w+)\\(Builder& graph, NodeId");
  int found = 0;
  for (const char* header : {"/engine/nn/layers.h", "/engine/nn/losses.h"}) {
    std::ifstream file(std::string(ATHANOR_SOURCE_DIR) + header);
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, declaration)) continue;
      const std::string name = match[1];
      INFO(name);
      CHECK(std::any_of(cases().begin(), cases().end(),
                        [&name](const Case& one) { return one.what == name || one.what.starts_with(name + ":"); }));
      ++found;
    }
  }
  CHECK(found >= 8);
}

#endif
