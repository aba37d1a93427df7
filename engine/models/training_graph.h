// A network with its loss and the gradients of all parameters, for a fixed batch: what an Executor is compiled from.
#pragma once

#include <vector>

#include "engine/graph/builder.h"
#include "engine/nn/init.h"

namespace athanor {

struct TrainingGraph {
  Graph graph;
  NodeId inputs = kNoNode;
  NodeId targets = kNoNode;       // (rows, outputs), each row summing to 1
  NodeId logits = kNoNode;        // likewise
  NodeId loss = kNoNode;          // (), the mean cross-entropy of the rows
  std::vector<Start> starts;      // one per parameter, in order
  std::vector<NodeId> gradients;  // likewise
};

/// Appends parameters together with how they begin.
class ParameterBuilder {
 public:
  ParameterBuilder(Builder& graph, std::vector<Start>& starts) : graph_(graph), starts_(starts) {}

  NodeId operator()(const std::string& name, const Shape& shape, const Start& start) {
    starts_.push_back(start);
    return graph_.parameter(name, shape);
  }
  NodeId zeros(const std::string& name, const Shape& shape) { return (*this)(name, shape, {}); }
  NodeId ones(const std::string& name, const Shape& shape) {
    return (*this)(name, shape, {.initializer = Initializer::kConstant, .value = 1});
  }

 private:
  Builder& graph_;
  std::vector<Start>& starts_;
};

/// Adds the targets, the loss of `logits` and the gradients, and simplifies the whole: other nodes are kNoNode
/// afterwards or have moved with it.
void complete(TrainingGraph& network);

}  // namespace athanor
