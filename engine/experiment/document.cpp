#include "engine/experiment/document.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "engine/core/catching.h"
#include "engine/core/utf8.h"
#include "engine/experiment/fields.h"

namespace athanor {
namespace {

constexpr std::string_view kVersionKey = "athanor";
/// Deeper nesting than any document has; refused before recursion could exhaust the stack.
constexpr int kMaxDepth = 16;

/// Splits off the first part of a dotted path.
std::string_view first_part(std::string_view& path) {
  const std::size_t dot = path.find('.');
  const std::string_view part = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  return part;
}

/// The member at a dotted path, or null when the document leaves it out.
const Json* find_member(const Json& document, std::string_view path) {
  const Json* member = &document;
  while (!path.empty()) {
    const auto found = member->find(std::string(first_part(path)));
    if (found == member->end()) return nullptr;
    member = &*found;
  }
  return member;
}

/// The member at a dotted path; objects on the way are made.
Json& member_at(Json& document, std::string_view path) {
  Json* member = &document;
  while (!path.empty()) {
    // Not left to operator[]: where memory runs out on the way, nlohmann-json 3.11.2 leaves an object without contents,
    // which cannot be given back.
    if (member->is_null()) *member = Json::object();
    member = &(*member)[std::string(first_part(path))];
  }
  return *member;
}

std::string shown(const Json& value) { return excerpt(value.dump(-1, ' ', false, Json::error_handler_t::replace)); }

Error wrong_type(const std::string& path, const char* expected, const Json& value) {
  return {ErrorCode::kWrongType, path, {{"path", path}, {"expected", expected}, {"value", shown(value)}}};
}

Error unknown_field(const std::string& path) {
  return {ErrorCode::kUnknownField, excerpt(path), {{"path", excerpt(path)}}};
}

/// The value in the form its setter takes; throws when type or range are wrong.
template <typename Target>
FieldValue checked(const FieldRow<Target>& field, const std::string& path, const Json& value) {
  const auto too_long = [&](double size) {
    return Error(ErrorCode::kTooLong, path,
                 {{"path", path}, {"value", number_text(size)}, {"max", number_text(field.max)}});
  };
  switch (field.type) {
    case FieldType::kInteger:
    case FieldType::kNumber: {
      if (!value.is_number()) throw wrong_type(path, "a number", value);
      const auto number = value.get<double>();
      if (!(number >= field.min && number <= field.max)) throw out_of_range(path, number, field.min, field.max);
      if (field.type == FieldType::kInteger && number != std::floor(number)) {
        throw wrong_type(path, "a whole number", value);
      }
      return {.number = number};
    }
    case FieldType::kBoolean:
      if (!value.is_boolean()) throw wrong_type(path, "true or false", value);
      return {.number = value.get<bool>() ? 1.0 : 0.0};
    case FieldType::kChoice: {
      const auto found = value.is_string() ? std::find(field.choices.begin(), field.choices.end(),
                                                       value.template get_ref<const std::string&>())
                                           : field.choices.end();
      if (found == field.choices.end()) throw not_a_choice(path, shown(value), field.choices);
      return {.number = static_cast<double>(found - field.choices.begin())};
    }
    case FieldType::kText: {
      if (!value.is_string()) throw wrong_type(path, "a text", value);
      const auto& text = value.template get_ref<const std::string&>();
      if (static_cast<double>(text.size()) > field.max) throw too_long(static_cast<double>(text.size()));
      if (!is_utf8(text)) throw wrong_type(path, "text in UTF-8", value);
      return {.text = text};
    }
    case FieldType::kList:
      if (!value.is_array()) throw wrong_type(path, "a list", value);
      if (static_cast<double>(value.size()) > field.max) throw too_long(static_cast<double>(value.size()));
      return {};
  }
  return {};
}

template <typename Function>
ATHANOR_CATCHES void collecting(std::vector<Error>& problems, Function function) {
  try {
    function();
  } catch (const Error& error) {
    problems.push_back(error);
  }
}

void validate_items(std::string_view list_path, const Json& list, std::vector<Error>& problems) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string item_path = std::string(list_path) + "[" + std::to_string(i) + "]";
    const Json& item = list[i];
    if (!item.is_object()) {
      problems.push_back(wrong_type(item_path, "an object", item));
      continue;
    }
    for (const auto& [key, value] : item.items()) {
      std::string path = item_path;
      path.append(".").append(key);
      with_item_fields(list_path, [&, &name = key, &item_value = value](const auto& items) {
        const auto field = std::find_if(items.begin(), items.end(), [&](const auto& row) { return row.path == name; });
        if (field == items.end()) {
          problems.push_back(unknown_field(path));
        } else {
          collecting(problems, [&] { (void)checked(*field, path, item_value); });
        }
      });
    }
  }
}

