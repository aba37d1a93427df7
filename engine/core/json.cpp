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

Json parse_json_text(std::string_view text, int most_depth) {
  return Json::parse(text, [most_depth](int depth, Json::parse_event_t event, Json& /*parsed*/) {
    const bool opens = event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    if (opens && depth >= most_depth) throw JsonTooDeep();  // the outermost is at depth 0
    return true;
  });
}

}  // namespace athanor
