#include "engine/core/json.h"

#include <cmath>
#include <string>
#include <utility>

namespace athanor {

Json json_object(std::initializer_list<JsonMember> members) {
  Json object = Json::object();
  for (const JsonMember& member : members) object.emplace(std::string(member.name), std::move(member.value));
  return object;
}

Json finite_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json finite_or_null(const std::optional<double>& value) { return value ? finite_or_null(*value) : Json(nullptr); }

bool is_text(const Json& value, std::string_view text) {
  return value.is_string() && value.get_ref<const std::string&>() == text;
}

namespace {

/// Whether the brackets of a text, those in its strings left out, nest more deeply than that.
bool nests_deeper_than(std::string_view text, int most_depth) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > most_depth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

}  // namespace

Json parse_json_text(std::string_view text, int most_depth) {
  // The library's own callback would do, but with one it looks through all members of a list or object after each that
  // ends: 40,000 empty objects in a list took half a minute.
  if (nests_deeper_than(text, most_depth)) throw JsonTooDeep();
  return Json::parse(text);
}

}  // namespace athanor
