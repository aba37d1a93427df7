// One or more sample graphs for every op that has a gradient: the gradient tests and the tests of the table walk these.
#pragma once

#include <vector>

#include "engine/graph/op.h"
#include "tests/support/gradient_check.h"

namespace athanor::testing {

struct OpSample {
  Op op = Op::kInput;
  Sample sample;
};

[[nodiscard]] const std::vector<OpSample>& op_samples();

}  // namespace athanor::testing
