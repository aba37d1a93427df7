#include "tests/bench/native/work.h"

#include <cstdint>
#include <stdexcept>
#include <string>

namespace athanor::bench {
namespace {

/// Uniform in [0, 1), with 24 bits (Mulberry32, by Tommy Ettinger): the numbers of `uniforms` in tests/bench/data.mjs.
class Uniforms {
 public:
  explicit Uniforms(std::uint32_t seed) : state_(seed) {}

  double next() {
    state_ += 0x6d2b79f5U;
    std::uint32_t z = state_;
    z = (z ^ z >> 15U) * (z | 1U);
    z ^= z + (z ^ z >> 7U) * (z | 61U);
    return ((z ^ z >> 14U) >> 8U) / 16777216.0;
  }

 private:
  std::uint32_t state_;
};

}  // namespace

std::vector<Real> initial_values(const Json& weight) {
  if (weight.contains("values")) return weight["values"].get<std::vector<Real>>();
  std::size_t count = 1;
  for (const Json& size : weight["shape"]) count *= size.get<std::size_t>();
  std::vector<Real> values(count, weight["value"].get<Real>());
  const auto limit = weight["limit"].get<double>();
  if (limit == 0) return values;
  Uniforms uniforms(weight["seed"].get<std::uint32_t>());
  for (Real& value : values) value = static_cast<Real>((2 * uniforms.next() - 1) * limit);
  return values;
}

std::unique_ptr<Work> make_work(const Json& content, std::string_view library) {
  const auto kind = content["workload"]["kind"].get<std::string>();
  if (kind == "gemm") return make_product(content, library);
  if (library != "athanor") throw std::invalid_argument("it is here for its matrix product");
  if (kind == "peak") return make_peak();
  if (kind == "elementwise") return make_elementwise(content);
  if (kind == "mlp") return make_training(content);
  if (kind == "cnn") return make_cnn(content);
  if (kind == "gpt") return make_gpt(content);
  throw std::invalid_argument("the engine knows no such workload");
}

}  // namespace athanor::bench
