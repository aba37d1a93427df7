// Eigen's rational approximations: tanh 0.8 ns an element in wasm against 38 ns for std::tanh. In place the expression
// has one pointer, without which it would not become vectors (elementwise.h).
#include "engine/kernels/activation.h"

#include "engine/kernels/eigen.h"

namespace athanor::kernels {

void sigmoid(const Real* x, Real* out, Index n) {
  Array y(out, n);
  if (x == out) {
    y = y.logistic();
  } else {
    y = ConstArray(x, n).logistic();
  }
}

void tanh(const Real* x, Real* out, Index n) {
  Array y(out, n);
  if (x == out) {
    y = y.tanh();
  } else {
    y = ConstArray(x, n).tanh();
  }
}

}  // namespace athanor::kernels
