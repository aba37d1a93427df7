#include "engine/data/schema.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

namespace athanor {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kMostCounted = 1000;  // far beyond any limit; the exact number no longer matters

/// What a column holds, as far as it matters here.
struct ColumnSight {
  bool is_number = false;
  bool all_whole = true;              // its numbers are whole ones
  std::set<std::string_view> values;  // different cells that are not missing, at most one more than kMostCounted
};

ColumnSight look_at(const CellTable& table, std::size_t column) {
  ColumnSight sight;
  Index numbers = 0;
  Index words = 0;
  for (const CsvRecord& record : table.records) {
    const std::string& cell = record.cells[column];
    if (is_missing(cell)) continue;
    const std::optional<Real> number = number_of(cell);
    ++(number ? numbers : words);
    if (number && *number != std::floor(*number)) sight.all_whole = false;
    if (sight.values.size() <= kMostCounted) sight.values.insert(cell);
  }
  sight.is_number = numbers > words;
  return sight;
}

bool can_be_classes(const ColumnSight& sight) {
  return sight.values.size() >= 2 && sight.values.size() <= kMaxClasses && (!sight.is_number || sight.all_whole);
}

/// The values ordered by the first number in each; empty when they do not tell an order. A minus at the beginning is a
/// sign, anywhere else part of the text before the number.
std::vector<std::string> numeric_like_levels(const std::set<std::string_view>& values) {
  std::vector<std::pair<double, std::string>> numbered;
  std::string_view prefix;
  for (const std::string_view value : values) {
    std::size_t start = value.find_first_of(kDigits);
    if (start == std::string_view::npos) return {};
    const bool is_negative = start == 1 && value[0] == '-';
    if (is_negative) start = 0;
    if (numbered.empty()) prefix = value.substr(0, start);
    if (value.substr(0, start) != prefix) return {};
    const std::string digits(value.substr(is_negative ? 1 : start));
    const double size = std::strtod(digits.substr(0, digits.find_first_not_of("0123456789.")).c_str(), nullptr);
    numbered.emplace_back(is_negative ? -size : size, value);
  }
  std::sort(numbered.begin(), numbered.end());
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < numbered.size(); ++i) {
    if (i > 0 && numbered[i].first == numbered[i - 1].first) return {};
    levels.push_back(numbered[i].second);
  }
  return levels;
}

/// "small | large" -> {"small", "large"}: blanks around the bars do not count, as around the cells of a table.
std::vector<std::string> split_order(std::string_view order) {
  std::vector<std::string> levels;
  for (std::size_t start = 0; start <= order.size();) {
    const std::size_t bar = std::min(order.find('|', start), order.size());
    std::string_view level = order.substr(start, bar - start);
    while (level.starts_with(' ')) level.remove_prefix(1);
    while (level.ends_with(' ')) level.remove_suffix(1);
    levels.emplace_back(level);
    start = bar + 1;
  }
  return levels;
}

/// What is said of a column, and where in the document.
struct SaidColumn {
  ColumnChoice choice;
  std::string place;  // "data.table.columns[2]"; empty when nothing is said
};

[[noreturn]] void refuse_at(const std::string& place, const std::string& what, const std::string& value,
                            const std::string& expected) {
  throw Error(ErrorCode::kBadInput, place, {{"what", what}, {"value", value}, {"expected", expected}});
}

/// The order of a column that is to be ordinal: as said, as its numbers tell, or by name. Throws kBadInput for one that
/// leaves out a value: its rows would lose it.
std::vector<std::string> order_of(const ColumnSight& sight, const SaidColumn& said) {
  if (said.choice.order.empty()) {
    std::vector<std::string> levels = numeric_like_levels(sight.values);
    if (levels.empty()) levels.assign(sight.values.begin(), sight.values.end());
    return levels;
  }
  std::vector<std::string> levels = split_order(said.choice.order);
  for (const std::string_view value : sight.values) {
    if (std::find(levels.begin(), levels.end(), value) != levels.end()) continue;
    refuse_at(said.place + ".order", "the order of " + excerpt(said.choice.name), "without " + excerpt(value),
              "every value of the column");
  }
  return levels;
}

