// Convolutions without patches: of each image a strip of rows is copied once, with its padding, and the product reads
// it where it stands. Entries of a window that are side by side are side by side in memory, channels and all.
#pragma once

#include "engine/kernels/images.h"

namespace athanor::kernels {

/// Whether the windows are of this kind: no groups, columns without holes, and of filters and strips so much as fits on
/// the stack.
[[nodiscard]] bool has_strips(const Images& images, Index filters);

/// The same as convolve() and convolve_weights() (convolution.h) where there are strips.
void convolve_strips(const Images& images, Index filters, const Real* x, const Real* weights, Real* y);
void convolve_weights_strips(const Images& images, Index filters, Index all, const Real* x, const Real* dy,
                             Real* dweights);

}  // namespace athanor::kernels
