// Samples of ops that place values: broadcast, reshape, permute, slice, pad, concat, gather.
#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

template <typename Build>
void add(std::vector<OpSample>& samples, Op op, const std::string& name, const std::vector<Shape>& inputs,
         Build build) {
  samples.push_back({op, {.name = name, .inputs = inputs, .build = build}});
}

void add_slices(std::vector<OpSample>& samples) {
  struct Case {
    Shape shape;
    int axis;
    Index start;
    Index length;
  };
  for (const auto& [shape, axis, start, length] : std::vector<Case>{{{7}, 0, 2, 3},
                                                                    {{1}, 0, 0, 1},
                                                                    {{3, 4}, 0, 1, 2},
                                                                    {{3, 4}, 1, 3, 1},
                                                                    {{2, 3, 4}, 1, 0, 2},
                                                                    {{2, 3, 1, 5}, 3, 1, 3}}) {
    const std::string text = " of " + shape.text() + " along " + std::to_string(axis);
    add(samples, Op::kSlice, "slice" + text, {shape},
        [=](Builder& graph, const Nodes& x) { return graph.slice(x[0], axis, start, length); });
    add(samples, Op::kPad, "pad" + text, {shape},
        [=](Builder& graph, const Nodes& x) { return graph.pad(x[0], axis, start, length); });
  }
}

void add_gathers(std::vector<OpSample>& samples) {
  struct Case {
    Index rows;
    Index width;
    Shape indices;
  };
  for (const auto& [rows, width, indices] :
       std::vector<Case>{{5, 3, {4}}, {1, 1, {1}}, {7, 2, {}}, {3, 4, {2, 5}}, {4, 1, {2, 1, 3}}}) {
    const WholeNumbers numbers{.shape = indices, .below = static_cast<std::uint32_t>(rows)};
    samples.push_back({Op::kGather,
                       {.name = "gather by " + indices.text(),
                        .inputs = {{rows, width}},
                        .build = [](Builder& graph, const Nodes& x) { return graph.gather(x[0], x[1]); },
                        .whole_numbers = {numbers}}});
    Shape picked = indices;
    picked.push_back(width);
    samples.push_back({Op::kGatherGrad,
                       {.name = "gather_grad by " + indices.text(),
                        .inputs = {picked},
                        .build =
                            [length = rows](Builder& graph, const Nodes& x) {
                              return graph.append(Op::kGatherGrad, {x[1], x[0]}, {.length = length});
                            },
                        .whole_numbers = {numbers}}});
  }
}

}  // namespace

void add_movement_samples(std::vector<OpSample>& samples) {
  for (const auto& [from, to] : std::vector<std::pair<Shape, Shape>>{
           {{3, 1}, {2, 3, 4}}, {{}, {2, 3}}, {{1}, {5}}, {{4}, {3, 4}}, {{2, 1, 1, 3}, {2, 2, 4, 3}}}) {
    add(samples, Op::kBroadcast, "broadcast " + from.text() + " to " + to.text(), {from},
        [target = to](Builder& graph, const Nodes& x) { return graph.broadcast(x[0], target); });
  }
  for (const auto& [from, to] :
       std::vector<std::pair<Shape, Shape>>{{{3, 4}, {2, 6}}, {{}, {1, 1}}, {{7}, {1, 7, 1}}, {{2, 3, 1, 5}, {30}}}) {
    add(samples, Op::kReshape, "reshape " + from.text() + " to " + to.text(), {from},
        [target = to](Builder& graph, const Nodes& x) { return graph.reshape(graph.square(x[0]), target); });
  }
  add(samples, Op::kPermute, "permute (3, 4)", {{3, 4}},
      [](Builder& graph, const Nodes& x) { return graph.permute(x[0], {1, 0}); });
  add(samples, Op::kPermute, "permute (2, 3, 4)", {{2, 3, 4}},
      [](Builder& graph, const Nodes& x) { return graph.permute(x[0], {2, 0, 1}); });
  add(samples, Op::kPermute, "permute (2, 3, 1, 5)", {{2, 3, 1, 5}},
      [](Builder& graph, const Nodes& x) { return graph.permute(x[0], {3, 1, 0, 2}); });
  add(samples, Op::kPermute, "permute (7)", {{7}},
      [](Builder& graph, const Nodes& x) { return graph.permute(x[0], {0}); });
  add(samples, Op::kPermute, "transpose (2, 3, 4)", {{2, 3, 4}},
      [](Builder& graph, const Nodes& x) { return graph.transpose(x[0]); });
  add_slices(samples);
  struct Pair {
    Shape a;
    Shape b;
    int axis;
  };
  for (const auto& [a, b, axis] : std::vector<Pair>{{{3}, {1}, 0},
                                                    {{2, 3}, {1, 3}, 0},
                                                    {{2, 3}, {2, 2}, 1},
                                                    {{2, 1, 3}, {2, 4, 3}, 1},
                                                    {{1, 2, 3, 1}, {1, 2, 3, 2}, 3}}) {
    add(samples, Op::kConcat, "concat " + a.text() + " and " + b.text(), {a, b},
        [along = axis](Builder& graph, const Nodes& x) { return graph.concat(x[0], x[1], along); });
  }
  add(samples, Op::kConcat, "concat of three", {{2, 3}, {2, 1}, {2, 2}},
      [](Builder& graph, const Nodes& x) { return graph.concat(x, 1); });
  add_gathers(samples);
}

}  // namespace athanor::testing
