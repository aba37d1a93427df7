#include "engine/data/encoding.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace athanor {
namespace {

constexpr Real kMissing = std::numeric_limits<Real>::quiet_NaN();

/// By name; numbers by value.
void sort_levels(std::vector<std::string>& levels) {
  const auto order = [](const std::string& level) {
    const std::optional<Real> number = number_of(level);
    return std::pair{!number.has_value(), number.value_or(0)};
  };
  std::sort(levels.begin(), levels.end(), [&](const std::string& a, const std::string& b) {
    return std::pair{order(a), std::string_view(a)} < std::pair{order(b), std::string_view(b)};
  });
}

std::vector<std::string> sorted(const std::set<std::string_view>& values) {
  std::vector<std::string> levels(values.begin(), values.end());
  sort_levels(levels);
  return levels;
}

std::vector<std::string> levels_of(const CellTable& table, std::size_t column, std::span<const std::int32_t> rows) {
  std::set<std::string_view> values;
  for (const std::int32_t row : rows) {
    const std::string& cell = table.records[static_cast<std::size_t>(row)].cells[column];
    if (!is_missing(cell)) values.insert(cell);
  }
  if (values.size() > kMaxLevels) {
    throw table_refusal(ErrorCode::kCsvTooManyLevels, {{"column", excerpt(table.names[column])},
                                                       {"value", std::to_string(values.size())},
                                                       {"max", std::to_string(kMaxLevels)}});
  }
  return sorted(values);
}

std::vector<std::string> classes_of(const CellTable& table, std::size_t column) {
  std::set<std::string_view> values;
  for (const CsvRecord& record : table.records) {
    if (!is_missing(record.cells[column])) values.insert(record.cells[column]);
  }
  if (values.size() < 2 || values.size() > kMaxClasses) {
    throw table_refusal(ErrorCode::kCsvTargetClasses, {{"column", excerpt(table.names[column])},
                                                       {"value", std::to_string(values.size())},
                                                       {"max", std::to_string(kMaxClasses)}});
  }
  return sorted(values);
}

void check_rows(const CellTable& table, std::span<const std::int32_t> rows) {
  const auto most = static_cast<std::int32_t>(table.records.size()) - 1;
  for (const std::int32_t row : rows) {
    if (row >= 0 && row <= most) continue;
    throw Error(ErrorCode::kBadInput, "data.table.rows",
                {{"what", "a row"}, {"value", std::to_string(row)}, {"expected", "0 to " + std::to_string(most)}});
  }
}

/// Encodes row after row.
class Encoder {
 public:
  Encoder(const CellTable& table, const TableEncoding& encoding) : table_(table), encoding_(encoding) {
    result_.problems = table.problems;
    result_.unknown.resize(table.names.size(), 0);
    result_.data.task = encoding.schema.task;
    result_.data.columns = encoding.columns;
    result_.data.groups = encoding.groups;
    result_.data.classes = encoding.classes;
    for (std::size_t c = 0; c < table.names.size(); ++c) {
      const ColumnSpec& spec = encoding.schema.columns[c];
      places_.push_back(places_of(spec.role == ColumnRole::kTarget ? encoding.classes : encoding.levels[c]));
    }
  }

  EncodedTable encode() {
    for (std::size_t i = 0; i < table_.records.size(); ++i) {
      if (encode_row(table_.records[i])) result_.records.push_back(static_cast<std::int32_t>(i));
    }
    std::stable_sort(result_.problems.begin(), result_.problems.end(),
                     [](const RowProblem& a, const RowProblem& b) { return a.line < b.line; });
    return std::move(result_);
  }

 private:
  using Places = std::unordered_map<std::string_view, std::size_t>;

  static Places places_of(const std::vector<std::string>& levels) {
    Places places;
    for (const std::string& level : levels) places.emplace(level, places.size());
    return places;
  }

  /// False when the row has a problem. Unknown levels are counted for rows that are kept only.
  bool encode_row(const CsvRecord& record) {
    row_.clear();
    unknown_.clear();
    label_ = 0;
    value_ = 0;
    for (std::size_t c = 0; c < record.cells.size(); ++c) {
      const ColumnSpec& spec = encoding_.schema.columns[c];
      const bool is_good = spec.role == ColumnRole::kIgnored ||
                           (spec.role == ColumnRole::kTarget ? read_target(record, c) : read_feature(record, c));
      if (!is_good) return false;
    }
    if (encoding_.schema.task == Task::kRegression) {
      result_.data.append_value(row_, value_);
    } else {
      result_.data.append(row_, label_);
    }
    for (const std::size_t column : unknown_) ++result_.unknown[column];
    return true;
  }

