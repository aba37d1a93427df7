// The same for JavaScript: tests/bench/shared/athanor.mjs asks, and has the clock.
#include <emscripten/bind.h>

#include <exception>
#include <memory>
#include <string>

#include "engine/core/threads.h"
#include "tests/bench/native/work.h"

namespace {

using athanor::Index;
using athanor::Json;

class Handle {
 public:
  /// Why it cannot be done; empty when it can.
  std::string prepare(const std::string& content, const std::string& library) {
    work_ = nullptr;  // what it took is free again before another is made
    try {
      work_ = athanor::bench::make_work(Json::parse(content), library);
    } catch (const std::exception& why) {
      return why.what();
    }
    return "";
  }
  [[nodiscard]] double flops() const { return work_->flops(); }
  [[nodiscard]] std::string memory() const { return work_->memory().dump(); }
  std::string check(int steps) { return work_->check(steps).dump(); }
  void run(double count) { work_->run(static_cast<Index>(count)); }

 private:
  std::unique_ptr<athanor::bench::Work> work_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(athanor_bench) {
  emscripten::function("setThreads", &athanor::threads::set_count);
  emscripten::class_<Handle>("Work")
      .constructor()
      .function("prepare", &Handle::prepare)
      .function("flops", &Handle::flops)
      .function("memory", &Handle::memory)
      .function("check", &Handle::check)
      .function("run", &Handle::run);
}
