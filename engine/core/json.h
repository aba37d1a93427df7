// The JSON type of documents and reports: members keep the order they were written in.
#pragma once

#include <nlohmann/json.hpp>

namespace athanor {
using Json = nlohmann::ordered_json;
}  // namespace athanor