ColumnSpec feature_of(const std::string& name, const ColumnSight& sight, const SaidColumn& said) {
  const ColumnChoice& choice = said.choice;
  ColumnSpec spec{.name = name, .role = ColumnRole::kFeature, .kind = ColumnKind::kNumeric, .levels = {}};
  if (choice.role == ColumnRole::kIgnored || sight.values.empty()) {
    spec.role = ColumnRole::kIgnored;
    return spec;
  }
  if (choice.kind) {
    spec.kind = *choice.kind;
    if (spec.kind == ColumnKind::kOrdinal) spec.levels = order_of(sight, said);
    if (spec.kind == ColumnKind::kCategorical) spec.embedding = choice.embedding;
    return spec;
  }
  if (sight.is_number) return spec;
  if (sight.values.size() < 2 || sight.values.size() > kMaxLevels) {
    spec.role = ColumnRole::kIgnored;
    return spec;
  }
  spec.levels = numeric_like_levels(sight.values);
  spec.kind = spec.levels.empty() ? ColumnKind::kCategorical : ColumnKind::kOrdinal;
  if (spec.kind == ColumnKind::kCategorical) spec.embedding = choice.embedding;
  return spec;
}

/// (columns of the table): what is said of each.
std::vector<SaidColumn> by_column(const CellTable& table, std::span<const ColumnChoice> choices) {
  std::vector<SaidColumn> said(table.names.size());
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string& name = choices[i].name;
    const std::string place = "data.table.columns[" + std::to_string(i) + "]";
    const auto found = std::find(table.names.begin(), table.names.end(), name);
    if (found == table.names.end()) {
      throw Error(ErrorCode::kCsvNoSuchColumn, place + ".name", {{"column", excerpt(name)}});
    }
    SaidColumn& column = said[static_cast<std::size_t>(found - table.names.begin())];
    if (!column.place.empty()) {
      throw Error(ErrorCode::kCsvDuplicateColumn, place + ".name", {{"column", excerpt(name)}});
    }
    column = {.choice = choices[i], .place = place};
  }
  return said;
}

std::size_t named(const CellTable& table, std::string_view target) {
  const auto found = std::find(table.names.begin(), table.names.end(), target);
  if (found == table.names.end()) {
    throw table_refusal(ErrorCode::kCsvNoSuchColumn, {{"column", excerpt(target)}});
  }
  return static_cast<std::size_t>(found - table.names.begin());
}

/// The columns of a table with what is said of them.
struct Columns {
  std::vector<ColumnSight> sights;
  std::vector<SaidColumn> said;

