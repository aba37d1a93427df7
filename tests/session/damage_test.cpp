#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/core/random.h"
#include "tests/support/refusals.h"
#include "tests/support/sessions.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kHeaderStart = 12;  // after the magic and the header's length

std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xEDB88320U : crc >> 1U;
  }
  return ~crc;
}

void fix_checksum(Bytes& bytes) {
  if (bytes.size() < 4) return;
  const std::uint32_t crc = crc32(std::span(bytes).first(bytes.size() - 4));
  std::memcpy(bytes.data() + bytes.size() - 4, &crc, 4);
}

std::string header_of(const Bytes& bytes) {
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + 8, 4);
  return {bytes.begin() + kHeaderStart, bytes.begin() + kHeaderStart + length};
}

/// The same checkpoint with another header, its length and checksum right.
Bytes with_header(const Bytes& bytes, const std::string& header) {
  Bytes changed(bytes.begin(), bytes.begin() + 8);
  const auto length = static_cast<std::uint32_t>(header.size());
  changed.resize(kHeaderStart);
  std::memcpy(changed.data() + 8, &length, 4);
  changed.insert(changed.end(), header.begin(), header.end());
  changed.insert(changed.end(), bytes.begin() + static_cast<std::ptrdiff_t>(kHeaderStart + header_of(bytes).size()),
                 bytes.end());
  fix_checksum(changed);
  return changed;
}

Bytes small_checkpoint(int batches) {
  Session session(quick_document({{"model.layers", Json::array({Json::object({{"units", 2}})})}}));
  for (int i = 0; i < batches; ++i) session.step_batch();
  const Bytes bytes = session.checkpoint();
  // Times differ from run to run; the damage done to the rest must not.
  Json header = Json::parse(header_of(bytes));
  for (Json& tally : header["pipeline"]["tallies"]) tally[1] = 0.5;
  return with_header(bytes, header.dump());
}

/// Restores what may be damaged. Either it is refused with an Error, or there is a session that can be used.
bool is_restored(const Bytes& bytes) {
  std::unique_ptr<Session> session;
  try {
    session = Session::restore(bytes);
  } catch (const Error& error) {
    require_told(error);
    return false;
  }
  try {
    (void)describe_status(*session).dump();
    (void)session->points(0, 1);
    for (int i = 0; i < 3; ++i) session->step_stage();
    session->step_batch();
    // Two epochs are some ten units of work; without a clock, so that what never ends would be seen.
    for (int unit = 0; unit < 20; ++unit) session->advance(0, 1);
    if (session->pipeline().run().trainer) (void)session->grid(3, 0, 1);
    (void)session->checkpoint();
    session->rewind();
    session->step_batch();
  } catch (const Error& error) {
    require_told(error);
  }
  return true;
}

void collect(const Json& value, const Json::json_pointer& at, std::vector<Json::json_pointer>& places) {
  places.push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) collect(member, at / key, places);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], at / i, places);
  }
}

}  // namespace

TEST_CASE("a checkpoint cut off at any length is refused") {
  const Bytes whole = small_checkpoint(5);
  REQUIRE(is_restored(whole));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    INFO("length " << length);
    REQUIRE(code_of([&] { (void)Session::restore(cut); }) == "bad_checkpoint");
    fix_checksum(cut);
    REQUIRE_FALSE(is_restored(cut));
  }
}

TEST_CASE("a flipped bit is noticed by the checksum") {
  const Bytes whole = small_checkpoint(5);
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    Random random(seed, Stream::kGenerate, 55);
    Bytes damaged = whole;
    damaged[random.below(static_cast<std::uint32_t>(damaged.size()))] ^=
        static_cast<std::uint8_t>(1U << random.below(8));
    REQUIRE(code_of([&] { (void)Session::restore(damaged); }) == "bad_checkpoint");
  }
}

