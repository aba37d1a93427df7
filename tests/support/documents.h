// Documents and tables for tests, and the error a call throws.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/error.h"
#include "engine/experiment/document.h"

namespace athanor::testing {

/// The error a call throws; the test fails when it throws none.
template <typename Function>
Error error_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error;
  }
  FAIL("the call throws an error");
  return {ErrorCode::kInternal, ""};
}

/// The code a call throws, as text; "" when it throws nothing.
template <typename Function>
std::string code_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return std::string(error_name(error.code()));
  }
  return "";
}

/// What an optional holds; the test fails when it holds nothing.
template <typename T>
const T& value_of(const std::optional<T>& optional) {
  if (optional) return *optional;
  throw Error(ErrorCode::kInternal, "test", {{"detail", "a value is expected here"}});
}

inline std::string param(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.params()) {
    if (key == name) return value;
  }
  return "(none)";
}

/// A complete document: the defaults with fields set by their paths.
inline Json document_with(const Json& values_by_path) {
  Json document = default_document();
  for (const auto& [path, value] : values_by_path.items()) document = with_field(document, path, value);
  return document;
}

/// A document that learns a table.
inline Json table_document(const std::string& csv, const Json& values_by_path = Json::object()) {
  Json document = default_document();
  document["data"]["source"] = "table";
  document["data"]["table"]["csv"] = csv;
  for (const auto& [path, value] : values_by_path.items()) document = with_field(document, path, value);
  return complete(document);
}

/// A table that ships with the page; "" for no name.
inline std::string shipped_table(std::string_view name) {
  if (name.empty()) return "";
  std::ifstream file(std::string(ATHANOR_SOURCE_DIR) + "/web/public/data/" + std::string(name), std::ios::binary);
  ensure(file.good(), "the table ships with the page");
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string iris_csv() { return shipped_table("iris.csv"); }

}  // namespace athanor::testing