  /// The last column that meets a condition and has no role yet.
  template <typename Condition>
  [[nodiscard]] std::optional<std::size_t> last_that(const Condition& condition) const {
    for (std::size_t c = sights.size(); c-- > 0;) {
      if (!said[c].choice.role && condition(sights[c])) return c;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> class_column() const {
    const auto words = last_that([](const ColumnSight& s) { return !s.is_number && can_be_classes(s); });
    return words ? words : last_that(can_be_classes);
  }
};

/// What is to be learnt of the target: as said, as the kind asks for that is chosen for it, or as was found out.
Task target_task(const SaidColumn& said, std::optional<Task> task, bool is_task_said) {
  const ColumnChoice& choice = said.choice;
  const auto refuse_choice = [&](const char* field, const std::string& value, const char* expected) {
    refuse_at(said.place + "." + field, std::string("the ") + field + " of " + excerpt(choice.name), value, expected);
  };
  if (choice.role) refuse_choice("role", "feature or ignored", "none of its own: it is the target");
  if (!choice.order.empty()) refuse_choice("order", excerpt(choice.order), "none: it is the target");
  if (choice.embedding > 0) refuse_choice("embedding", std::to_string(choice.embedding), "0: it is the target");
  const Task found = task.value_or(Task::kClassification);
  if (!choice.kind) return found;
  const bool is_numeric = *choice.kind == ColumnKind::kNumeric;
  if (!is_task_said) return is_numeric ? Task::kRegression : Task::kClassification;
  if (found == Task::kRegression && !is_numeric) {
    refuse_choice("kind", std::string(kColumnKindNames[static_cast<std::size_t>(*choice.kind)]),
                  "numeric: the task is regression");
  }
  return found;
}

void check_target(const std::string& name, const ColumnSight& sight, Task task) {
  if (task == Task::kRegression) {
    if (!sight.is_number) {
      const std::string value = sight.values.empty() ? std::string() : std::string(*sight.values.begin());
      throw table_refusal(ErrorCode::kCsvNotANumber, {{"value", excerpt(value)}, {"column", excerpt(name)}});
    }
  } else if (sight.values.size() < 2 || sight.values.size() > kMaxClasses) {
    const bool is_counted = sight.values.size() <= kMostCounted;
    throw table_refusal(ErrorCode::kCsvTargetClasses, {{"column", excerpt(name)},
                                                       {"value", is_counted ? std::to_string(sight.values.size())
                                                                            : std::to_string(kMostCounted) + "+"},
                                                       {"max", std::to_string(kMaxClasses)}});
  }
}

[[noreturn]] void refuse(const std::string& what, const std::string& value, const std::string& expected) {
  throw Error(ErrorCode::kBadInput, "data.table.columns", {{"what", what}, {"value", value}, {"expected", expected}});
}

void check_levels(const ColumnSpec& spec) {
  const std::set<std::string> different(spec.levels.begin(), spec.levels.end());
  if (different.size() != spec.levels.size())
    refuse("the order of " + excerpt(spec.name), "repeated", "each value once");
  if (spec.levels.size() < 2 || spec.levels.size() > kMaxLevels) {
    refuse("the number of values of " + excerpt(spec.name), std::to_string(spec.levels.size()),
           "2 to " + std::to_string(kMaxLevels));
  }
}

}  // namespace

Schema guess_schema(const CellTable& table, std::string_view target, std::optional<Task> task,
                    std::span<const ColumnChoice> choices) {
  Columns columns{.sights = {}, .said = by_column(table, choices)};
  for (std::size_t c = 0; c < table.names.size(); ++c) columns.sights.push_back(look_at(table, c));

  const bool is_task_said = task.has_value();
  std::optional<std::size_t> position;
  if (!target.empty()) {
    position = named(table, target);
    if (!task)
      task = can_be_classes(columns.sights[*position]) || !columns.sights[*position].is_number ? Task::kClassification
                                                                                               : Task::kRegression;
  } else {
    if (task != Task::kRegression) position = columns.class_column();
    if (!position && task != Task::kClassification) {
      position = columns.last_that([](const ColumnSight& s) { return s.is_number; });
      task = Task::kRegression;
    }
    if (!position) throw table_refusal(ErrorCode::kCsvNoTarget);
  }

  const Task wanted = target_task(columns.said[*position], task, is_task_said);
  Schema schema{.task = wanted, .columns = {}};
  check_target(table.names[*position], columns.sights[*position], schema.task);
  bool has_features = false;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    if (c == *position) {
      schema.columns.push_back({.name = table.names[c],
                                .role = ColumnRole::kTarget,
                                .kind = columns.sights[c].is_number ? ColumnKind::kNumeric : ColumnKind::kCategorical,
                                .levels = {}});
      continue;
    }
    schema.columns.push_back(feature_of(table.names[c], columns.sights[c], columns.said[c]));
    if (schema.columns.back().role == ColumnRole::kFeature) has_features = true;
  }
  if (!has_features) throw table_refusal(ErrorCode::kCsvNoFeatures);
  return schema;
}

void check_schema(const CellTable& table, const Schema& schema) {
  if (schema.columns.size() != table.names.size()) {
    refuse("the number of columns", std::to_string(schema.columns.size()), std::to_string(table.names.size()));
  }
  int targets = 0;
  int features = 0;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    const ColumnSpec& spec = schema.columns[c];
    if (spec.name != table.names[c]) refuse("a column", excerpt(spec.name), excerpt(table.names[c]));
    if (spec.role == ColumnRole::kTarget) {
      ++targets;
      if (schema.task == Task::kRegression && spec.kind != ColumnKind::kNumeric) {
        refuse("the target of regression", std::string(kColumnKindNames[static_cast<std::size_t>(spec.kind)]),
               "numeric");
      }
    } else if (spec.role == ColumnRole::kFeature) {
      ++features;
      if (spec.kind == ColumnKind::kOrdinal) check_levels(spec);
    }
  }
  if (targets != 1) refuse("the number of targets", std::to_string(targets), "1");
  if (features == 0) refuse("the number of features", "0", "at least 1");
}

}  // namespace athanor
