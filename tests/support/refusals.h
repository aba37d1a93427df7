// Checks that bad input is refused with a typed error that says where, what and what would be allowed.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "engine/core/error.h"

namespace athanor::testing {

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
