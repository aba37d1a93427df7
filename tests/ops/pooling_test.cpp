// Windows that lie side by side have a way of their own through an image: against plain loops, with equal values, NaN,
// and a border that no window reaches.
#include "engine/kernels/pooling.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/random.h"
#include "tests/ops/trial.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

/// The place in the image of the value that a window of 2 x 2 takes: the first NaN, or the first of the largest.
std::size_t place_of_largest(const Values& x, std::size_t origin, std::size_t right, std::size_t down) {
  std::size_t best = origin;
  for (const std::size_t at : {origin + right, origin + down, origin + down + right}) {
    if (std::isnan(x[best])) return best;
    if (std::isnan(x[at]) || x[at] > x[best]) best = at;
  }
  return best;
}

}  // namespace

TEST_CASE("windows side by side take the first of the largest, or NaN, and give it their gradient") {
  for (const Index channels : {1, 3, 4, 6, 16}) {
    INFO(channels << " channels");
    const kernels::Images images{.batch = 3,
                                 .height = 5,
                                 .width = 7,
                                 .channels = channels,
                                 .out_height = 2,
                                 .out_width = 3,
                                 .window = {.rows = {.size = 2, .stride = 2}, .columns = {.size = 2, .stride = 2}}};
    const auto size = static_cast<std::size_t>(images.batch * images.height * images.width * channels);
    const auto outputs = static_cast<std::size_t>(images.outputs() * channels);
    Random random(7, Stream::kInit);
    Values x(size);
    for (Real& value : x) {
      const std::uint32_t drawn = random.below(6);
      value = drawn == 5 ? std::numeric_limits<Real>::quiet_NaN() : static_cast<Real>(drawn);
    }
    Values dy(outputs);
    for (Real& value : dy) value = random.uniform(-1, 1);

    Values expected_y(outputs);
    Values expected_dx(size, 0);
    std::size_t output = 0;
    for (Index image = 0; image < images.batch; ++image) {
      for (Index row = 0; row < images.out_height; ++row) {
        for (Index column = 0; column < images.out_width; ++column) {
          for (Index channel = 0; channel < channels; ++channel, ++output) {
            const Index pixel = (image * images.height + 2 * row) * images.width + 2 * column;
            const std::size_t place =
                place_of_largest(x, static_cast<std::size_t>(pixel * channels + channel),
                                 static_cast<std::size_t>(channels), static_cast<std::size_t>(images.width * channels));
            expected_y[output] = x[place];
            expected_dx[place] = dy[output];
          }
        }
      }
    }
    Values y(outputs, -1);
    kernels::max_pool(images, x.data(), y.data());
    CHECK(are_same(y, expected_y));
    Values dx(size, -1);
    kernels::max_pool_back(images, x.data(), dy.data(), dx.data());
    CHECK(dx == expected_dx);
  }
}