const Field* find_field(std::string_view path) {
  const auto found =
      std::find_if(fields().begin(), fields().end(), [path](const Field& field) { return field.path == path; });
  return found == fields().end() ? nullptr : &*found;
}

/// Walks the given document along the paths of the table: what is no field and leads to none is unknown.
void validate_members(const Json& object, const std::string& prefix, std::vector<Error>& problems) {
  for (const auto& [key, value] : object.items()) {
    const std::string path = prefix + key;
    if (path == kVersionKey) continue;
    if (key.find('.') != std::string::npos) {
      // "training.loss" as one name would look like the field's path, but lies elsewhere.
      problems.push_back(unknown_field(path));
      continue;
    }
    if (const Field* field = find_field(path); field != nullptr) {
      const std::size_t before = problems.size();
      collecting(problems, [&, &member = value] { (void)checked(*field, path, member); });
      if (field->type == FieldType::kList && problems.size() == before) validate_items(path, value, problems);
      continue;
    }
    const std::string below = path + ".";
    const bool is_section = std::any_of(fields().begin(), fields().end(),
                                        [&](const Field& field) { return field.path.starts_with(below); });
    if (!is_section) {
      problems.push_back(unknown_field(path));
    } else if (!value.is_object()) {
      problems.push_back(wrong_type(path, "an object", value));
    } else {
      validate_members(value, below, problems);
    }
  }
}

void validate_version(const Json& document, std::vector<Error>& problems) {
  const auto found = document.find(kVersionKey);
  if (found == document.end()) return;
  const bool is_known = found->is_number() && *found >= 1 && *found <= kDocumentVersion &&
                        found->get<double>() == std::floor(found->get<double>());
  if (!is_known) {
    problems.emplace_back(ErrorCode::kUnsupportedVersion, std::string(kVersionKey),
                          ErrorParams{{"value", shown(*found)}, {"max", std::to_string(kDocumentVersion)}});
  }
}

/// Defaults under the given values; the given document has been validated.
Json merged(const Json& document) {
  Json result = Json::object();
  result[std::string(kVersionKey)] = kDocumentVersion;
  for (const Field& field : fields()) {
    const Json* given = find_member(document, field.path);
    Json value = given != nullptr ? *given : default_value(field);
    if (field.type == FieldType::kList) {
      for (Json& item : value) {
        Json full = Json::object();
        with_item_fields(field.path, [&](const auto& items) {
          for (const auto& row : items) {
            const std::string key(row.path);
            full[key] = item.contains(key) ? item.at(key) : default_value(row);
          }
        });
        item = std::move(full);
      }
    }
    member_at(result, field.path) = std::move(value);
  }
  return result;
}

/// The items of a list of a complete document, as typed values.
template <typename Item>
std::vector<Item> read_items(const Json& document, std::string_view list, std::span<const FieldRow<Item>> rows) {
  std::vector<Item> items;
  for (const Json& given : *find_member(document, list)) {
    Item& item = items.emplace_back();
    for (const FieldRow<Item>& field : rows) {
      const std::string key(field.path);
      field.set(item, checked(field, key, given.at(key)));
    }
  }
  return items;
}

std::vector<LayerSpec> read_layers(const Json& document) { return read_items(document, kLayersPath, layer_fields()); }

/// A number that is 0 or at least `min`: what lies between is refused.
void check_gap(const Json& document, const char* path, double min, std::vector<Error>& problems) {
  const auto value = find_member(document, path)->get<double>();
  if (value > 0 && value < min) problems.push_back(out_of_range(path, value, min, find_field(path)->max));
}

/// Conditions between fields.
void validate_together(const Json& document, std::vector<Error>& problems) {
  constexpr double kLeastTraining = 0.1;
  const Json full = merged(document);
  const bool has_folds = full["split"]["folds"].get<double>() >= 2;
  const double held_out = has_folds ? 0 : full["split"]["validation"].get<double>();
  const double left = 1 - held_out - full["split"]["test"].get<double>();
  if (left < kLeastTraining - 1e-9) {
    problems.emplace_back(ErrorCode::kSplitTooSmall, "split",
                          ErrorParams{{"value", number_text(std::max(0.0, std::round(left * 1000) / 1000))}});
  }
  if (is_text(full["data"]["source"], "table") && full["data"]["table"]["csv"].get_ref<const std::string&>().empty()) {
    problems.emplace_back(ErrorCode::kCsvEmpty, "data.table.csv");
  }
  check_gap(full, "data.first_share", kLeastFirstShare, problems);
  check_gap(full, "augment.mixing", kLeastMixing, problems);
  check_gap(full, "split.folds", 2, problems);
  const auto folds = full["split"]["folds"].get<double>();
  const auto fold = full["split"]["fold"].get<double>();
  if (folds >= 2 && fold > folds) problems.push_back(out_of_range("split.fold", fold, 1, folds));
  const std::vector<LayerSpec> layers = read_layers(full);
  collecting(problems, [&] { check_layers(layers, 0); });
  const bool needs_batches =
      std::any_of(layers.begin(), layers.end(), [](const LayerSpec& layer) { return layer.norm == Norm::kBatch; });
  if (needs_batches && full["training"]["batch_size"] == 1) {
    const std::string path = "training.batch_size";
    problems.push_back(out_of_range(path, 1, 2, find_field(path)->max));
  }
}

