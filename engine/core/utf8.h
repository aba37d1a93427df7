// Text from outside: whether its bytes are UTF-8, as JSON and everything that shows text take for granted.
#pragma once

#include <string_view>

namespace athanor {

/// Whether all of it is well-formed (Unicode 15, table 3-7): no stray or missing continuation bytes, no sequence longer
/// than needed, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace athanor
