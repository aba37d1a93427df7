// Checks that bad input is refused with a typed error that says where, what and what would be allowed.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "engine/core/error.h"

namespace athanor::testing {

/// What every error of input from outside must be: a kind that a person can act on, at a place. Text that is no JSON
/// has line and column instead, what is no checkpoint has no places.
inline void require_told(const Error& error) {
  INFO(error_name(error.code()) << " at \"" << error.place() << "\": " << error.what());
  REQUIRE(error.code() != ErrorCode::kInternal);
  REQUIRE_FALSE(std::string(error.what()).empty());
  const bool has_places = error.code() != ErrorCode::kBadJson && error.code() != ErrorCode::kBadCheckpoint;
  if (has_places) REQUIRE_FALSE(error.place().empty());
}

template <typename Call>
void check_refusal(const Call& call, ErrorCode code, const std::string& place, const ErrorParams& params) {
  try {
    call();
  } catch (const Error& error) {
    INFO(error.what());
    CHECK(error.code() == code);
    CHECK(error.place() == place);
    CHECK(error.params() == params);
    return;
  }
  FAIL_CHECK("refused, naming " << place);
}

}  // namespace athanor::testing
