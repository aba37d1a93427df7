// Lets C++ errors arrive in JavaScript as AthanorError, with code, path and params.
#pragma once

#include <emscripten/val.h>

#include <exception>
#include <new>
#include <utility>

#include "bindings/convert.h"
#include "engine/core/error.h"
#include "engine/session/report.h"

namespace athanor::bindings {

/// Throws the AthanorError class that the loader put into the module's options.
[[noreturn]] inline void throw_in_javascript(const Error& error) {
  const Json problem = describe(error);
  val::module_property("AthanorError")
      .new_(val(problem["message"].get<std::string>()), val(problem["code"].get<std::string>()),
            val(problem["path"].get<std::string>()), to_js(problem["params"]))
      .throw_();
  std::terminate();  // not reached: throw_ does not return
}

/// `Function` with every C++ exception turned into a JavaScript one.
template <auto Function>
struct Guarded;
template <typename Result, typename... Arguments, Result (*Function)(Arguments...)>
struct Guarded<Function> {
  static Result call(Arguments... arguments) {
    try {
      return Function(std::forward<Arguments>(arguments)...);
    } catch (const Error& error) {
      throw_in_javascript(error);
    } catch (const std::bad_alloc&) {
      throw_in_javascript(Error(ErrorCode::kMemoryLimit, "", {{"value", "more"}, {"max", "the available"}}));
    } catch (const std::exception& error) {
      throw_in_javascript(Error(ErrorCode::kInternal, "", {{"detail", error.what()}}));
    }
  }
};
template <auto Function>
inline constexpr auto kGuarded = &Guarded<Function>::call;

}  // namespace athanor::bindings
