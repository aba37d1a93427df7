#include "engine/core/error.h"

#include <array>
#include <cmath>

#include "engine/core/json.h"

namespace athanor {
namespace {

struct ErrorRow {
  ErrorCode code;
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array<ErrorRow, kErrorCodeCount> kErrors{{
    {ErrorCode::kBadJson, "bad_json", "This is not valid JSON: {detail}."},
    {ErrorCode::kUnknownField, "unknown_field", "There is no field {path}."},
    {ErrorCode::kWrongType, "wrong_type", "{path} must be {expected}, but it is {value}."},
    {ErrorCode::kOutOfRange, "out_of_range", "{path} is {value}; allowed are {min} to {max}."},
    {ErrorCode::kNotAChoice, "not_a_choice", "{path} is {value}; allowed are {choices}."},
    {ErrorCode::kTooLong, "too_long", "{path} has {value}; at most {max} are allowed."},
    {ErrorCode::kUnsupportedVersion, "unsupported_version",
     "The document has version {value}; this engine reads versions 1 to {max}."},
    {ErrorCode::kSplitTooSmall, "split_too_small",
     "Validation and test parts leave {value} of the rows for training; at least 0.1 is needed."},
    {ErrorCode::kCsvTooLarge, "csv_too_large", "The table has {value} bytes; at most {max} are allowed."},
    {ErrorCode::kCsvEmpty, "csv_empty", "The table holds no rows below its header line."},
    {ErrorCode::kCsvNoTarget, "csv_no_target",
     "No column can serve as the class: none holds text or a few whole numbers."},
    {ErrorCode::kCsvNoFeatures, "csv_no_features", "The table has no column of numbers to learn from."},
    {ErrorCode::kCsvTargetClasses, "csv_target_classes",
     "Column {column} has {value} different classes; 2 to {max} are allowed."},
    {ErrorCode::kCsvNoSuchColumn, "csv_no_such_column", "The table has no column {column}."},
    {ErrorCode::kCsvDuplicateColumn, "csv_duplicate_column", "Two columns have the name {column}."},
    {ErrorCode::kCsvTooManyRows, "csv_too_many_rows", "The table has {value} rows; at most {max} are allowed."},
    {ErrorCode::kCsvTooManyColumns, "csv_too_many_columns",
     "The table has {value} columns; at most {max} are allowed."},
    {ErrorCode::kCsvCellCount, "csv_cell_count", "{value} cells where the header has {expected}."},
    {ErrorCode::kCsvNotANumber, "csv_not_a_number", "{value} in column {column} is not a number."},
    {ErrorCode::kCsvUnclosedQuote, "csv_unclosed_quote", "A quoted cell is never closed."},
    {ErrorCode::kCsvBadQuote, "csv_bad_quote", "Text follows a closing quote."},
    {ErrorCode::kCsvEmptyLabel, "csv_empty_label", "The class in column {column} is empty."},
    {ErrorCode::kCsvEmptyTarget, "csv_empty_target", "The target value in column {column} is empty."},
    {ErrorCode::kCsvTooManyLevels, "csv_too_many_levels",
     "Column {column} has {value} different texts; at most {max} can become columns of their own."},
    {ErrorCode::kTooFewRows, "too_few_rows", "{value} rows are left; at least {min} are needed."},
    {ErrorCode::kTooFewClasses, "too_few_classes", "{value} class is left; at least 2 are needed."},
    {ErrorCode::kNotFinite, "not_finite",
     "Numbers became infinite or undefined in epoch {epoch}, step {step}, first at {op} in layer {layer}: lower the "
     "learning rate and rewind."},
    {ErrorCode::kMemoryLimit, "memory_limit", "This needs {value} MB of memory; at most {max} MB are allowed."},
    {ErrorCode::kBadCheckpoint, "bad_checkpoint", "This is not a checkpoint that can be restored: {detail}."},
    {ErrorCode::kBadFlowchart, "bad_flowchart", "The flowchart cannot be run: {detail}."},
    {ErrorCode::kShapeMismatch, "shape_mismatch", "{op} cannot take {value}; it expects {expected}."},
    {ErrorCode::kResidualSize, "residual_size",
     "Layer {layer} has {expected} neurons, but {from}, which is added to it, gives {value}: give both the same "
     "number, "
     "or put a layer of {expected} neurons between."},
    {ErrorCode::kNotHidden, "not_hidden",
     "Only neurons of hidden layers can be removed: how many inputs and outputs there are follows from the data."},
    {ErrorCode::kLastNeuron, "last_neuron",
     "This is the only neuron of layer {layer}: remove the layer instead, if you want to do without it."},
    {ErrorCode::kResidualEdge, "residual_edge",
     "The residual edge from {from} to {to} needs the same number of neurons at both ends: remove the edge before a "
     "neuron of layer {layer}."},
    {ErrorCode::kBadInput, "bad_input", "{what} is {value}; expected is {expected}."},
    {ErrorCode::kInternal, "internal", "The engine broke one of its own rules: {detail}."},
}};

constexpr bool in_enum_order() {
  for (std::size_t i = 0; i < kErrors.size(); ++i) {
    if (static_cast<std::size_t>(kErrors[i].code) != i || kErrors[i].sentence.empty()) return false;
  }
  return true;
}
static_assert(in_enum_order(), "every error code needs its row, in the order of the enum");

}  // namespace

std::string_view error_name(ErrorCode code) { return kErrors[static_cast<std::size_t>(code)].name; }

std::string_view error_template(ErrorCode code) { return kErrors[static_cast<std::size_t>(code)].sentence; }

std::string error_sentence(ErrorCode code, const ErrorParams& params) {
  std::string text{error_template(code)};
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open)) {
    const std::size_t close = text.find('}', open);
    const std::string_view key = std::string_view(text).substr(open + 1, close - open - 1);
    std::string value = "?";
    for (const auto& [name, given] : params) {
      if (name == key) value = given;
    }
    text.replace(open, close - open + 1, value);
    open += value.size();  // a value may itself hold braces
  }
  return text;
}

