// The largest and the mean value under a window, channel by channel, of images (batch, height, width, channels).
#pragma once

#include "engine/kernels/images.h"

namespace athanor::kernels {

/// out (B, OH, OW, C) = the largest value under each window; NaN where there is one. Padding takes no part.
void max_pool(const Images& images, const Real* x, Real* out);

/// dx = dy to the first place that holds the largest value, in the order of the window's entries.
void max_pool_back(const Images& images, const Real* x, const Real* dy, Real* dx);

/// out = what `u` (B, H, W, C) holds at those places.
void max_pool_pick(const Images& images, const Real* x, const Real* u, Real* out);

/// out = the sum under each window, over its size; padding counts as zeros.
void average_pool(const Images& images, const Real* x, Real* out);

/// dx = dy in equal shares.
void average_pool_back(const Images& images, const Real* dy, Real* dx);

}  // namespace athanor::kernels
