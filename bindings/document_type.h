// The TypeScript type of an experiment document, made from the engine's field table.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace athanor::bindings {

/// As in "{athanor: number, seed: number, data: {source: 'generator'|'table', …}, …}".
[[nodiscard]] std::string document_type();

/// As in "'sgd'|'adam'".
[[nodiscard]] std::string choices_type(std::span<const std::string_view> choices);

}  // namespace athanor::bindings
