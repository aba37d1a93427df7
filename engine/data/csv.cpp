#include "engine/data/csv.h"

#include <algorithm>
#include <utility>

namespace athanor {
namespace {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  CsvText read() {
    while (at_ < text_.size()) read_record();
    return std::move(result_);
  }

 private:
  void read_record() {
    CsvRecord record{.line = line_, .cells = {}};
    bool is_good = true;
    for (bool more = true; more;) {
      std::string cell;
      if (peek() == '"') {
        const int given_up = given_up_;
        is_good = read_quoted(cell, record, is_good);
        if (given_up_ != given_up) return;  // the reader already stands on the next line
      } else {
        cell = read_plain();
      }
      record.cells.push_back(std::move(cell));
      more = peek() == ',';
      if (more) ++at_;
    }
    end_line();
    const bool is_blank = record.cells.size() == 1 && record.cells[0].empty();
    if (is_good && !is_blank) result_.records.push_back(std::move(record));
  }

  std::string read_plain() {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string_view cell = text_.substr(at_, end - at_);
    at_ = end;
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
    return std::string(cell);
  }

  /// Reads a quoted cell; what follows its closing quote up to the next comma makes the record bad. Only the first
  /// problem of a record is told.
  bool read_quoted(std::string& cell, const CsvRecord& record, bool is_good) {
    const std::size_t opening = at_;
    const int opening_line = line_;
    ++at_;
    for (;; ++at_) {
      if (at_ >= text_.size()) {
        // Everything after a forgotten quote would be swallowed: give the line up and go on below it.
        problem(record, ErrorCode::kCsvUnclosedQuote, is_good);
        at_ = std::min(text_.find('\n', opening), text_.size());
        line_ = opening_line;
        end_line();
        ++given_up_;
        return false;
      }
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        ++at_;
      }
      cell += text_[at_];
    }
    ++at_;
    if (!read_plain().empty()) {
      problem(record, ErrorCode::kCsvBadQuote, is_good);
      return false;
    }
    return is_good;
  }

  void problem(const CsvRecord& record, ErrorCode code, bool is_first) {
    if (!is_first) return;
    result_.problems.push_back(
        {.line = record.line, .column = static_cast<int>(record.cells.size()) + 1, .code = code, .params = {}});
  }

  void end_line() {
    if (peek() == '\r') ++at_;
    if (peek() == '\n') ++at_;
    ++line_;
  }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int given_up_ = 0;  // records left because a quote was never closed
  CsvText result_;
};

}  // namespace

CsvText read_csv(std::string_view text) { return CsvReader(text).read(); }

}  // namespace athanor
