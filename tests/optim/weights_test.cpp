#include "engine/optim/weights.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "engine/core/random.h"
#include "tests/support/goldens.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// The weights after so many updates as one sum, not as a recurrence: each update's weights times its own share and
/// what every later update keeps of it.
double averaged(const std::vector<std::vector<Real>>& weights, std::size_t element, double decay) {
  const auto kept = [decay](std::size_t update) {  // of what was there before
    const double early = static_cast<double>(1 + update) / static_cast<double>(10 + update);
    return early < decay ? early : decay;
  };
  double sum = 0;
  double kept_by_later = 1;
  for (std::size_t update = weights.size() - 1; update > 0; --update) {
    sum += static_cast<double>(weights[update][element]) * (1 - kept(update)) * kept_by_later;
    kept_by_later *= kept(update);
  }
  return sum + static_cast<double>(weights[0][element]) * kept_by_later;
}

}  // namespace

TEST_CASE("averaged weights are the sum of a hundred updates' weights, each by its share") {
  const double tolerance = sizeof(Real) == 8 ? 1e-12 : 1e-5;
  // The first is the decay itself from the 8th update on, the second from the 80th, the third never.
  for (const double decay : {0.5, 0.9, 0.9999}) {
    INFO("decay " << decay);
    Random random(5, Stream::kInit);
    std::vector<std::vector<Real>> weights(1, std::vector<Real>(7));  // those before the first update
    for (Real& value : weights[0]) value = random.uniform(-1, 1);
    std::vector<Real> average = weights[0];
    for (std::uint64_t update = 1; update <= 100; ++update) {
      weights.push_back(weights.back());
      for (Real& value : weights.back()) value += random.uniform(-1, 1);
      update_average(weights.back(), decay, update, average);
      for (std::size_t k = 0; k < average.size(); ++k) {
        INFO("update " << update << " element " << k);
        REQUIRE(close(static_cast<double>(average[k]), averaged(weights, k, decay), tolerance, tolerance));
      }
    }
  }
}
