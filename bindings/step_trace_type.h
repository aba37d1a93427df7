// The TypeScript type of a traced step, with the engine's names of activations, norms, losses and optimisers.
#pragma once

#include <string>

namespace athanor::bindings {

[[nodiscard]] std::string step_trace_type();

}  // namespace athanor::bindings
