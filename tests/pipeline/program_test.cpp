#include "engine/pipeline/program.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "engine/core/buffer.h"
#include "engine/core/random.h"
#include "engine/graph/op_row.h"

using namespace athanor;

namespace {

constexpr Index kRows = 6;

/// Networks with every activation, norm, and what else changes the graph.
std::vector<MlpSpec> specs() {
  std::vector<MlpSpec> all;
  for (std::size_t k = 0; k < kActivationNames.size(); ++k) {
    const auto activation = static_cast<Activation>(k);
    all.push_back({.columns = 3, .classes = 2, .layers = {{.units = 5, .activation = activation}, {.units = 4}}});
  }
  for (std::size_t k = 0; k < kNormNames.size(); ++k) {
    all.push_back({.columns = 3,
                   .classes = 3,
                   .layers = {{.units = 4, .norm = static_cast<Norm>(k), .dropout = 0.2},
                              {.units = 4, .activation = Activation::kRelu, .residual = "1"}},
                   .label_smoothing = 0.1,
                   .weighs_classes = true});
  }
  for (std::size_t k = 0; k < kLossNames.size(); ++k) {
    const auto loss = static_cast<Loss>(k);
    all.push_back({.columns = 3, .classes = 2, .layers = {{.units = 4}}, .loss = loss});
    all.push_back({.columns = 3, .classes = 2, .output_activation = Activation::kSigmoid, .loss = loss});
  }
  all.push_back({.columns = 3,
                 .embeddings = {{.begin = 1, .levels = 2, .size = 3}},
                 .classes = 2,
                 .layers = {{.units = 4, .activation = Activation::kElu, .residual = std::string(kInputName)}}});
  return all;
}

const std::vector<std::int32_t> kLabels{0, 1, 0, 1, 1, 0};

struct Block {
  Buffer parameters;
  Buffer gradients;
};

Block block_of(const MlpSpec& spec) {
  const Network network = evaluation_mlp(spec, 1);
  Block block{.parameters = Buffer(network.graph.parameter_count), .gradients = Buffer(network.graph.parameter_count)};
  Random random(9, Stream::kInit);
  for (Real& value : block.parameters.span()) value = random.uniform(Real{1} / 8, 1);  // variances are not negative
  return block;
}

void fill_batch(std::span<Real> features, std::span<Real> targets, const MlpSpec& spec) {
  Random random(4, Stream::kGenerate);
  for (Real& value : features) value = random.uniform(-1, 1);
  const auto outputs = static_cast<std::size_t>(output_count(spec));
  for (std::size_t i = 0; i < kLabels.size(); ++i) {
    encode_target(spec, kLabels[i], targets.subspan(i * outputs, outputs));
  }
}

bool are_same(std::span<const Real> a, std::span<const Real> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace

TEST_CASE("a compiled step has the bits of the network as it was built, in fewer calls") {
  for (const MlpSpec& spec : specs()) {
    Block simple = block_of(spec);
    const auto program = compile_training(spec, kRows, simple.parameters.data(), simple.gradients.data(), kLabels);
    INFO(print(program->network.graph));

    const Network whole = training_mlp(spec, kRows);
    Block block = block_of(spec);
    const std::vector<NodeId> kept = training_outputs(whole);
    std::vector<Placement> placed;
    for (std::size_t i = 0; i < whole.gradients.size(); ++i) {
      placed.push_back(
          {.node = whole.gradients[i], .where = block.gradients.data() + whole.graph.parameters[i].offset});
    }
    Executor executor(whole.graph, block.parameters.data(), kept, placed);
    if (whole.class_weights != kNoNode) fill_class_weights(kLabels, executor.input(whole.class_weights));
    fill_batch(executor.input(whole.features), executor.input(whole.targets), spec);
    fill_batch(program->features, program->targets, spec);
    const StepState state{.seed = 3, .step = 5};
    executor.run(state);
    program->executor->run(state);

    CHECK(program->executor->calls().size() < executor.calls().size());
    CHECK(program->executor->value(program->network.loss)[0] == executor.value(whole.loss)[0]);
    CHECK(are_same(simple.gradients.span(), block.gradients.span()));
    REQUIRE(program->statistics.size() == whole.statistics.size());
    for (std::size_t i = 0; i < whole.statistics.size(); ++i) {
      CHECK(are_same(program->statistics[i].first, executor.value(whole.statistics[i].batch)));
    }
  }
}

TEST_CASE("an evaluation has the bits of the network as it was built") {
  for (const MlpSpec& spec : specs()) {
    const Block block = block_of(spec);
    const auto program = compile_evaluation(spec, kRows, block.parameters.data());
    const Network whole = evaluation_mlp(spec, kRows);
    INFO(print(program->network.graph));
    Executor executor(whole.graph, block.parameters.data(), std::vector<NodeId>{whole.scores, whole.row_losses});
    fill_batch(executor.input(whole.features), executor.input(whole.targets), spec);
    fill_batch(program->features, program->targets, spec);
    executor.run({});
    program->executor->run({});
    CHECK(program->executor->calls().size() <= executor.calls().size());
    CHECK(are_same(program->executor->value(program->network.scores), executor.value(whole.scores)));
    CHECK(are_same(program->executor->value(program->network.row_losses), executor.value(whole.row_losses)));
  }
}

TEST_CASE("a program's memory is foretold") {
  for (const MlpSpec& spec : specs()) {
    Block block = block_of(spec);
    const auto program = compile_training(spec, kRows, block.parameters.data(), block.gradients.data(), kLabels);
    const Network network = training_network(spec, kRows);
    CHECK(program->executor->arena_bytes() ==
          lay_out(network.graph, training_outputs(network), network.gradients).size.bytes());
    CHECK(program->executor->arena_bytes() == measure_training(spec, kRows).bytes());
    CHECK(compile_evaluation(spec, kRows, block.parameters.data())->executor->arena_bytes() ==
          measure_evaluation(spec, kRows).bytes());
  }
}

TEST_CASE("a simplified network names its nodes anew, and those that are gone not at all") {
  const MlpSpec spec{.columns = 3,
                     .classes = 3,
                     .layers = {{.units = 5, .activation = Activation::kTanh},
                                {.units = 4, .activation = Activation::kGelu, .norm = Norm::kBatch}},
                     .weighs_classes = true};
  const Network network = training_network(spec, kRows);
  const Graph& graph = network.graph;
  verify(graph);
  CHECK(graph[network.features].op == Op::kInput);
  CHECK(graph[network.features].shape == Shape{kRows, 3});
  CHECK(graph[network.targets].shape == Shape{kRows, 3});
  CHECK(graph[network.class_weights].shape == Shape{3});
  CHECK(graph[network.loss].shape == Shape{});
  CHECK(graph[network.row_losses].shape == Shape{kRows});
  CHECK(network.scores == kNoNode);  // a step has no use for them
  REQUIRE(network.sums.size() == 3);
  CHECK(graph[network.sums[0]].op == Op::kLinear);
  CHECK(graph[network.sums[1]].op == Op::kLinear);
  CHECK(graph[network.outputs[0]].op == Op::kTanh);
  CHECK(graph[network.outputs[1]].op == Op::kGelu);
  REQUIRE(network.gradients.size() == graph.parameters.size());
  for (std::size_t i = 0; i < network.gradients.size(); ++i) {
    CHECK(graph[network.gradients[i]].shape == graph.parameters[i].shape);
  }
  REQUIRE(network.statistics.size() == 2);
  for (const RunningStatistic& statistic : network.statistics) CHECK(graph[statistic.batch].shape == Shape{4});

  const Network all = training_mlp(spec, kRows);
  const Network kept = simplified(all, all.sums);
  for (const NodeId sum : kept.sums) CHECK(kept.graph[sum].op == Op::kLinear);
}
