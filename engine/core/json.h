// The JSON type of documents and reports: members keep the order they were written in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/core/json_memory.h"

namespace athanor {

/// nlohmann::ordered_json with an allocator of its own (json_memory.h).
using Json = nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t, std::uint64_t,
                                  double, JsonAllocator>;

}  // namespace athanor
// NOLINTBEGIN(readability-identifier-naming, readability-convert-member-functions-to-static): as std::allocator has it
/// What the library takes apart values over.
template <>
struct std::allocator<athanor::Json> {
  using value_type = athanor::Json;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using propagate_on_container_move_assignment = std::true_type;

  allocator() = default;
  template <typename U>
  allocator(const std::allocator<U>& /*other*/) noexcept {}  // NOLINT(google-explicit-constructor): as the library's

  [[nodiscard]] athanor::Json* allocate(std::size_t count) {
    return static_cast<athanor::Json*>(athanor::take_json_stack(count * sizeof(athanor::Json)));
  }
  void deallocate(athanor::Json* block, std::size_t /*count*/) noexcept { athanor::give_back_json_stack(block); }
  template <typename U>
  bool operator==(const std::allocator<U>& /*other*/) const noexcept {
    return true;
  }
};
// NOLINTEND(readability-identifier-naming, readability-convert-member-functions-to-static)
namespace athanor {

struct JsonMember {
  std::string_view name;
  mutable Json value;  // moved out of the list it is written in
};

/// An object with these members. The library's own nested lists make more code of it, which a person waits for when the
/// page opens.
[[nodiscard]] Json json_object(std::initializer_list<JsonMember> members);

/// JSON has no NaN and no infinity: null stands for them, and for what is not there.
[[nodiscard]] Json finite_or_null(double value);
[[nodiscard]] Json finite_or_null(const std::optional<double>& value);

/// Whether it is this text. For the library's own == a string is made of the text, in a function that must not throw:
/// without memory for it the program would end.
[[nodiscard]] bool is_text(const Json& value, std::string_view text);

/// What parse_json_text throws for text whose objects and lists are nested more deeply than it was allowed.
struct JsonTooDeep {};

/// The library's parser with a limit of depth, so that no text can exhaust the stack; the outermost value has depth 1.
/// Takes time in proportion to the text. Throws Json::parse_error, Json::out_of_range, JsonTooDeep. One function, for
/// the parser is made anew for every kind of text it is given.
[[nodiscard]] Json parse_json_text(std::string_view text, int most_depth);

}  // namespace athanor
