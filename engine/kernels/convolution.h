// Convolution of images (batch, height, width, channels), and what its gradients need.
#pragma once

#include "engine/kernels/images.h"

namespace athanor::kernels {

/// y (B, OH, OW, F) = the sum over a window's entries and channels of x (B, H, W, C) times the weights
/// (KH, KW, C / groups, F). Filters of group g see the channels of group g. As in the field, the window is not turned
/// round. All three take patches of some tens of rows to 32 KiB of stack and multiply them as matrices
/// (Chellapilla et al., "High performance convolutional neural networks for document processing", 2006); no heap. What
/// is summed for one result, and in which order, does not depend on the other images of a batch, but for the weights'
/// gradient.
void convolve(const Images& images, Index filters, const Real* x, const Real* weights, Real* y);

/// dx, to which y's gradient comes back: also a convolution that grows images ("transposed").
void convolve_back(const Images& images, Index filters, const Real* dy, const Real* weights, Real* dx);

/// The gradient of the weights, or of some filters' next to one another: of dy and dweights, which are `all` numbers
/// from row to row, the first `filters`. Only without groups may these be fewer. Their bits are the same then.
void convolve_weights(const Images& images, Index filters, Index all, const Real* x, const Real* dy, Real* dweights);

}  // namespace athanor::kernels
