// How the calls of ops are divided among threads: along the first axis of the output, wherever its rows are made apart,
// but for products and gradients of filters, which may be divided along the last one.
#pragma once

#include "engine/graph/op_row.h"

namespace athanor::ops {

/// Never: what an op writes depends on all of its input, or it is too little work for anybody to divide.
extern const Division kWhole;
/// Every element by itself: inputs that are repeated along the first axis stay, of the others the same rows are taken.
extern const Division kElementwise;
/// Every row along the last axis by itself, of inputs that have the output's shape.
extern const Division kRows;
/// The first axis is the batch, of every input or of the first alone (the others are weights).
extern const Division kBatch;
extern const Division kBatchOfFirst;
/// Reductions, unless the first axis is reduced; movements along one axis, unless it is the first.
extern const Division kReduction;
extern const Division kAlongAxis;
/// Filters, of which the output has some and the second input all.
extern const Division kFilters;
/// Rows or columns of a product, or matrices of a stack.
extern const Division kProduct;

}  // namespace athanor::ops
