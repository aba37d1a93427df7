#include "engine/data/cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>
#include <utility>

#include "engine/data/dataset.h"

namespace athanor {
namespace {

void check_limit(ErrorCode code, std::size_t count, std::size_t max) {
  if (count <= max) return;
  throw table_refusal(code, {{"value", std::to_string(count)}, {"max", std::to_string(max)}});
}

std::vector<std::string> names_of(const std::vector<std::string>& header) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = header[i].empty() ? "column " + std::to_string(i + 1) : header[i];
    if (!seen.insert(name).second) throw table_refusal(ErrorCode::kCsvDuplicateColumn, {{"column", excerpt(name)}});
    names.push_back(name);
  }
  return names;
}

}  // namespace

Error table_refusal(ErrorCode code, ErrorParams params) { return {code, "data.table", std::move(params)}; }

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 8> kWords{"", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"};
  return std::find(kWords.begin(), kWords.end(), cell) != kWords.end();
}

std::optional<Real> number_of(const std::string& cell) {
  // strtod would also take "inf", "nan" and hexadecimals; std::from_chars is not yet there for wasm.
  if (cell.empty() || cell.find_first_not_of("+-.0123456789eE") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (end != cell.c_str() + cell.size()) return std::nullopt;
  if (!std::isfinite(value) || std::abs(value) > static_cast<double>(std::numeric_limits<float>::max())) {
    return std::nullopt;
  }
  return static_cast<Real>(value);
}

CellTable read_cells(std::string_view csv) {
  check_limit(ErrorCode::kCsvTooLarge, csv.size(), kMaxCsvBytes);
  CsvText text = read_csv(csv);
  if (text.records.size() < 2) throw table_refusal(ErrorCode::kCsvEmpty);
  check_limit(ErrorCode::kCsvTooManyColumns, text.records.front().cells.size(), static_cast<std::size_t>(kMaxColumns));
  check_limit(ErrorCode::kCsvTooManyRows, text.records.size() - 1, static_cast<std::size_t>(kMaxRows));
  CellTable table{.names = names_of(text.records.front().cells), .records = {}, .problems = std::move(text.problems)};
  const std::size_t width = table.names.size();
  for (std::size_t i = 1; i < text.records.size(); ++i) {
    CsvRecord& record = text.records[i];
    if (record.cells.size() == width) {
      table.records.push_back(std::move(record));
      continue;
    }
    table.problems.push_back(
        {.line = record.line,
         .column = 0,
         .code = ErrorCode::kCsvCellCount,
         .params = {{"value", std::to_string(record.cells.size())}, {"expected", std::to_string(width)}}});
  }
  if (table.records.empty()) throw table_refusal(ErrorCode::kCsvEmpty);
  return table;
}

}  // namespace athanor
