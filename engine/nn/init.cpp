#include "engine/nn/init.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace athanor {
namespace {

enum class Law : std::uint8_t { kUniform, kNormal, kTruncatedNormal, kOrthogonal, kConstant };

struct InitializerRow {
  Law law = Law::kConstant;
  /// Variance from the fans; null where Start::value says how far values spread.
  double (*variance)(double fan_in, double fan_out) = nullptr;
};

constexpr auto kXavier = [](double fan_in, double fan_out) { return 2 / (fan_in + fan_out); };
constexpr auto kHe = [](double fan_in, double /*fan_out*/) { return 2 / fan_in; };
constexpr auto kLecun = [](double fan_in, double /*fan_out*/) { return 1 / fan_in; };
constexpr std::array<InitializerRow, kInitializerNames.size()> kRows{{
    {.law = Law::kUniform, .variance = kXavier},
    {.law = Law::kNormal, .variance = kXavier},
    {.law = Law::kUniform, .variance = kHe},
    {.law = Law::kNormal, .variance = kHe},
    {.law = Law::kUniform, .variance = kLecun},
    {.law = Law::kNormal, .variance = kLecun},
    {.law = Law::kOrthogonal},
    {.law = Law::kUniform},
    {.law = Law::kNormal},
    {.law = Law::kTruncatedNormal},
    {.law = Law::kConstant},
    {.law = Law::kConstant},
}};

/// The orthogonal factor of a matrix of normal numbers, each column's sign chosen so that all such factors are alike
/// likely (Mezzadri, "How to generate random matrices from the classical compact groups", 2007). A function of
/// its own also when compiled: in wasm it is fetched only where it is needed.
[[gnu::noinline]] void fill_orthogonal(Index fan_in, Random& random, std::span<Real> weights) {
  const auto rows = static_cast<Eigen::Index>(fan_in);
  const Eigen::Index columns = static_cast<Eigen::Index>(weights.size()) / rows;
  const bool is_tall = columns <= rows;
  Eigen::MatrixXd normal(std::max(rows, columns), std::min(rows, columns));
  for (double& value : normal.reshaped()) value = static_cast<double>(random.normal());
  const Eigen::HouseholderQR<Eigen::MatrixXd> factors(normal);
  Eigen::MatrixXd q = factors.householderQ() * Eigen::MatrixXd::Identity(normal.rows(), normal.cols());
  for (Eigen::Index k = 0; k < q.cols(); ++k) {
    if (factors.matrixQR()(k, k) < 0) q.col(k) = -q.col(k);
  }
  using RowMajor = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::Map<RowMajor> out(weights.data(), rows, columns);
  if (is_tall) {
    out = q.cast<Real>();
  } else {
    out = q.transpose().cast<Real>();
  }
}

Real truncated_normal(Random& random) {
  constexpr Real kLimit = 2;
  Real value = random.normal();
  while (std::abs(value) > kLimit) value = random.normal();
  return value;
}

}  // namespace

void fill_weights(const Start& start, Index fan_in, Index fan_out, Random& random, std::span<Real> weights) {
  const InitializerRow& init = kRows[static_cast<std::size_t>(start.initializer)];
  auto deviation = static_cast<Real>(start.value);
  auto bound = static_cast<Real>(start.value);
  if (init.variance != nullptr) {
    const double variance = init.variance(static_cast<double>(fan_in), static_cast<double>(fan_out));
    deviation = static_cast<Real>(std::sqrt(variance));
    bound = static_cast<Real>(std::sqrt(3 * variance));
  }
  switch (init.law) {
    case Law::kUniform:
      for (Real& weight : weights) weight = random.uniform(-bound, bound);
      break;
    case Law::kNormal:
      for (Real& weight : weights) weight = deviation * random.normal();
      break;
    case Law::kTruncatedNormal:
      for (Real& weight : weights) weight = deviation * truncated_normal(random);
      break;
    case Law::kOrthogonal:
      fill_orthogonal(fan_in, random, weights);
      break;
    case Law::kConstant:
      std::fill(weights.begin(), weights.end(),
                start.initializer == Initializer::kZeros ? Real{0} : static_cast<Real>(start.value));
      break;
  }
}

void initialize(const Graph& graph, std::span<const Start> starts, std::uint32_t seed, std::span<Real> block) {
  ensure(starts.size() == graph.parameters.size(), "every parameter has a start");
  for (std::size_t i = 0; i < graph.parameters.size(); ++i) {
    const Parameter& parameter = graph.parameters[i];
    const std::span<Real> values =
        block.subspan(static_cast<std::size_t>(parameter.offset), static_cast<std::size_t>(parameter.shape.size()));
    Random random(seed, Stream::kInit, i);
    const Shape& shape = parameter.shape;
    const bool has_fans = shape.rank == 2 || shape.rank == 4;
    const Index window = shape.rank == 4 ? shape[0] * shape[1] : 1;  // filters (KH, KW, C / groups, F)
    fill_weights(starts[i], has_fans ? window * shape[shape.rank - 2] : 1, has_fans ? window * shape.last() : 1, random,
                 values);
  }
}

void initialize(const Graph& graph, Initializer initializer, std::uint32_t seed, std::span<Real> block) {
  std::vector<Start> starts;
  for (const Parameter& parameter : graph.parameters) {
    starts.push_back({.initializer = parameter.shape.rank == 2 ? initializer : Initializer::kZeros});
  }
  initialize(graph, starts, seed, block);
}

}  // namespace athanor
