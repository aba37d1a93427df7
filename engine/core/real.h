// The one floating-point type of the library. Everything is built as float; a second build of the same sources as
// double (ATHANOR_REAL_DOUBLE) serves gradient checks.
#pragma once

#include <cstddef>

namespace athanor {

#ifdef ATHANOR_REAL_DOUBLE
using Real = double;
#else
using Real = float;
#endif

/// Signed size of a dimension, a buffer or a position in one (32 bits in wasm, 64 natively).
using Index = std::ptrdiff_t;

}  // namespace athanor
