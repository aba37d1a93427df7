#include "engine/core/utf8.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "engine/core/catching.h"
#include "engine/core/json.h"

using namespace athanor;

namespace {

ATHANOR_CATCHES bool can_be_written(const std::string& text) {
  try {
    (void)Json(text).dump();
    return true;
  } catch (const Json::type_error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("text is UTF-8 or not as the JSON library has it") {
  // Every pair of bytes, alone and as the beginning of sequences of three and four.
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      for (const char* rest : {"", "\x80", "\x80\x80", "\xBF\xBF", "a", "\x80\x80\x80"}) {
        const std::string text = std::string{static_cast<char>(first), static_cast<char>(second)} + rest;
        if (is_utf8(text) == can_be_written(text)) continue;
        FAIL("bytes " << first << ", " << second << " and " << std::string(rest).size() << " more");
      }
    }
  }
  CHECK(is_utf8(""));
  CHECK(is_utf8("Zürich, 北京, 🜂"));
  for (const char* cut : {"Z\xC3", "\xE5\x8C", "\xF0\x9F\x9C"}) CHECK_FALSE(is_utf8(cut));
}
