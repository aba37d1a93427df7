// What the golden walks are too short for.
#include "engine/optim/updates.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

using namespace athanor;

TEST_CASE("Adam's correction for its beginning is the same bits however late the step") {
  const OptimizerSettings settings{.learning_rate = 0.003, .beta1 = 0.9, .beta2 = 0.999};
  constexpr std::array<std::uint64_t, 12> kSteps{1, 2, 100, 419, 420, 421, 422, 999, 41'999, 42'000, 42'001, 1'000'000};
  for (const std::uint64_t step : kSteps) {
    std::array<Real, 1> parameter{Real{0.25}};
    std::array<Real, 1> gradient{Real{-0.625}};
    std::array<Real, 2> slots{Real{0.5}, Real{0.125}};
    updates::adam(
        {.layout = {}, .parameters = parameter, .gradients = gradient, .slots = slots, .slot_size = 1, .scratch = {}},
        settings, step);
    const auto t = static_cast<double>(step);
    const auto step_size = static_cast<Real>(settings.learning_rate / (1 - std::pow(settings.beta1, t)));
    const auto root = static_cast<Real>(1 / std::sqrt(1 - std::pow(settings.beta2, t)));
    const Real expected =
        Real{0.25} - step_size * slots[0] / (std::sqrt(slots[1]) * root + static_cast<Real>(settings.epsilon));
    INFO("step " << step);
    CHECK(parameter[0] == expected);
  }
}
