// Conversions between C++ and JavaScript values. Everything is copied: no view of wasm memory ever leaves the module,
// so nothing must be freed by hand but the session itself.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/json.h"

namespace athanor::bindings {

using emscripten::val;

/// A new typed array of the given constructor with a copy of the numbers.
template <typename T>
val typed_array(const char* constructor, const std::vector<T>& values) {
  return val::global(constructor).new_(emscripten::typed_memory_view(values.size(), values.data()));
}

inline val to_js(const std::vector<float>& values) { return typed_array("Float32Array", values); }
inline val to_js(const std::vector<double>& values) { return typed_array("Float64Array", values); }
inline val to_js(const std::vector<std::int32_t>& values) { return typed_array("Int32Array", values); }
inline val to_js(const std::vector<std::uint8_t>& values) { return typed_array("Uint8Array", values); }

/// Plain objects, arrays, strings, numbers, booleans and null. By way of text: the browser's own parser is several
/// times faster than setting members one by one across the boundary. Text that is not UTF-8 is mended.
inline val to_js(const Json& json) {
  return val::global("JSON").call<val>("parse", json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// The JSON of a JavaScript value, by way of its text: what JSON.stringify leaves out does not arrive.
Json from_js(const val& value);

/// A copy of a typed array's numbers, converted to T as the typed array of T does.
template <typename T>
std::vector<T> numbers_from_js(const val& array) {
  return emscripten::convertJSArrayToNumberVector<T>(array);
}

}  // namespace athanor::bindings
