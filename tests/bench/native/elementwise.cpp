// Functions of single numbers, and softmax, by the engine's kernels.
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernels/activation.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/softmax.h"
#include "tests/bench/native/work.h"

namespace athanor::bench {
namespace {

using Function = void (*)(const Real* x, Real* out, Index rows, Index columns);

template <void (*F)(const Real*, Real*, Index)>
void flat(const Real* x, Real* out, Index rows, Index columns) {
  F(x, out, rows * columns);
}

void relu(const Real* x, Real* out, Index n) {
  kernels::map(x, out, n, [](Real value) { return kernels::relu(value); });
}

struct Row {
  std::string_view name;
  Function function;
};
constexpr std::array kFunctions{Row{"relu", flat<relu>},          Row{"exp", flat<kernels::exp>},
                                Row{"tanh", flat<kernels::tanh>}, Row{"sigmoid", flat<kernels::sigmoid>},
                                Row{"gelu", flat<kernels::gelu>}, Row{"softmax", kernels::softmax}};

class Elementwise : public Work {
 public:
  Elementwise(Function function, const Json& content)
      : function_(function),
        rows_(content["workload"]["rows"].get<Index>()),
        columns_(content["workload"]["columns"].get<Index>()),
        x_(content["operands"]["a"].get<std::vector<Real>>()),
        out_(x_.size()) {}

  void run(Index count) override {
    for (Index i = 0; i < count; ++i) function_(x_.data(), out_.data(), rows_, columns_);
  }

 private:
  Function function_;
  Index rows_;
  Index columns_;
  std::vector<Real> x_;
  std::vector<Real> out_;
};

}  // namespace

std::unique_ptr<Work> make_elementwise(const Json& content) {
  const auto name = content["workload"]["op"].get<std::string>();
  for (const Row& row : kFunctions) {
    if (row.name == name) return std::make_unique<Elementwise>(row.function, content);
  }
  throw std::invalid_argument("the engine has no kernel called " + name);
}

}  // namespace athanor::bench
