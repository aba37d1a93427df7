// The TypeScript type of an experiment document, made from the engine's field table.
#pragma once

#include <string>

namespace athanor::bindings {

/// As in "{athanor: number, seed: number, data: {source: 'generator'|'table', …}, …}".
[[nodiscard]] std::string document_type();

}  // namespace athanor::bindings
