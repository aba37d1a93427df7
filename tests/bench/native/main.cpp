// Answers the questions of the benchmark suite (tests/bench/host.mjs has the list), one line of JSON each.
// athanor_bench athanor|eigen [threads]
#include <chrono>
#include <ctime>
#include <exception>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "engine/core/threads.h"
#include "tests/bench/native/work.h"

using namespace athanor;
using namespace athanor::bench;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point started) {
  return std::chrono::duration<double>(Clock::now() - started).count();
}

/// `work` is what the last "prepare" made.
Json answer(const Json& question, const std::string& library, std::unique_ptr<Work>& work) {
  const auto ask = question["ask"].get<std::string>();
  if (ask == "prepare") {
    work = nullptr;
    std::ifstream file(question["file"].get<std::string>());
    try {
      work = make_work(Json::parse(file), library);
    } catch (const std::invalid_argument& why) {
      return {{"cannot", why.what()}};
    }
    return work->flops() > 0 ? Json{{"flops", work->flops()}} : Json::object();
  }
  if (work == nullptr) throw std::logic_error("nothing is prepared");
  if (ask == "memory") return work->memory();
  const auto steps = question["steps"].get<Index>();
  if (ask == "check") return work->check(steps);
  const Clock::time_point started = Clock::now();
  work->run(steps);
  return {{"steps", steps}, {"seconds", seconds_since(started)}};
}

}  // namespace

int main(int count, char** arguments) {
  const std::string library = count > 1 ? arguments[1] : "athanor";
  if (count > 2) threads::set_count(std::stoi(arguments[2]));
  std::unique_ptr<Work> work;
  for (std::string line; std::getline(std::cin, line);) {
    Json result;
    const Clock::time_point started = Clock::now();
    const std::clock_t cpu = std::clock();
    try {
      result = answer(Json::parse(line), library, work);
      result["cores"] = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / seconds_since(started);
    } catch (const std::exception& error) {
      result = {{"error", error.what()}};
    }
    std::cout << result.dump() << '\n' << std::flush;
  }
}
