// Learning-rate schedules: the learning rate as a pure function of how far training is, so that restoring a run or
// changing a setting in flight needs no state. Time is counted in epochs and may be fractional.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace athanor {

enum class Schedule : std::uint8_t { kConstant, kStep, kExponential, kPolynomial, kCosine, kOneCycle };
inline constexpr std::array<std::string_view, 6> kScheduleNames{"constant",   "step",   "exponential",
                                                                "polynomial", "cosine", "one_cycle"};

struct ScheduleSettings {
  Schedule schedule = Schedule::kConstant;
  double warmup = 0;    // epochs of linear rise before the schedule begins
  double total = 300;   // epochs of the whole run: polynomial and one-cycle end there
  double period = 50;   // step, exponential: epochs to one factor; cosine: epochs to the first restart
  double factor = 0.5;  // step, exponential: what the rate is multiplied by in one period
  double power = 1;     // polynomial; 1 is a straight line
  double growth = 1;    // cosine: how much longer each period is than the one before, at least 1
  double floor = 0;     // cosine: the lowest rate as a share of the learning rate
};

/// What the learning rate is multiplied by at `epoch`, 0 <= factor <= 1.
///
/// constant: 1. step: factor^floor(t / period). exponential: factor^(t / period). polynomial: (1 - t / total)^power.
/// cosine: from 1 to floor in each period, then anew (Loshchilov & Hutter, "SGDR", 2017). one_cycle: cosine up from
/// 1/25 to 1 in the first three tenths of the run, then down to 1/250,000 (Smith 2018 in PyTorch's form). `t` is the
/// time since the warm-up, `total` the time left after it. During the warm-up the factor rises in a straight line from
/// a hundredth of the schedule's first value to all of it.
[[nodiscard]] double schedule_factor(const ScheduleSettings& settings, double epoch);

}  // namespace athanor
