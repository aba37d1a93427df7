// Experiments to start from: documents that are worth a look as they stand.
#pragma once

#include <span>
#include <string_view>

#include "engine/core/json.h"

namespace athanor {

struct Preset {
  std::string_view name;
  std::string_view json;     // what differs from the defaults
  std::string_view table;    // the table it learns, a file beside the page (web/public/data); empty: it draws its data
  std::string_view meaning;  // what there is to see
};

[[nodiscard]] std::span<const Preset> presets();

/// The complete document of a preset; `csv` is the text of its table, empty where it has none. Throws what the document
/// throws.
[[nodiscard]] Json preset_document(const Preset& preset, std::string_view csv = {});

/// Throws kNotAChoice for a name that no preset has.
[[nodiscard]] const Preset& find_preset(std::string_view name);

}  // namespace athanor