TEST_CASE("a flipped bit under a right checksum is refused or leaves a session that can be used") {
  int restored = 0;
  for (const int batches : {0, 5}) {
    const Bytes whole = small_checkpoint(batches);
    for (std::uint32_t seed = 0; seed < 2000; ++seed) {
      INFO(batches << " batches, seed " << seed);
      Random random(seed, Stream::kGenerate, 56);
      Bytes damaged = whole;
      damaged[random.below(static_cast<std::uint32_t>(damaged.size()))] ^=
          static_cast<std::uint8_t>(1U << random.below(8));
      fix_checksum(damaged);
      restored += is_restored(damaged) ? 1 : 0;
    }
  }
  // Weights and curves hold any bits, so both outcomes occur.
  CHECK(restored > 100);
  CHECK(restored < 3900);
}

TEST_CASE("every number of the header replaced by a hostile one is refused or leaves a session that can be used") {
  const std::vector<Json> values{nullptr,
                                 true,
                                 -1,
                                 0,
                                 1,
                                 4,
                                 5,
                                 6,
                                 7,
                                 8,
                                 9,
                                 255,
                                 2147483647,
                                 2147483648,
                                 -2147483648,
                                 9223372036854775807,
                                 std::numeric_limits<std::int64_t>::min(),
                                 18446744073709551615U,
                                 1e300,
                                 -1e300,
                                 0.5,
                                 "NaN",
                                 "Infinity",
                                 "x",
                                 Json::array(),
                                 Json::array({1, 2, 3}),
                                 Json::object()};
  for (const int batches : {0, 1, 3, 5, 10}) {
    const Bytes whole = small_checkpoint(batches);
    const Json header = Json::parse(header_of(whole));
    REQUIRE(is_restored(with_header(whole, header.dump())));
    std::vector<Json::json_pointer> places;
    collect(header.at("pipeline"), Json::json_pointer("/pipeline"), places);
    for (const char* other : {"", "/real", "/document", "/running", "/restartNeeded"}) {
      places.emplace_back(other);
    }
    REQUIRE(places.size() > 30);
    for (const Json::json_pointer& place : places) {
      for (const Json& value : values) {
        Json changed = header;
        changed[place] = value;
        INFO(batches << " batches, " << place.to_string() << " = " << value.dump());
        (void)is_restored(with_header(whole, changed.dump()));
      }
      Json without = header;
      if (place.empty() || !without.at(place.parent_pointer()).is_object()) continue;
      without.at(place.parent_pointer()).erase(place.back());
      INFO(place.to_string() << " left out");
      CHECK_FALSE(is_restored(with_header(whole, without.dump())));
    }
  }
}

TEST_CASE("a stage that does not fit the rest of a checkpoint is refused") {
  const Bytes fresh = small_checkpoint(0);
  const Bytes trained = small_checkpoint(5);
  const auto with_stage = [](const Bytes& bytes, Stage stage) {
    Json header = Json::parse(header_of(bytes));
    header["pipeline"]["stage"] = static_cast<int>(stage);
    return with_header(bytes, header.dump());
  };
  for (const Stage stage : {Stage::kEvaluate, Stage::kOptimise, Stage::kFinish}) {
    INFO("no network, but " << stage_name(stage));
    CHECK(code_of([&] { (void)Session::restore(with_stage(fresh, stage)); }) == "bad_checkpoint");
  }
  for (const Stage stage : {Stage::kPrepare, Stage::kClean, Stage::kAugment, Stage::kSplit}) {
    INFO("a network, but " << stage_name(stage));
    CHECK(code_of([&] { (void)Session::restore(with_stage(trained, stage)); }) == "bad_checkpoint");
  }
}

TEST_CASE("a curve whose epochs are none is refused, one whose losses are no numbers is not") {
  const Bytes whole = small_checkpoint(10);
  // The curves come last before the checksum: so many numbers for each of the three epochs, the epoch first.
  constexpr std::size_t kNumbers = 20;
  constexpr std::size_t kCurves = 3 * kNumbers * sizeof(double);
  const auto with_number = [&](std::size_t position, double value) {
    Bytes changed = whole;
    std::memcpy(changed.data() + changed.size() - 4 - kCurves + position * sizeof(double), &value, sizeof(double));
    fix_checksum(changed);
    return changed;
  };
  REQUIRE(is_restored(with_number(kNumbers, 2)));
  for (const double epoch : {-1.0, 1e300, static_cast<double>(NAN), static_cast<double>(-INFINITY)}) {
    INFO(epoch);
    CHECK(code_of([&] { (void)Session::restore(with_number(kNumbers, epoch)); }) == "bad_checkpoint");
    CHECK(is_restored(with_number(kNumbers + 1, epoch)));
  }
}

