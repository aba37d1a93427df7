#include "tests/ops/samples.h"

namespace athanor::testing {
namespace {

std::vector<OpSample> make() {
  std::vector<OpSample> samples;
  add_elementwise_samples(samples);
  add_math_samples(samples);
  add_activation_samples(samples);
  add_matmul_samples(samples);
  add_convolution_samples(samples);
  add_attention_samples(samples);
  add_reduce_samples(samples);
  add_movement_samples(samples);
  add_loss_samples(samples);
  return samples;
}

}  // namespace

const std::vector<OpSample>& op_samples() {
  static const std::vector<OpSample> kSamples = make();
  return kSamples;
}

}  // namespace athanor::testing
