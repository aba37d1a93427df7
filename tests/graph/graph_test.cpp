#include <catch2/catch_test_macros.hpp>

#include "engine/graph/autodiff.h"
#include "engine/graph/builder.h"
#include "engine/graph/op_row.h"
#include "engine/runtime/executor.h"

using namespace athanor;

namespace {

ErrorCode code_of(auto&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::kBadJson;
}

}  // namespace

TEST_CASE("the op table is indexed by op and every name is its own") {
  for (int i = 0; i < kOpCount; ++i) {
    CHECK(static_cast<int>(row(static_cast<Op>(i)).op) == i);
    for (int k = 0; k < i; ++k) CHECK(row(static_cast<Op>(i)).name != row(static_cast<Op>(k)).name);
  }
}

TEST_CASE("a graph prints one line per node with shapes and layer") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({2, 3});
  builder.scope("hidden");
  const NodeId w = builder.parameter("w", {4, 3});
  builder.scale(builder.relu(builder.matmul(x, w, false, true)), 0.5);
  CHECK(print(graph) ==
        "%0 (2, 3) = input()\n"
        "%1 (4, 3) = parameter(w)  [hidden]\n"
        "%2 (2, 4) = matmul(%0, %1, transpose_b)  [hidden]\n"
        "%3 (2, 4) = relu(%2)  [hidden]\n"
        "%4 (2, 4) = scale(%3, 0.5)  [hidden]\n");
}

TEST_CASE("shapes that do not fit are refused with the layer, what came and what was expected") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({2, 3});
  const NodeId w = builder.input({4, 5});
  builder.scope("hidden 1");
  try {
    builder.matmul(x, w);
    FAIL("a (2, 3) x (4, 5) product must be refused");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::kShapeMismatch);
    CHECK(error.place() == "hidden 1");
    CHECK(std::string(error.what()).find("(2, 3) and (4, 5)") != std::string::npos);
  }
  CHECK(code_of([&] { builder.add(x, builder.input({4})); }) == ErrorCode::kShapeMismatch);
  CHECK(code_of([&] { builder.squared_error(x, builder.input({3, 2})); }) == ErrorCode::kShapeMismatch);
  CHECK(code_of([&] { builder.softmax_cross_entropy(x, builder.input({3, 2})); }) == ErrorCode::kShapeMismatch);
  CHECK(code_of([&] { (void)builder.reshape(x, {7}); }) == ErrorCode::kInternal);
}

TEST_CASE("verify refuses a graph that breaks a rule") {
  Graph sound;
  Builder builder(sound);
  const NodeId x = builder.input({2, 3});
  const NodeId w = builder.parameter("w", {3, 2});
  builder.matmul(x, w);
  REQUIRE_NOTHROW(verify(sound));
  SECTION("an input that comes later") {
    sound.nodes[2].inputs[0] = 2;
    CHECK(code_of([&] { verify(sound); }) == ErrorCode::kInternal);
  }
  SECTION("a shape that is not the rule's") {
    sound.nodes[2].shape = {2, 3};
    CHECK(code_of([&] { verify(sound); }) == ErrorCode::kInternal);
  }
  SECTION("a parameter outside its place") {
    sound.parameters[0].offset = 1;
    CHECK(code_of([&] { verify(sound); }) == ErrorCode::kInternal);
  }
  SECTION("an input too many") {
    sound.nodes[2].inputs[2] = 0;
    CHECK(code_of([&] { verify(sound); }) == ErrorCode::kInternal);
  }
}

TEST_CASE("gradients are nodes of their own even where the mathematics shares them") {
  Graph graph;
  Builder builder(graph);
  const NodeId a = builder.input({3});
  const NodeId b = builder.input({3});
  const NodeId unused = builder.input({2});
  const NodeId loss = builder.sum(builder.add(a, b));
  const std::vector<NodeId> wrt{a, b, unused};
  const std::vector<NodeId> gradients = differentiate(graph, loss, wrt);
  REQUIRE(gradients.size() == 3);
  CHECK(gradients[0] != gradients[1]);
  Executor executor(graph, nullptr, gradients);
  executor.run({});
  for (const NodeId id : {gradients[0], gradients[1]}) {
    for (const Real value : executor.value(id)) CHECK(value == 1);
  }
  for (const Real value : executor.value(gradients[2])) CHECK(value == 0);
}

TEST_CASE("a node used twice gets the sum of both gradients") {
  Graph graph;
  Builder builder(graph);
  const NodeId x = builder.input({});
  const NodeId loss = builder.add(builder.multiply(x, x), builder.scale(x, 3));  // x² + 3x
  const std::vector<NodeId> gradient = differentiate(graph, loss, std::vector<NodeId>{x});
  Executor executor(graph, nullptr, gradient);
  executor.input(x)[0] = 5;
  executor.run({});
  CHECK(executor.value(gradient[0])[0] == 13);
}