  bool read_target(const CsvRecord& record, std::size_t column) {
    const std::string& cell = record.cells[column];
    const bool is_class = encoding_.schema.task == Task::kClassification;
    if (is_missing(cell)) {
      add_problem(record, column, is_class ? ErrorCode::kCsvEmptyLabel : ErrorCode::kCsvEmptyTarget,
                  {{"column", excerpt(table_.names[column])}});
      return false;
    }
    if (is_class) {
      label_ = static_cast<std::int32_t>(places_[column].at(cell));
      return true;
    }
    return read_number(record, column, value_);
  }

  bool read_feature(const CsvRecord& record, std::size_t column) {
    const std::string& cell = record.cells[column];
    const ColumnKind kind = encoding_.schema.columns[column].kind;
    const bool is_one_hot = kind == ColumnKind::kCategorical;
    if (is_missing(cell)) {
      row_.insert(row_.end(), is_one_hot ? encoding_.levels[column].size() : 1, kMissing);
      return true;
    }
    if (kind == ColumnKind::kNumeric) {
      row_.push_back(0);
      return read_number(record, column, row_.back());
    }
    const auto found = places_[column].find(cell);
    const bool is_known = found != places_[column].end();
    if (!is_known) unknown_.push_back(column);
    if (!is_one_hot) {
      row_.push_back(is_known ? static_cast<Real>(found->second) : kMissing);
      return true;
    }
    const std::size_t begin = row_.size();
    row_.insert(row_.end(), encoding_.levels[column].size(), Real{0});
    if (is_known) row_[begin + found->second] = 1;
    return true;
  }

  bool read_number(const CsvRecord& record, std::size_t column, Real& number) {
    const std::string& cell = record.cells[column];
    const std::optional<Real> found = number_of(cell);
    if (!found) {
      add_problem(record, column, ErrorCode::kCsvNotANumber,
                  {{"value", excerpt(cell)}, {"column", excerpt(table_.names[column])}});
    }
    number = found.value_or(kMissing);
    return found.has_value();
  }

  void add_problem(const CsvRecord& record, std::size_t column, ErrorCode code, ErrorParams params) {
    result_.problems.push_back(
        {.line = record.line, .column = static_cast<int>(column) + 1, .code = code, .params = std::move(params)});
  }

  const CellTable& table_;
  const TableEncoding& encoding_;
  EncodedTable result_;
  std::vector<Places> places_;  // (columns of the table): of classes and levels
  // The row being read.
  std::vector<Real> row_;
  std::vector<std::size_t> unknown_;
  std::int32_t label_ = 0;
  Real value_ = 0;
};

}  // namespace

TableEncoding learn_encoding(const CellTable& table, const Schema& schema, std::span<const std::int32_t> rows) {
  check_schema(table, schema);
  check_rows(table, rows);
  TableEncoding encoding{.schema = schema};
  encoding.levels.resize(table.names.size());
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    const ColumnSpec& spec = schema.columns[c];
    if (spec.role == ColumnRole::kTarget && schema.task == Task::kClassification) {
      encoding.classes = classes_of(table, c);
    }
    if (spec.role != ColumnRole::kFeature) continue;
    if (spec.kind != ColumnKind::kCategorical) {
      if (spec.kind == ColumnKind::kOrdinal) encoding.levels[c] = spec.levels;
      encoding.columns.push_back(spec.name);
      continue;
    }
    encoding.levels[c] = levels_of(table, c, rows);
    encoding.groups.push_back({.name = spec.name,
                               .begin = static_cast<Index>(encoding.columns.size()),
                               .size = static_cast<Index>(encoding.levels[c].size()),
                               .embedding = spec.embedding});
    for (const std::string& level : encoding.levels[c]) encoding.columns.push_back(spec.name + "=" + level);
  }
  if (encoding.columns.empty()) throw table_refusal(ErrorCode::kCsvNoFeatures);
  if (encoding.columns.size() > static_cast<std::size_t>(kMaxColumns)) {
    throw table_refusal(ErrorCode::kCsvTooManyColumns,
                        {{"value", std::to_string(encoding.columns.size())}, {"max", std::to_string(kMaxColumns)}});
  }
  return encoding;
}

EncodedTable encode_table(const CellTable& table, const TableEncoding& encoding) {
  check_schema(table, encoding.schema);
  return Encoder(table, encoding).encode();
}

Index hide_unseen_levels(Dataset& data, std::span<const std::int32_t> rows) {
  Index hidden = 0;
  for (Index c = 0; c < data.width(); ++c) {
    const auto is_seen = [&](std::int32_t row) { return data.row(row)[static_cast<std::size_t>(c)] > 0; };
    if (!data.is_level(c) || std::any_of(rows.begin(), rows.end(), is_seen)) continue;
    for (Index i = 0; i < data.rows(); ++i) {
      Real& value = data.features[static_cast<std::size_t>(i * data.width() + c)];
      if (!(value > 0)) continue;
      value = 0;
      ++hidden;
    }
  }
  return hidden;
}

}  // namespace athanor
