// What the columns of a table are and are for: found out from the cells, or said by a person and checked.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/cells.h"
#include "engine/data/dataset.h"

namespace athanor {

enum class ColumnRole : std::uint8_t { kFeature, kTarget, kIgnored };

/// kNumeric: a number per cell. kOrdinal: texts with an order, encoded as their position in it, from 0. kCategorical:
/// texts without one, encoded one-hot.
enum class ColumnKind : std::uint8_t { kNumeric, kOrdinal, kCategorical };
inline constexpr std::array<std::string_view, 3> kColumnKindNames{"numeric", "ordinal", "categorical"};

/// Different values of an ordinal or categorical feature at most: one-hot encoding makes a column of each.
inline constexpr std::size_t kMaxLevels = 64;

struct ColumnSpec {
  std::string name;
  ColumnRole role = ColumnRole::kIgnored;
  ColumnKind kind = ColumnKind::kNumeric;
  std::vector<std::string> levels;  // ordinal: all values, in order; else empty
  Index embedding = 0;              // categorical: see LevelGroup
};

/// The most numbers that a categorical feature can be embedded into.
inline constexpr Index kMaxEmbedding = 16;

/// What a person says of a column; the rest is found out.
struct ColumnChoice {
  std::string name;
  std::optional<ColumnRole> role;  // never kTarget, which is chosen by name
  std::optional<ColumnKind> kind;
  std::string order;    // of an ordinal feature: its values from the smallest on,
                        // with "|" between
  Index embedding = 0;  // of a categorical one: see LevelGroup
};

struct Schema {
  Task task = Task::kClassification;
  std::vector<ColumnSpec> columns;  // one for each column of the table, in its order
};

/// What the columns are, as far as `choices` do not say. Numeric columns are those with more numbers than words. A
/// column of texts is ordinal when each text holds a number, the first numbers all differ and the same text stands
/// before them ("T1", "T2"; "18-25", "26-40", "65+"); else categorical; it is ignored with fewer than 2 or more than
/// kMaxLevels different values. Of a feature that is chosen to be ordinal without an order, the values are ordered
/// likewise, else by name. `target` names the target; when empty it is, for classification, the last text column of 2
/// to kMaxClasses values, else the last one of as many whole numbers; for regression the last numeric column; never one
/// whose role is chosen. Without a task it is what the kind chosen for the target asks for (regression for a numeric
/// one); else classification where that finds a target or the named column can be one, else regression. Throws at
/// "data.table": kCsvNoSuchColumn, kCsvNoTarget, kCsvTargetClasses, kCsvNotANumber (a regression target of words),
/// kCsvNoFeatures; at "data.table.columns[i]": kCsvNoSuchColumn, kCsvDuplicateColumn, kBadInput for an order that
/// leaves out a value and for a role, an order, an embedding of the target or a kind that does not fit its task.
[[nodiscard]] Schema guess_schema(const CellTable& table, std::string_view target, std::optional<Task> task = {},
                                  std::span<const ColumnChoice> choices = {});

/// Throws what is wrong with a schema for this table: kBadInput at "data.table.columns" unless it names the table's
/// columns in order, has one target (numeric for regression) and at least one feature, and its ordinal features have 2
/// to kMaxLevels different levels.
void check_schema(const CellTable& table, const Schema& schema);

}  // namespace athanor
