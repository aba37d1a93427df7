// Every allocation of what a session does fails once: the session says so and can be used on, with the same bits as one
// that never lacked memory.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "engine/experiment/presets.h"
#include "engine/pipeline/footprint.h"
#include "tests/support/fail_each.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

std::string towns_csv() {
  std::string csv = "town,x,k\n";
  const std::array<const char*, 3> towns{"Rome", "Bern", "Oslo"};
  for (int i = 0; i < 24; ++i) {
    csv += std::string(towns[static_cast<std::size_t>(i) % 3]) + "," + std::to_string(i * 5 % 17) +
           (i % 2 == 0 ? ",a\n" : ",b\n");
  }
  return csv;
}

/// A table with an embedded category, norms, a residual edge, dropout.
Json rich_document() {
  return complete(table_document(
      towns_csv(),
      {{"data.table.columns", Json::array({{{"name", "town"}, {"embedding", 2}}})},
       {"model.layers", Json::array({{{"units", 4}, {"norm", "batch"}},
                                     {{"units", 4}, {"norm", "layer"}, {"residual", "1"}, {"dropout", 0.2}}})},
       {"training.batch_size", 8},
       {"training.average", 0.9},
       {"done.max_epochs", 3}}));
}

/// Rows of 255 features and 20 classes: with the class no table has more columns.
std::string widest_csv(int rows) {
  constexpr int kColumns = 255;
  std::string csv = "k";
  for (int c = 0; c < kColumns; ++c) csv += ",c" + std::to_string(c);
  for (int i = 0; i < rows; ++i) {
    csv += "\nk" + std::to_string(i % 20);
    for (int c = 0; c < kColumns; ++c) csv += "," + std::to_string(c == 0 ? i : i * (c + 3) % 10);
  }
  return csv;
}

struct View {
  const char* name;
  std::function<void(Session&)> look;
};

const std::vector<View>& views() {
  static const std::vector<View> kAll{
      {"grid", [](Session& s) { (void)s.grid(5, 0, 1); }},
      {"neuron_maps", [](Session& s) { (void)s.neuron_maps(5, 0, 1); }},
      {"histograms", [](Session& s) { (void)s.histograms(7); }},
      {"next_step", [](Session& s) { (void)s.next_step(); }},
      {"step_trace", [](Session& s) { (void)s.step_trace({.layer = 1, .unit = 1}); }},
      {"measures of train", [](Session& s) { (void)s.measures(Part::kTrain); }},
      {"measures of validation", [](Session& s) { (void)s.measures(Part::kValidation); }},
      {"points", [](Session& s) { (void)s.points(0, 1); }},
      {"axes", [](Session& s) { (void)s.axes(); }},
      {"predict", [](Session& s) { (void)s.predict(std::vector<Real>(s.pipeline().run().spec.columns * 3, 1)); }},
      {"losses", [](Session& s) { (void)s.losses(); }},
      {"loss_log", [](Session& s) { (void)s.loss_log(1); }},
      {"history", [](Session& s) { (void)history_rows(s, 0); }},
  };
  return kAll;
}

std::vector<Real> end_of(Session& session) {
  finish(session);
  return parameters_of(session);
}

/// A run that has trained a batch beyond the first epoch.
Session started(const Json& document) {
  Session session(document);
  session.step_epoch();
  session.step_batch();
  return session;
}

/// Looks with every allocation failing once; then goes on to the end, which must be that of a run nobody looked at.
void check_view(const Json& document, const View& view) {
  INFO(view.name);
  Session plain = started(document);
  Session watched = started(document);
  const std::vector<Real> before = parameters_of(watched);
  const auto check_unchanged = [&] { REQUIRE(parameters_of(watched) == before); };
  const int failures = fail_each([&] { view.look(watched); }, check_unchanged, check_unchanged);
  CHECK(failures > 0);
  CHECK(end_of(watched) == end_of(plain));
}

}  // namespace

TEST_CASE("memory that runs out while a session is looked at changes nothing of the run") {
  for (const Json& document : {quick_document({{"data.generator", "ripple"}}), rich_document()}) {
    for (const View& view : views()) check_view(document, view);
  }
  Json neuron = with_field(preset_document(find_preset("neuron"), ""), "done.max_epochs", 2);
  neuron = with_field(neuron, "data.samples", 10);
  check_view(neuron, {"neuron_step", [](Session& s) { (void)s.neuron_step(); }});
}

TEST_CASE("memory that runs out while a session runs: what is not failed goes on, what is failed starts anew") {
  for (const Json& document : {quick_document({{"data.samples", 20}, {"done.max_epochs", 2}}), rich_document()}) {
    INFO(document.dump());
    Session whole(document);
    const std::vector<Real> expected = end_of(whole);
    const std::vector<Real> losses = whole.losses();
    Session session(document);
    int failed = 0;
    const int failures = fail_each([&] { finish(session); },
                                   [&] {
                                     if (session.pipeline().failure()) {
                                       REQUIRE(session.pipeline().failure()->code() == ErrorCode::kMemoryLimit);
                                       REQUIRE(session.advance(1e6, 1000) == 0);
                                       session.rewind();
                                       ++failed;
                                     }
                                     REQUIRE(end_of(session) == expected);
                                     REQUIRE(session.losses() == losses);
                                     session.rewind();
                                   },
                                   [&] {
                                     REQUIRE(parameters_of(session) == expected);
                                     session.rewind();
                                   });
    CHECK(failures > 200);
    CHECK(failed > 200);
    CHECK(parameters_of(session) == expected);
  }
}