TEST_CASE("headers of any size or depth neither exhaust memory nor the stack") {
  const Bytes whole = small_checkpoint(0);
  for (const std::size_t depth : {30U, 1000000U}) {
    const std::string deep = std::string(depth, '[') + std::string(depth, ']');
    CHECK_FALSE(is_restored(with_header(whole, deep)));
    CHECK_FALSE(is_restored(with_header(whole, "{\"real\":4,\"running\":{\"seed\":" + deep + "}}")));
    CHECK_FALSE(is_restored(with_header(whole, "{\"real\":8,\"running\":{\"seed\":" + deep + "}}")));
  }
  Bytes long_header = whole;
  const std::uint32_t most = 0xFFFFFFFFU;
  std::memcpy(long_header.data() + 8, &most, 4);
  fix_checksum(long_header);
  CHECK_FALSE(is_restored(long_header));
  Bytes long_block = whole;
  const std::uint64_t count = std::uint64_t{1} << 61U;  // times eight bytes is nothing in 64 bits
  std::memcpy(long_block.data() + kHeaderStart + header_of(whole).size(), &count, 8);
  fix_checksum(long_block);
  CHECK_FALSE(is_restored(long_block));
  Bytes longer = whole;
  longer.insert(longer.end() - 4, 8, 0);
  fix_checksum(longer);
  CHECK_FALSE(is_restored(longer));
}

TEST_CASE("a checkpoint of the format before, whose curves had no other measures, goes on all the same") {
  Session session(quick_document({{"done.max_epochs", 9}}));
  for (int i = 0; i < 7; ++i) session.step_epoch();
  Bytes bytes = session.checkpoint();
  // The curves come last, before the checksum: of each epoch only the first six numbers are left.
  constexpr std::size_t kNumbers = 20;
  constexpr std::size_t kOlderNumbers = 6;
  const std::size_t start = bytes.size() - 4 - 7 * kNumbers * sizeof(double);
  std::uint64_t count = 0;
  std::memcpy(&count, bytes.data() + start - 8, 8);
  REQUIRE(count == 7 * kNumbers);
  Bytes older(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(start));
  count = 7 * kOlderNumbers;
  std::memcpy(older.data() + start - 8, &count, 8);
  for (std::size_t epoch = 0; epoch < 7; ++epoch) {
    const auto* const record = bytes.data() + start + epoch * kNumbers * sizeof(double);
    older.insert(older.end(), record, record + kOlderNumbers * sizeof(double));
  }
  older.resize(older.size() + 4);
  older[7] = '2';
  fix_checksum(older);
  const std::unique_ptr<Session> restored = Session::restore(older);
  CHECK(history_rows(*restored, 0) == history_rows(session, 0));
  for (const double value : measure_rows(*restored, 0)) CHECK(std::isnan(value));
  session.step_epoch();
  restored->step_epoch();
  CHECK(history_rows(*restored, 7) == history_rows(session, 7));
  CHECK(measure_rows(*restored, 7) == measure_rows(session, 7));
  // The number says how long an epoch is: with another one in front these are no curves.
  older[7] = '3';
  fix_checksum(older);
  CHECK(code_of([&] { (void)Session::restore(older); }) == "bad_checkpoint");
}

TEST_CASE("a checkpoint that does not say which stages were off has them as its settings say") {
  Session session(quick_document({{"optimise.plateau", false}}));
  session.step_epoch();
  session.step_epoch();
  const Bytes whole = session.checkpoint();
  Json header = Json::parse(header_of(whole));
  for (Json& tally : header["pipeline"]["tallies"]) {
    REQUIRE(tally.size() == 3);
    tally.erase(2);
  }
  const std::unique_ptr<Session> restored = Session::restore(with_header(whole, header.dump()));
  CHECK(bare_status(*restored) == bare_status(session));
}
