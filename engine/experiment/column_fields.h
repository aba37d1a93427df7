// Rows of the field table: what a document can say of one column of a table.
#pragma once

#include <array>

#include "engine/experiment/field_setters.h"

namespace athanor::rows {

/// A feature or nothing; the target is chosen by its name in data.table.target.
inline constexpr std::array<std::string_view, 3> kColumnRoles{"auto", "feature", "ignored"};
inline constexpr auto kColumnKinds = with_first("auto", kColumnKindNames);

inline void set_column_role(ColumnChoice& target, const FieldValue& value) {
  if (value.number > 0) target.role = value.number == 1 ? ColumnRole::kFeature : ColumnRole::kIgnored;
}

inline void set_column_kind(ColumnChoice& target, const FieldValue& value) {
  if (value.number > 0) target.kind = static_cast<ColumnKind>(value.number - 1);
}

inline constexpr std::array kColumnFields{
    ColumnField{.path = "name",
                .type = FieldType::kText,
                .max = 200,
                .set = set_text<&ColumnChoice::name>,
                .meaning = "which column is meant"},
    ColumnField{.path = "role",
                .type = FieldType::kChoice,
                .choices = kColumnRoles,
                .set = set_column_role,
                .meaning = "whether the column is learnt from"},
    ColumnField{.path = "kind",
                .type = FieldType::kChoice,
                .choices = kColumnKinds,
                .set = set_column_kind,
                .meaning = "numeric: its numbers; ordinal: the positions of its texts in their order; categorical: a "
                           "column of 0 and 1 for each of its texts"},
    ColumnField{.path = "order",
                .type = FieldType::kText,
                .max = 4096,
                .set = set_text<&ColumnChoice::order>,
                .meaning = "of an ordinal column: its texts from the smallest on, with | between; empty: by the "
                           "numbers they hold, else by name"},
    ColumnField{.path = "embedding",
                .type = FieldType::kInteger,
                .max = static_cast<double>(kMaxEmbedding),
                .set = set_number<&ColumnChoice::embedding>,
                .meaning = "of a categorical column: how many trained numbers stand for each of its texts; 0: the "
                           "columns of 0 and 1 go into the network as they are"},
};

}  // namespace athanor::rows