TEST_CASE("memory that runs out while a session is built leaves nothing behind, and the next one is whole") {
  for (const Json& document : {quick_document({{"data.samples", 20}, {"done.max_epochs", 2}}), rich_document()}) {
    INFO(document.dump());
    Session whole(document);
    const std::vector<Real> expected = end_of(whole);
    int checks = 0;
    const int failures = fail_each([&] { const Session session(document); },
                                   [&] {
                                     if (++checks % 100 != 0) return;
                                     Session next(document);
                                     REQUIRE(end_of(next) == expected);
                                   },
                                   [] {});
    CHECK(failures > 500);
    CHECK(checks > failures / 2);  // where JSON is given back the reserve steps in and nothing is thrown
  }
}

TEST_CASE("memory that runs out while a document is read, completed or changed leaves it as it was") {
  const Json document = rich_document();
  const std::string text = document.dump();
  const auto check_whole = [&] { REQUIRE(document.dump() == text); };
  CHECK(fail_each([&] { (void)parse_json(text); }, check_whole, check_whole) > 200);
  CHECK(fail_each([&] { (void)validate(document); }, check_whole, check_whole) > 100);
  CHECK(fail_each([&] { (void)complete(document); }, check_whole, check_whole) > 100);
  CHECK(fail_each([&] { (void)with_field(document, "model.layers[1].units", 4); }, check_whole, check_whole) > 100);
}

TEST_CASE("memory that runs out while a checkpoint is taken or restored leaves the session as it was") {
  const Json document = rich_document();
  Session session = started(document);
  Session plain = started(document);
  const std::vector<Real> before = parameters_of(session);
  const std::vector<std::uint8_t> bytes = session.checkpoint();
  const auto check_unchanged = [&] { REQUIRE(parameters_of(session) == before); };
  CHECK(fail_each([&] { (void)session.checkpoint(); }, check_unchanged, check_unchanged) > 200);
  CHECK(fail_each([&] { (void)Session::restore(bytes); }, [] {}, [] {}) > 500);
  const std::vector<Real> expected = end_of(plain);
  CHECK(end_of(*Session::restore(bytes)) == expected);
  CHECK(end_of(session) == expected);
}

TEST_CASE("memory that runs out while a session starts anew leaves the run and its document as they were") {
  const Json document = rich_document();
  const auto changed = [&] {
    Session session = started(document);
    session.set("seed", 99);
    return session;
  };
  Session session = changed();
  const std::vector<Real> before = parameters_of(session);
  const std::vector<std::uint8_t> bytes = session.checkpoint();
  const int failures =
      fail_each([&] { session.rewind(); },
                [&] {
                  REQUIRE(parameters_of(session) == before);
                  REQUIRE(session.is_restart_needed());
                  REQUIRE(session.document().at("seed") == 99);
                  REQUIRE(bare_status(session) == bare_status(*Session::restore(session.checkpoint())));
                  REQUIRE(parameters_of(*Session::restore(session.checkpoint())) == before);
                },
                [&] { session = changed(); });
  CHECK(failures > 100);
  Session fresh(with_field(document, "seed", 99));
  CHECK(end_of(session) == end_of(fresh));
  CHECK(end_of(*Session::restore(bytes)) != end_of(fresh));
}

TEST_CASE("memory that runs out while a field is set leaves the run and its document as they were") {
  const Json document = rich_document();
  for (const auto& [path, value] : std::initializer_list<std::pair<const char*, Json>>{
           {"training.learning_rate", 0.5}, {"training.optimizer", "muon"}, {"seed", 3}}) {
    INFO(path);
    Session session = started(document);
    const std::vector<Real> before = parameters_of(session);
    const int failures = fail_each([&, field = path, next = value] { (void)session.set(field, next); },
                                   [&] {
                                     REQUIRE(parameters_of(session) == before);
                                     REQUIRE(session.document() == document);
                                     REQUIRE_FALSE(session.is_restart_needed());
                                   },
                                   [&] { session = started(document); });
    CHECK(failures > 200);
    Session plain = started(document);
    (void)plain.set(path, value);
    CHECK(session.document() == plain.document());
    CHECK(end_of(session) == end_of(plain));
  }
}

TEST_CASE("the largest network a document may ask for runs within the limit of memory") {
  // No document asks for more than this one: of all norms and activations these need the most between forward and
  // backward pass, and every block that can be asked for is. That is 181 MB in float, 361 MB in double, so that nobody
  // is refused. What a refusal looks like is in pipeline/trainer_test.cpp.
  Json layers = Json::array();
  for (int k = 0; k < 8; ++k) {
    layers.push_back({{"units", 512}, {"activation", "sigmoid"}, {"norm", "batch"}, {"dropout", 0.5}});
    if (k > 0) layers.back()["residual"] = std::to_string(k);
  }
  const Json document = complete(table_document(widest_csv(3400), {{"model.layers", layers},
                                                                   {"training.optimizer", "muon"},
                                                                   {"training.batch_size", 1024},
                                                                   {"training.average", 0.9},
                                                                   {"training.accumulate", 2},
                                                                   {"done.restore_best", true}}));
  Session session(document);
  session.step_batch();
  const std::size_t taken = session.pipeline().run().trainer->memory_bytes();
  CHECK(taken > 21 * (kMaxRunBytes / 64) * sizeof(Real) / sizeof(float));
  CHECK(taken <= kMaxRunBytes);
}
