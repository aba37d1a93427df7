// Typed errors: a code, the place it happened (document path, stage or op) and the values a message needs. The code and
// the values let any front end phrase the sentence in its own language; what() is the English one.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace athanor {

enum class ErrorCode : std::uint8_t {
  kBadJson,
  kUnknownField,
  kWrongType,
  kOutOfRange,
  kNotAChoice,
  kTooLong,
  kUnsupportedVersion,
  kSplitTooSmall,
  kCsvTooLarge,
  kCsvEmpty,
  kCsvNoTarget,
  kCsvNoFeatures,
  kCsvTargetClasses,
  kCsvNoSuchColumn,
  kCsvDuplicateColumn,
  kCsvTooManyRows,
  kCsvTooManyColumns,
  kCsvCellCount,
  kCsvNotANumber,
  kCsvUnclosedQuote,
  kCsvBadQuote,
  kCsvEmptyLabel,
  kCsvEmptyTarget,
  kCsvTooManyLevels,
  kTooFewRows,
  kTooFewClasses,
  kNotFinite,
  kMemoryLimit,
  kBadCheckpoint,
  kBadFlowchart,
  kShapeMismatch,
  kResidualSize,
  kNotHidden,
  kLastNeuron,
  kResidualEdge,
  kBadInput,
  kInternal,
};
inline constexpr int kErrorCodeCount = static_cast<int>(ErrorCode::kInternal) + 1;

/// Named values of a message, in the order they were given.
using ErrorParams = std::vector<std::pair<std::string, std::string>>;

/// The code's stable name, e.g. "out_of_range": what documents, bindings and message catalogues use.
[[nodiscard]] std::string_view error_name(ErrorCode code);

/// The English sentence of a code, its parameters as `{name}`.
[[nodiscard]] std::string_view error_template(ErrorCode code);

/// The English sentence for a code with `{name}` replaced by the value of that parameter.
[[nodiscard]] std::string error_sentence(ErrorCode code, const ErrorParams& params);

/// Text of a number for messages: shortest form that reads back the same, no trailing zeros.
[[nodiscard]] std::string number_text(double value);

/// `text` cut to a length fit for a message, with an ellipsis; never cuts a UTF-8 sequence in two.
[[nodiscard]] std::string excerpt(std::string_view text);

class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string place, ErrorParams params = {});

  [[nodiscard]] ErrorCode code() const { return code_; }
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] const ErrorParams& params() const { return params_; }

 private:
  ErrorCode code_;
  std::string place_;
  ErrorParams params_;
};

/// kOutOfRange at the document's field `path`: its value and what is allowed, in the words of every such message.
[[nodiscard]] Error out_of_range(std::string_view path, double value, double min, double max);

/// Throws it for a value that is not within `min` and `max`; NaN is not.
void check_range(std::string_view path, double value, double min, double max);

/// kNotAChoice at the document's field `path`: its value, as a message shows it, and the names that are allowed.
[[nodiscard]] Error not_a_choice(std::string_view path, std::string value, std::span<const std::string_view> names);

/// Throws kInternal when a condition that the engine itself guarantees does not hold.
void ensure(bool condition, const char* detail);

}  // namespace athanor
