// Rows of the field table: where the rows come from and what the stages before training do with them.
#pragma once

#include <array>

#include "engine/data/outliers.h"
#include "engine/data/table.h"
#include "engine/experiment/field_setters.h"

namespace athanor::rows {

inline constexpr std::array<std::string_view, 2> kSourceNames{"generator", "table"};
inline constexpr std::array<std::string_view, 2> kMissingNames{"drop", "mean"};
inline constexpr std::array<std::string_view, 2> kDuplicateNames{"drop", "keep"};
inline constexpr std::array<std::string_view, 10> kWithClasses{
    "blobs", "spirals", "overlap", "stretched", "rings", "quantiles", "pinwheel", "stripes", "roll", "squares"};
inline constexpr std::array<std::string_view, 3> kTaskNames{"auto", "classification", "regression"};
inline constexpr auto kOutlierNames = with_first("keep", kOutlierRuleNames);
inline constexpr std::array<std::string_view, 2> kLabelRemedies{"drop", "relabel"};
inline constexpr auto kLabelNames = with_first("keep", kLabelRemedies);
inline constexpr auto kFlipChoices = with_first("none", kFlipNames);
inline constexpr double kMostSeed = 4294967295.0;

inline void set_seed(Experiment& target, const FieldValue& value) {
  target.seed = static_cast<std::uint32_t>(value.number);
  target.split.seed = target.seed;
}

inline void set_task(Experiment& target, const FieldValue& value) {
  target.has_table_task = value.number > 0;
  if (target.has_table_task) target.table_task = static_cast<Task>(value.number - 1);
}

inline void set_flip(Experiment& target, const FieldValue& value) {
  target.augment_flips = value.number > 0;
  if (target.augment_flips) target.augment_flip = static_cast<Flip>(value.number - 1);
}

inline constexpr std::array kDataFields{
    Field{.path = "seed",
          .type = FieldType::kInteger,
          .initial = 7,
          .max = kMostSeed,
          .set = set_seed,
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
          .meaning = "how far points stray from their shape, or values from their function: standard deviation in "
                     "fifths of the half width"},
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
          .first = kLeastFirstShare,
          .set = set_number<&E::first_share>,
          .meaning = "share of the first class among the points drawn, from 0.05; 0: all classes are equally frequent"},
    Field{.path = "data.table.name",
          .type = FieldType::kText,
          .max = 200,
          .effect = Effect::kLive,
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
          .meaning = "name of the column to be learnt; empty: found by itself"},
    Field{.path = "data.table.task",
          .type = FieldType::kChoice,
          .choices = kTaskNames,
          .set = set_task,
          .meaning = "whether the target holds classes or real values; auto: found by itself"},
    Field{.path = "data.table.columns",
          .type = FieldType::kList,
          .max = static_cast<double>(kMaxColumns),
          .set = set_list,
          .meaning = "what is said of single columns; all others are found out by themselves"},
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
          .meaning = "where real values are learnt: how they are brought to a common size, likewise; the loss is in "
                     "these units, all other measures in those of the data"},
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
    Field{.path = "clean.outliers",
          .type = FieldType::kChoice,
          .choices = kOutlierNames,
          .set = set_number<&E::outliers>,
          .meaning = "rows with a value far from the rest of its column: keep them, or drop those beyond the limit by "
                     "z_score (standard deviations from the mean) or interquartile (interquartile ranges outside the "
                     "quartiles), counted over all rows"},
    Field{.path = "clean.outlier_limit",
          .type = FieldType::kNumber,
          .initial = 3,
          .min = 0.5,
          .max = 10,
          .when = {.path = "clean.outliers", .choices = kOutlierRuleNames},
          .set = set_number<&E::outlier_limit>,
          .meaning = "how far is too far: 3 is usual for z_score, 1.5 for interquartile"},
    Field{.path = "clean.labels",
          .type = FieldType::kChoice,
          .choices = kLabelNames,
          .set = set_number<&E::labels>,
          .meaning = "labels that most of the nearest rows contradict: keep them, drop the rows, or give them the "
                     "label of their neighbours; counted over all rows, so that rows that will be held out are judged "
                     "and heard too"},
    Field{.path = "clean.neighbours",
          .type = FieldType::kInteger,
          .initial = 7,
          .min = 1,
          .max = 50,
          .when = {.path = "clean.labels", .choices = kLabelRemedies},
          .set = set_number<&E::label_neighbours>,
          .meaning = "how many nearest rows are asked"},
    Field{.path = "augment.copies",
          .type = FieldType::kInteger,
          .max = static_cast<double>(kMaxCopies),
          .set = set_number<&E::augment_copies>,
          .meaning = "how many copies of each training row are added, of each kind below that is above 0"},
    Field{.path = "augment.jitter",
          .type = FieldType::kNumber,
          .initial = 0.05,
          .max = 1,
          .when = {.path = "augment.copies", .least = 1},
          .set = set_number<&E::augment_jitter>,
          .meaning = "how far copies move, in standard deviations of each column"},
    Field{.path = "augment.rotation",
          .type = FieldType::kNumber,
          .max = 180,
          .when = {.path = "augment.copies", .least = 1},
          .set = set_number<&E::augment_rotation>,
          .meaning = "copies of points turned around the middle by up to so many degrees"},
    Field{.path = "augment.scaling",
          .type = FieldType::kNumber,
          .max = 0.9,
          .when = {.path = "augment.copies", .least = 1},
          .set = set_number<&E::augment_scaling>,
          .meaning = "copies of points stretched away from the middle, or shrunk towards it, by up to this share"},
    Field{.path = "augment.shift",
          .type = FieldType::kNumber,
          .max = 3,
          .when = {.path = "augment.copies", .least = 1},
          .set = set_number<&E::augment_shift>,
          .meaning = "copies of points shifted by up to so many standard deviations of each column"},
    Field{.path = "augment.flip",
          .type = FieldType::kChoice,
          .choices = kFlipChoices,
          .set = set_flip,
          .meaning = "one mirrored copy of every point"},
    Field{.path = "augment.mixing",
          .type = FieldType::kNumber,
          .max = 1,
          .scale = Scale::kLog,
          .first = kLeastMixing,
          .when = {.path = "augment.copies", .least = 1},
          .set = set_number<&E::augment_mixing>,
          .meaning = "mixup: copies that are a mixture of two training rows, their shares from Beta(a, a) with this a, "
                     "from 0.05; the class is that of the larger share; 0 switches it off"},
    Field{.path = "split.validation",
          .type = FieldType::kNumber,
          .initial = 0.2,
          .max = 0.8,
          .set = set_part<&E::split, &SplitSettings::validation>,
          .meaning = "share of the rows that evaluate the model during training"},
    Field{.path = "split.test",
          .type = FieldType::kNumber,
          .initial = 0.2,
          .max = 0.8,
          .set = set_part<&E::split, &SplitSettings::test>,
          .meaning = "share of the rows that stay sealed until Finish"},
    Field{.path = "split.stratified",
          .type = FieldType::kBoolean,
          .initial = 1,
          .max = 1,
          .set = set_part<&E::split, &SplitSettings::stratified>,
          .meaning = "divide every class in the same proportions"},
    Field{.path = "split.folds",
          .type = FieldType::kInteger,
          .max = 20,
          .first = 2,
          .set = set_part<&E::split, &SplitSettings::folds>,
          .meaning = "k-fold cross-validation: into how many parts the rows are divided, each of which is the "
                     "validation part once; from 2, 0 switches it off"},
    Field{.path = "split.fold",
          .type = FieldType::kInteger,
          .initial = 1,
          .min = 1,
          .max = 20,
          .when = {.path = "split.folds", .least = 2},
          .set = set_part<&E::split, &SplitSettings::fold>,
          .meaning = "which of the folds is the validation part, counted from 1"},
};

}  // namespace athanor::rows
