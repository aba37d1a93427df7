// What can be timed: a step of training or a call of a kernel, made from a workload's content as tests/bench/data.mjs
// writes it.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/core/json.h"
#include "engine/core/real.h"

namespace athanor::bench {

class Work {
 public:
  Work() = default;
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  virtual ~Work() = default;

  /// Floating-point operations of one repetition, where only the implementation knows; else 0.
  [[nodiscard]] virtual double flops() const { return 0; }
  /// Losses of the first steps from the initial weights, and the rows of each batch (Report in tests/bench/judge.mjs).
  [[nodiscard]] virtual Json check(Index /*steps*/) { return {{"losses", Json::array()}}; }
  /// What training has taken so far (Memory in tests/bench/scaling.mjs).
  [[nodiscard]] virtual Json memory() const { return Json::object(); }
  virtual void run(Index count) = 0;
};

/// Initial values of a parameter as the suite hands them over: written out, or how to draw them (Start in
/// tests/bench/data.mjs).
[[nodiscard]] std::vector<Real> initial_values(const Json& weight);

/// Throws std::invalid_argument that says why when the library ("athanor" or "eigen") cannot do it.
[[nodiscard]] std::unique_ptr<Work> make_work(const Json& content, std::string_view library);

// One for each kind of workload.
[[nodiscard]] std::unique_ptr<Work> make_training(const Json& content);
[[nodiscard]] std::unique_ptr<Work> make_cnn(const Json& content);
[[nodiscard]] std::unique_ptr<Work> make_gpt(const Json& content);
[[nodiscard]] std::unique_ptr<Work> make_product(const Json& content, std::string_view library);
[[nodiscard]] std::unique_ptr<Work> make_peak();
[[nodiscard]] std::unique_ptr<Work> make_elementwise(const Json& content);

}  // namespace athanor::bench
