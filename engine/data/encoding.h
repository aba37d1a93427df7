// Numbers out of cells: how each column of a table becomes columns of a data set.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/data/schema.h"

namespace athanor {

/// How the values of a table become numbers.
///
/// Learned from the rows given, which should be the training part: the levels of categorical features. A level that
/// only held-out rows have is unknown to the model, as it would be in use; taking it in would also tell that it exists.
/// Taken from the whole table: the classes, for a class that only held-out rows have must still be counted against the
/// model and needs an output; and the order of ordinal features, which the schema states.
struct TableEncoding {
  Schema schema;
  std::vector<std::vector<std::string>> levels;  // (columns of the table): of ordinal and categorical features
  std::vector<std::string> classes;              // empty for regression
  std::vector<std::string> columns;              // of the data set; "city=Rome" for a level of a categorical feature
  std::vector<LevelGroup> groups;                // likewise
};

struct EncodedTable {
  Dataset data;
  std::vector<std::int32_t> records;  // (rows): position among the table's records. Which rows can be read does not
                                      // depend on the rows learned from: encode, split, learn from the training part's
                                      // records, encode again, and the rows are the same
  std::vector<RowProblem> problems;   // the table's and those of rows left out here, by line
  std::vector<Index> unknown;         // (columns of the table): cells with a level that was not learned
};

/// `rows` are positions among the table's records. Levels and classes come in the order of their names, whole numbers
/// in that of their values. Throws, besides what check_schema does, at "data.table": kCsvTooManyLevels for a
/// categorical feature with more than kMaxLevels, kCsvTargetClasses unless there are 2 to kMaxClasses,
/// kCsvTooManyColumns when more than kMaxColumns would be made, kCsvNoFeatures when none; kBadInput at
/// "data.table.rows" for a row that is none.
[[nodiscard]] TableEncoding learn_encoding(const CellTable& table, const Schema& schema,
                                           std::span<const std::int32_t> rows);

/// Encodes every row that can be read. Left out with a problem: rows with a word in a numeric feature or target, and
/// rows without a target. Missing values become NaN, for a categorical feature in all its columns, so that cleaning can
/// drop the row or fill in each level's share. An unknown level is zero in all its columns; an ordinal value that has
/// no place in the order becomes NaN.
[[nodiscard]] EncodedTable encode_table(const CellTable& table, const TableEncoding& encoding);

/// Where the levels were learned before the rows were divided: sets to 0, in all rows, the column of every level that
/// none of `rows` has, which makes it as unknown as it would be in use. Returns how many values were set.
Index hide_unseen_levels(Dataset& data, std::span<const std::int32_t> rows);

}  // namespace athanor
