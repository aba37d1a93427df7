// Sessions for tests: quick ones, and what of them must be equal bit for bit.
#pragma once

#include <vector>

#include "engine/session/report.h"
#include "engine/session/session.h"
#include "tests/support/documents.h"

namespace athanor::testing {

/// 40 points of XOR, 24 of them to train on in batches of 10, 10 and 4; three epochs.
inline Json quick_document(const Json& values_by_path = Json::object()) {
  Json document = document_with(
      {{"data.generator", "xor"}, {"data.samples", 40}, {"training.batch_size", 10}, {"done.max_epochs", 3}});
  for (const auto& [path, value] : values_by_path.items()) document = with_field(document, path, value);
  return document;
}

inline Stage stage_of(const Session& session) { return session.pipeline().stage(); }

inline std::uint64_t steps_of(const Session& session) {
  const auto& trainer = session.pipeline().run().trainer;
  return trainer ? trainer->progress().step : 0;
}

inline std::vector<Real> parameters_of(const Session& session) {
  const auto& trainer = session.pipeline().run().trainer;
  if (!trainer) return {};
  return {trainer->parameters().begin(), trainer->parameters().end()};
}

inline void run_to(Session& session, Stage stage) {
  for (int guard = 0; stage_of(session) != stage; ++guard) {
    REQUIRE(guard < 10000);
    session.step_stage();
  }
}

inline void finish(Session& session) {
  while (!session.pipeline().is_finished()) session.advance(1e6, 1000);
}

/// The status without times and without the stages' figures, which a restored run writes anew.
inline Json bare_status(const Session& session) {
  Json status = describe_status(session);
  for (Json& stage : status["stages"]) {
    stage.erase("seconds");
    stage.erase("figures");
  }
  return status;
}

}  // namespace athanor::testing
