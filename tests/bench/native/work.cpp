#include "tests/bench/native/work.h"

#include <stdexcept>
#include <string>

namespace athanor::bench {

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