std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  // By the JSON library, which is there anyway: std::to_chars brings tables of 100 kB into the module. It writes
  // 100000.0 and 0.0001, but 1e-06.
  std::string text = Json(value).dump();
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  const std::size_t exponent = text.find('e');
  if (exponent != std::string::npos && text[exponent + 2] == '0') text.erase(exponent + 2, 1);
  return text;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return std::string(text);
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

Error::Error(ErrorCode code, std::string place, ErrorParams params)
    : std::runtime_error((place.empty() ? std::string() : place + ": ") + error_sentence(code, params)),
      code_(code),
      place_(std::move(place)),
      params_(std::move(params)) {}

Error out_of_range(std::string_view path, double value, double min, double max) {
  const std::string place(path);
  return {ErrorCode::kOutOfRange,
          place,
          {{"path", place}, {"value", number_text(value)}, {"min", number_text(min)}, {"max", number_text(max)}}};
}

namespace {

/// A name within a list, which has ", " between them: as it is, or as a JSON string where it has a comma itself or
/// begins with a quotation mark. So whoever shows the list in another language can take it apart again.
std::string listed(std::string_view name) {
  if (name.find(',') == std::string_view::npos && !name.starts_with('"')) return std::string(name);
  return Json(name).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Error not_a_choice(std::string_view path, std::string value, std::span<const std::string_view> names) {
  const std::string place(path);
  std::string choices;
  for (const std::string_view name : names) choices.append(choices.empty() ? "" : ", ").append(listed(name));
  return {
      ErrorCode::kNotAChoice, place, {{"path", place}, {"value", std::move(value)}, {"choices", std::move(choices)}}};
}

void check_range(std::string_view path, double value, double min, double max) {
  if (value >= min && value <= max) return;
  throw out_of_range(path, value, min, max);
}

void ensure(bool condition, const char* detail) {
  if (!condition) throw Error(ErrorCode::kInternal, "engine", {{"detail", detail}});
}

}  // namespace athanor
