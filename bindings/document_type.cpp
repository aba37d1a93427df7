#include "bindings/document_type.h"

#include <span>
#include <string_view>

#include "engine/experiment/fields.h"

namespace athanor::bindings {

std::string choices_type(std::span<const std::string_view> choices) {
  std::string text;
  for (const std::string_view choice : choices) {
    text.append(text.empty() ? "'" : "|'").append(choice).append("'");
  }
  return text;
}

namespace {

std::string item_type(std::string_view list);

template <typename Target>
std::string field_type(const FieldRow<Target>& field) {
  switch (field.type) {
    case FieldType::kBoolean:
      return "boolean";
    case FieldType::kChoice:
      return choices_type(field.choices);
    case FieldType::kText:
      return "string";
    case FieldType::kList:
      return "(" + item_type(field.path) + ")[]";
    case FieldType::kInteger:
    case FieldType::kNumber:
      break;
  }
  return "number";
}

std::string item_type(std::string_view list) {
  std::string text = "{";
  with_item_fields(list, [&text](const auto& items) {
    for (const auto& field : items) {
      text.append(text == "{" ? "" : ", ").append(field.path).append(": ").append(field_type(field));
    }
  });
  return text + "}";
}

/// The members of the section `prefix` ("training."), each section where its first field stands.
std::string members(std::string_view prefix) {
  std::string text;
  std::string_view last_section;
  for (const Field& field : fields()) {
    if (!field.path.starts_with(prefix)) continue;
    const std::string_view rest = field.path.substr(prefix.size());
    const std::string_view key = rest.substr(0, rest.find('.'));
    const bool is_section = key.size() < rest.size();
    if (is_section && key == last_section) continue;
    last_section = is_section ? key : std::string_view();
    text.append(text.empty() ? "" : ", ").append(key).append(": ");
    if (is_section) {
      text.append("{").append(members(std::string(prefix).append(key).append("."))).append("}");
    } else {
      text.append(field_type(field));
    }
  }
  return text;
}

}  // namespace

std::string document_type() { return "{athanor: number, " + members("") + "}"; }

}  // namespace athanor::bindings
