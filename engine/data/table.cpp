#include "engine/data/table.h"

#include <numeric>
#include <utility>

#include "engine/core/catching.h"
#include "engine/data/cells.h"
#include "engine/data/encoding.h"

namespace athanor {
namespace {

std::vector<ColumnReport> report_columns(const CellTable& cells, const TableEncoding& encoding) {
  std::vector<ColumnReport> reports;
  for (std::size_t c = 0; c < cells.names.size(); ++c) {
    const ColumnSpec& spec = encoding.schema.columns[c];
    Index missing = 0;
    for (const CsvRecord& record : cells.records) missing += is_missing(record.cells[c]) ? 1 : 0;
    reports.push_back({.name = cells.names[c],
                       .role = spec.role,
                       .kind = spec.kind,
                       .levels = encoding.levels[c],
                       .missing = missing});
  }
  return reports;
}

/// A class that only broken rows have is none.
void drop_empty_classes(Dataset& data) {
  std::vector<Index> counts(data.classes.size(), 0);
  for (const std::int32_t label : data.labels) ++counts[static_cast<std::size_t>(label)];
  std::vector<std::string> kept;
  std::vector<std::int32_t> label_of;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    label_of.push_back(static_cast<std::int32_t>(kept.size()));
    if (counts[k] > 0) kept.push_back(std::move(data.classes[k]));
  }
  for (std::int32_t& label : data.labels) label = label_of[static_cast<std::size_t>(label)];
  data.classes = std::move(kept);
}

Table read(std::string_view csv, const TableChoices& choices) {
  const CellTable cells = read_cells(csv);
  const Schema schema = guess_schema(cells, choices.target, choices.task, choices.columns);
  std::vector<std::int32_t> all(cells.records.size());
  std::iota(all.begin(), all.end(), 0);
  const TableEncoding encoding = learn_encoding(cells, schema, all);
  EncodedTable encoded = encode_table(cells, encoding);
  if (schema.task == Task::kClassification) drop_empty_classes(encoded.data);
  return {.data = std::move(encoded.data),
          .columns = report_columns(cells, encoding),
          .problems = std::move(encoded.problems),
          .error = {}};
}

}  // namespace

ATHANOR_CATCHES Table read_table(std::string_view csv, const TableChoices& choices) {
  try {
    return read(csv, choices);
  } catch (const Error& error) {
    Table refused;
    refused.error = error;
    return refused;
  }
}

}  // namespace athanor