/// The place of a field of a list item.
struct ItemPath {
  std::string_view list;
  std::size_t index = 0;
  std::string key;
};

/// "model.layers[1].units" -> {"model.layers", 1, "units"}.
std::optional<ItemPath> item_path(std::string_view path) {
  for (const std::string_view list : {kLayersPath, kColumnsPath}) {
    if (!path.starts_with(list) || path.size() <= list.size() || path[list.size()] != '[') continue;
    const std::size_t close = path.find("].");
    if (close == std::string_view::npos) return {};
    const std::string digits(path.substr(list.size() + 1, close - list.size() - 1));
    if (digits.empty() || digits.size() > 3 || digits.find_first_not_of("0123456789") != std::string::npos) return {};
    return ItemPath{
        .list = list, .index = static_cast<std::size_t>(std::stoi(digits)), .key = std::string(path.substr(close + 2))};
  }
  return {};
}

/// Whether a list item has such a field, and what setting it means.
std::optional<Effect> item_effect(const ItemPath& path) {
  return with_item_fields(path.list, [&](const auto& items) -> std::optional<Effect> {
    for (const auto& field : items) {
      if (field.path == path.key) return field.effect;
    }
    return {};
  });
}

}  // namespace

ATHANOR_CATCHES Json parse_json(std::string_view text) {
  if (text.size() > kMaxDocumentBytes) {
    throw Error(
        ErrorCode::kTooLong, "document",
        {{"path", "document"}, {"value", std::to_string(text.size())}, {"max", std::to_string(kMaxDocumentBytes)}});
  }
  try {
    return parse_json_text(text, kMaxDepth);
  } catch (const JsonTooDeep&) {
    throw Error(ErrorCode::kBadJson, "", {{"detail", "more than " + std::to_string(kMaxDepth) + " levels deep"}});
  } catch (const Json::parse_error& error) {
    const std::size_t at = error.byte == 0 ? 0 : std::min(error.byte - 1, text.size());
    const std::string_view before = text.substr(0, at);
    const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const std::string where = "line " + std::to_string(line) + ", column " + std::to_string(at - line_start + 1);
    throw Error(ErrorCode::kBadJson, "",
                {{"detail", where}, {"line", std::to_string(line)}, {"column", std::to_string(at - line_start + 1)}});
  } catch (const Json::out_of_range&) {
    throw Error(ErrorCode::kBadJson, "", {{"detail", "a number is larger than any that can be held"}});
  }
}

Json default_document() { return merged(Json::object()); }

std::vector<Error> validate(const Json& document) {
  std::vector<Error> problems;
  if (!document.is_object()) {
    problems.push_back(wrong_type("document", "an object", document));
    return problems;
  }
  validate_version(document, problems);
  validate_members(document, "", problems);
  if (problems.empty()) validate_together(document, problems);
  return problems;
}

Json complete(const Json& document) {
  const std::vector<Error> problems = validate(document);
  if (!problems.empty()) throw Error(problems.front());
  return merged(document);
}

Experiment read_experiment(const Json& document) {
  Experiment experiment;
  for (const Field& field : fields()) {
    const Json* value = find_member(document, field.path);
    ensure(value != nullptr, "a complete document has every field");
    field.set(experiment, checked(field, std::string(field.path), *value));
  }
  experiment.layers = read_layers(document);
  experiment.table_columns = read_items(document, kColumnsPath, column_fields());
  return experiment;
}

Table preview_table(std::string_view csv, const Json& choices) {
  Json table = choices;
  if (table.is_object()) table.erase("csv");
  const Experiment experiment = read_experiment(complete({{"data", {{"table", std::move(table)}}}}));
  return read_table(csv, table_choices(experiment));
}

Json with_field(const Json& document, std::string_view path, const Json& value) {
  Json changed = document;
  if (const auto item = item_path(path)) {
    Json& list = member_at(changed, item->list);
    if (item->index >= list.size() || !item_effect(*item)) throw unknown_field(std::string(path));
    list[item->index][item->key] = value;
  } else {
    if (find_field(path) == nullptr) throw unknown_field(std::string(path));
    member_at(changed, path) = value;
  }
  return complete(changed);
}

bool is_live(std::string_view path) {
  if (const auto item = item_path(path)) return item_effect(*item) == Effect::kLive;
  const Field* field = find_field(path);
  if (field == nullptr) throw unknown_field(std::string(path));
  return field->effect == Effect::kLive;
}

}  // namespace athanor
