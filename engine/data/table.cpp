#include "engine/data/table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

#include "engine/data/cells.h"

namespace athanor {
namespace {

class TableReader {
 public:
  TableReader(std::string_view csv, std::string_view target) : target_name_(target) {
    CellTable cells = read_cells(csv);
    table_.problems = std::move(cells.problems);
    records_ = std::move(cells.records);
    for (std::string& name : cells.names) table_.columns.push_back({.name = std::move(name)});
  }

  Table read() {
    find_kinds();
    const std::size_t target = find_target();
    assign_roles(target);
    read_rows(target);
    std::stable_sort(table_.problems.begin(), table_.problems.end(),
                     [](const RowProblem& a, const RowProblem& b) { return a.line < b.line; });
    return std::move(table_);
  }

 private:
  /// A column holds numbers when most of its cells do: then a stray word is a broken row, not a text column.
  void find_kinds() {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      Index numbers = 0;
      Index words = 0;
      for (const CsvRecord& record : records_) {
        if (is_missing(record.cells[c])) {
          ++table_.columns[c].missing;
        } else {
          ++(number_of(record.cells[c]) ? numbers : words);
        }
      }
      table_.columns[c].is_number = numbers > words;
    }
  }

  [[nodiscard]] std::size_t distinct_values(std::size_t column, bool whole_numbers_only) const {
    std::set<std::string_view> values;
    for (const CsvRecord& record : records_) {
      const std::string& cell = record.cells[column];
      if (is_missing(cell)) continue;
      if (whole_numbers_only) {
        const std::optional<Real> number = number_of(cell);
        if (number && *number != std::floor(*number)) return std::numeric_limits<std::size_t>::max();
      }
      values.insert(cell);
      if (values.size() > 1000) break;  // far beyond any limit; the exact number no longer matters
    }
    return values.size();
  }

  [[nodiscard]] std::size_t find_target() const {
    if (!target_name_.empty()) {
      const auto found = std::find_if(table_.columns.begin(), table_.columns.end(),
                                      [&](const ColumnReport& column) { return column.name == target_name_; });
      if (found == table_.columns.end()) {
        throw table_refusal(ErrorCode::kCsvNoSuchColumn, {{"column", excerpt(target_name_)}});
      }
      return static_cast<std::size_t>(found - table_.columns.begin());
    }
    for (std::size_t c = table_.columns.size(); c-- > 0;) {
      const std::size_t values = distinct_values(c, false);
      if (!table_.columns[c].is_number && values >= 2 && values <= kMaxClasses) return c;
    }
    for (std::size_t c = table_.columns.size(); c-- > 0;) {
      const std::size_t values = distinct_values(c, true);
      if (values >= 2 && values <= kMaxClasses) return c;
    }
    throw table_refusal(ErrorCode::kCsvNoTarget);
  }

  void assign_roles(std::size_t target) {
    const std::size_t values = distinct_values(target, false);
    if (values < 2 || values > kMaxClasses) {
      throw table_refusal(ErrorCode::kCsvTargetClasses, {{"column", excerpt(table_.columns[target].name)},
                                                         {"value", std::to_string(values)},
                                                         {"max", std::to_string(kMaxClasses)}});
    }
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      ColumnReport& column = table_.columns[c];
      if (c == target) {
        column.role = ColumnRole::kTarget;
      } else if (column.is_number) {
        column.role = ColumnRole::kFeature;
        table_.data.columns.push_back(column.name);
      }
    }
    if (table_.data.columns.empty()) throw table_refusal(ErrorCode::kCsvNoFeatures);
  }

  void read_rows(std::size_t target) {
    std::vector<std::pair<std::vector<Real>, std::string>> good;
    for (const CsvRecord& record : records_) {
      std::vector<Real> values;
      if (read_values(record, target, values)) good.emplace_back(std::move(values), record.cells[target]);
    }
    Dataset& data = table_.data;
    // Classes in the order of their names, so that shuffling the rows of the file changes no label. Whole numbers sort
    // as numbers.
    std::set<std::string> names;
    for (const auto& [values, label] : good) names.insert(label);
    data.classes.assign(names.begin(), names.end());
    if (table_.columns[target].is_number) {
      std::stable_sort(data.classes.begin(), data.classes.end(), [](const std::string& a, const std::string& b) {
        return number_of(a).value_or(0) < number_of(b).value_or(0);
      });
    }
    std::unordered_map<std::string_view, std::int32_t> label_of;
    for (const std::string& name : data.classes) {
      label_of.emplace(name, static_cast<std::int32_t>(label_of.size()));
    }
    for (const auto& [values, label] : good) data.append(values, label_of.at(label));
  }

  bool read_values(const CsvRecord& record, std::size_t target, std::vector<Real>& values) {
    for (std::size_t c = 0; c < record.cells.size(); ++c) {
      const std::string& cell = record.cells[c];
      const ColumnReport& column = table_.columns[c];
      const int position = static_cast<int>(c) + 1;
      if (c == target) {
        if (!is_missing(cell)) continue;
        add_problem(record.line, position, ErrorCode::kCsvEmptyLabel, {{"column", excerpt(column.name)}});
        return false;
      }
      if (column.role != ColumnRole::kFeature) continue;
      const std::optional<Real> number = number_of(cell);
      if (!number && !is_missing(cell)) {
        add_problem(record.line, position, ErrorCode::kCsvNotANumber,
                    {{"value", excerpt(cell)}, {"column", excerpt(column.name)}});
        return false;
      }
      values.push_back(number.value_or(std::numeric_limits<Real>::quiet_NaN()));
    }
    return true;
  }

  void add_problem(int line, int column, ErrorCode code, ErrorParams params) {
    table_.problems.push_back({.line = line, .column = column, .code = code, .params = std::move(params)});
  }

  std::string target_name_;
  std::vector<CsvRecord> records_;
  Table table_;
};

}  // namespace

Table read_table(std::string_view csv, std::string_view target) {
  try {
    return TableReader(csv, target).read();
  } catch (const Error& error) {
    Table refused;
    refused.error = error;
    return refused;
  }
}

}  // namespace athanor
