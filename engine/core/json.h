// The JSON type of documents and reports: members keep the order they were written in.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace athanor {

using Json = nlohmann::ordered_json;

struct JsonMember {
  std::string_view name;
  mutable Json value;  // moved out of the list it is written in
};

/// An object with these members. The library's own nested lists make more code of it, which a person waits for when the
/// page opens.
[[nodiscard]] Json json_object(std::initializer_list<JsonMember> members);

/// JSON has no NaN and no infinity: null stands for them, and for what is not there.
[[nodiscard]] Json finite_or_null(double value);
[[nodiscard]] Json finite_or_null(const std::optional<double>& value);

/// What parse_json_text throws for text whose objects and lists are nested more deeply than it was allowed.
struct JsonTooDeep {};

/// The library's parser with a limit of depth, so that no text can exhaust the stack; the outermost value has depth 1.
/// Takes time in proportion to the text. Throws Json::parse_error, Json::out_of_range, JsonTooDeep. One function, for
/// the parser is made anew for every kind of text it is given.
[[nodiscard]] Json parse_json_text(std::string_view text, int most_depth);

}  // namespace athanor
