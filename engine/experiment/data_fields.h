// Rows of the field table: where the rows come from and what the stages before training do with them.
#pragma once

#include <array>

#include "engine/data/table.h"
#include "engine/experiment/field_setters.h"

namespace athanor::rows {

inline constexpr std::array<std::string_view, 2> kSourceNames{"generator", "table"};
inline constexpr std::array<std::string_view, 2> kMissingNames{"drop", "mean"};
inline constexpr std::array<std::string_view, 2> kDuplicateNames{"drop", "keep"};
inline constexpr std::array<std::string_view, 10> kWithClasses{
    "blobs", "spirals", "overlap", "stretched", "rings", "quantiles", "pinwheel", "stripes", "roll", "squares"};
inline constexpr double kMostSeed = 4294967295.0;

inline constexpr std::array kDataFields{
    Field{.path = "seed",
          .type = FieldType::kInteger,
          .initial = 7,
          .max = kMostSeed,
          .set = set_number<&E::seed>,
          .meaning = "start of every random number: data, split, initial weights, shuffling, dropout"},
    Field{.path = "data.source",
          .type = FieldType::kChoice,
          .choices = kSourceNames,
          .set = set_number<&E::source>,
          .meaning = "where the rows come from: a generator or a table"},
    Field{.path = "data.generator",
          .type = FieldType::kChoice,
          .initial = static_cast<double>(Generator::kSpirals),
          .choices = kGeneratorNames,
          .set = set_number<&E::generator>,
          .meaning = "the shape that points are drawn from, or the function their values follow"},
    Field{.path = "data.samples",
          .type = FieldType::kInteger,
          .initial = 400,
          .min = 10,
          .max = 20000,
          .scale = Scale::kLog,
          .set = set_number<&E::samples>,
          .meaning = "how many points the generator draws"},
    Field{.path = "data.noise",
          .type = FieldType::kNumber,
          .initial = 0.1,
          .max = 1,
          .set = set_number<&E::noise>,
          .meaning =
              "how far points stray from their shape, or values from their function: standard deviation in fifths "
              "of the half width"},
    Field{.path = "data.classes",
          .type = FieldType::kInteger,
          .initial = 2,
          .min = 2,
          .max = 5,
          .when = {.path = "data.generator", .choices = kWithClasses},
          .set = set_number<&E::classes>,
          .meaning = "number of classes of the shapes that can have more than two: blobs, spiral arms, rings, …"},
    Field{.path = "data.first_share",
          .type = FieldType::kNumber,
          .max = kMostFirstShare,
          .set = set_number<&E::first_share>,
          .meaning = "share of the first class among the points drawn, from 0.05; 0: all classes are equally frequent"},
    Field{.path = "data.table.name",
          .type = FieldType::kText,
          .max = 200,
          .set = set_text<&E::table_name>,
          .meaning = "name of the table, for display"},
    Field{.path = "data.table.csv",
          .type = FieldType::kText,
          .max = static_cast<double>(kMaxCsvBytes),
          .set = set_text<&E::table_csv>,
          .meaning = "the table as comma-separated values with a header line"},
    Field{.path = "data.table.target",
          .type = FieldType::kText,
          .max = 200,
          .set = set_text<&E::table_target>,
          .meaning = "name of the column that holds the class; empty: found by itself"},
    Field{.path = "prepare.scaling",
          .type = FieldType::kChoice,
          .choices = kScalingNames,
          .set = set_number<&E::scaling>,
          .meaning = "how columns are brought to a common size, by statistics of the training part: standard (mean 0, "
                     "deviation 1), none, min_max (0 to 1), robust (median 0, interquartile range 1)"},
    Field{.path = "prepare.target_scaling",
          .type = FieldType::kChoice,
          .choices = kScalingNames,
          .set = set_number<&E::target_scaling>,
          .meaning =
              "where real values are learnt: how they are brought to a common size, likewise; the loss is in these "
              "units, all other measures in those of the data"},
    Field{.path = "clean.missing",
          .type = FieldType::kChoice,
          .choices = kMissingNames,
          .set = set_number<&E::missing>,
          .meaning = "rows with missing values: drop them, or fill in the mean (robust scaling: the median) of the "
                     "training part"},
    Field{.path = "clean.duplicates",
          .type = FieldType::kChoice,
          .choices = kDuplicateNames,
          .set = set_number<&E::duplicates>,
          .meaning = "rows that equal an earlier row: drop or keep them"},
    Field{.path = "augment.copies",
          .type = FieldType::kInteger,
          .max = 10,
          .set = set_number<&E::augment_copies>,
          .meaning = "how many jittered copies of each training row are added"},
    Field{.path = "augment.jitter",
          .type = FieldType::kNumber,
          .initial = 0.05,
          .max = 1,
          .set = set_number<&E::augment_jitter>,
          .meaning = "how far copies move, in standard deviations of each column"},
    Field{.path = "split.validation",
          .type = FieldType::kNumber,
          .initial = 0.2,
          .max = 0.8,
          .set = set_number<&E::split_validation>,
          .meaning = "share of the rows that evaluate the model during training"},
    Field{.path = "split.test",
          .type = FieldType::kNumber,
          .initial = 0.2,
          .max = 0.8,
          .set = set_number<&E::split_test>,
          .meaning = "share of the rows that stay sealed until Finish"},
    Field{.path = "split.stratified",
          .type = FieldType::kBoolean,
          .initial = 1,
          .max = 1,
          .set = set_number<&E::split_stratified>,
          .meaning = "divide every class in the same proportions"},
};

}  // namespace athanor::rows
