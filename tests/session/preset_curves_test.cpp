// The presets' curves natively: those of the reference build within a tolerance. Its own bits are held by a SHA-256 in
// tests/wasm/reference.test.ts.
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/experiment/presets.h"
#include "tests/support/goldens.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

TEST_CASE("presets: a thousand losses are those of the wasm build within a tolerance") {
  const Json curves = read_golden("losses.json");
  for (const Preset& preset : presets()) {
    INFO(preset.name);
    Json document = preset_document(preset, shipped_table(preset.table));
    document = with_field(document, "done.max_epochs", 100'000);
    Session session(document);
    const Json& expected = curves.at(std::string(preset.name));
    REQUIRE(expected.size() == 100);
    // Where numbers are rounded otherwise, in double or by AVX2 and FMA, the same curves part after a while: their
    // beginnings are compared.
#if defined(ATHANOR_REAL_DOUBLE) || defined(__FMA__)
    constexpr bool kRoundsOtherwise = true;
#else
    constexpr bool kRoundsOtherwise = false;
#endif
    double worst = 0;
    for (std::size_t i = 0; i < (kRoundsOtherwise ? 5 : expected.size()); ++i) {
      for (int step = 0; step < (i == 0 ? 1 : 10); ++step) session.step_batch();
      const double want = expected[i];
      const auto got = static_cast<double>(session.losses().back());
      worst = std::max(worst, std::abs(got - want) / (1e-3 + std::abs(want)));
    }
    CHECK(worst < (kRoundsOtherwise ? 1e-2 : 1e-5));
  }
}
