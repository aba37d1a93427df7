#include "engine/core/utf8.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace athanor {
namespace {

/// A kind of sequence: its first byte, how many follow, and the least code point that needs so many.
struct Form {
  std::uint8_t mask;
  std::uint8_t lead;
  std::size_t following;
  std::uint32_t least;
};
constexpr std::array<Form, 3> kForms{{{.mask = 0xE0, .lead = 0xC0, .following = 1, .least = 0x80},
                                      {.mask = 0xF0, .lead = 0xE0, .following = 2, .least = 0x800},
                                      {.mask = 0xF8, .lead = 0xF0, .following = 3, .least = 0x10000}}};

/// Bytes of the sequence that `text` begins with; 0 when it begins with none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  if (byte(0) < 0x80) return 1;
  for (const Form& form : kForms) {
    if ((byte(0) & form.mask) != form.lead) continue;
    if (text.size() <= form.following) return 0;
    std::uint32_t point = byte(0) & static_cast<std::uint8_t>(~form.mask);
    for (std::size_t k = 1; k <= form.following; ++k) {
      if ((byte(k) & 0xC0U) != 0x80U) return 0;
      point = point << 6U | (byte(k) & 0x3FU);
    }
    const bool is_surrogate = point >= 0xD800 && point < 0xE000;
    return point < form.least || is_surrogate || point > 0x10FFFF ? 0 : form.following + 1;
  }
  return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace athanor
