#include "engine/data/generators.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <set>

#include "tests/support/refusals.h"

using namespace athanor;
using namespace athanor::testing;

namespace {

constexpr double kTurn = 2 * std::numbers::pi;

double x_of(const Dataset& data, Index i) { return static_cast<double>(data.row(i)[0]); }
double y_of(const Dataset& data, Index i) { return static_cast<double>(data.row(i)[1]); }
double radius_of(const Dataset& data, Index i) { return std::hypot(x_of(data, i), y_of(data, i)); }
std::int32_t label_of(const Dataset& data, Index i) { return data.labels[static_cast<std::size_t>(i)]; }

Dataset noiseless(Generator generator, Index classes = 2, Index samples = 1000) {
  return generate({.generator = generator, .samples = samples, .noise = 0, .classes = classes, .seed = 11});
}

std::vector<Generator> generators_of(Task task) {
  std::vector<Generator> found;
  for (std::size_t g = 0; g < kGeneratorCount; ++g) {
    const auto generator = static_cast<Generator>(g);
    if (generator_info(generator).task == task) found.push_back(generator);
  }
  return found;
}

std::vector<Index> class_counts(const Dataset& data) {
  std::vector<Index> counts(data.classes.size(), 0);
  for (const std::int32_t label : data.labels) ++counts.at(static_cast<std::size_t>(label));
  return counts;
}

/// Distance of two angles on the circle.
double turn_distance(double a, double b) {
  const double distance = std::abs(std::remainder(a - b, kTurn));
  return distance;
}

}  // namespace

TEST_CASE("every generator draws the count asked for, classes balanced, points about the unit square") {
  for (const Generator generator : generators_of(Task::kClassification)) {
    for (const Index samples : {10, 401, 1000}) {
      INFO(generator_info(generator).name << " with " << samples);
      const Dataset data =
          generate({.generator = generator, .samples = samples, .noise = 0.1, .classes = 2, .seed = 3});
      REQUIRE(data.rows() == samples);
      CHECK(data.columns == std::vector<std::string>{"x1", "x2"});
      CHECK(data.classes == std::vector<std::string>{"0", "1"});
      CHECK(data.features.size() == static_cast<std::size_t>(2 * samples));
      const std::vector<Index> counts = class_counts(data);
      CHECK(std::abs(counts[0] - counts[1]) <= 1);
      for (Index i = 0; i < samples; ++i) {
        REQUIRE(data.origins[static_cast<std::size_t>(i)] == i);
        REQUIRE(data.is_copy[static_cast<std::size_t>(i)] == 0);
        REQUIRE(std::abs(x_of(data, i)) < 1.3);
        REQUIRE(std::abs(y_of(data, i)) < 1.3);
      }
    }
  }
}

TEST_CASE("points fill their square: no generator leaves it nearly empty") {
  for (const Generator generator : generators_of(Task::kClassification)) {
    INFO(generator_info(generator).name);
    const Dataset data = noiseless(generator);
    for (std::size_t column : {0U, 1U}) {
      double low = 0;
      double high = 0;
      for (Index i = 0; i < data.rows(); ++i) {
        low = std::min(low, static_cast<double>(data.row(i)[column]));
        high = std::max(high, static_cast<double>(data.row(i)[column]));
      }
      CHECK(high - low > 1.2);
    }
  }
}

TEST_CASE("the same seed draws the same bits, another seed other points") {
  for (const Generator generator : generators_of(Task::kClassification)) {
    INFO(generator_info(generator).name);
    const GeneratorSettings settings{.generator = generator, .samples = 100, .noise = 0.3, .seed = 5};
    GeneratorSettings other = settings;
    other.seed = 6;
    CHECK(generate(settings).features == generate(settings).features);
    CHECK(generate(settings).features != generate(other).features);
  }
}

TEST_CASE("noise moves points in proportion and draws no others") {
  for (const Generator generator : generators_of(Task::kClassification)) {
    INFO(generator_info(generator).name);
    const auto with_noise = [&](double noise) {
      return generate({.generator = generator, .samples = 500, .noise = noise, .seed = 8});
    };
    const Dataset still = with_noise(0);
    const Dataset moved = with_noise(0.1);
    const Dataset far = with_noise(1);
    CHECK(still.labels == moved.labels);
    double squares = 0;
    for (std::size_t i = 0; i < still.features.size(); ++i) {
      const auto move = static_cast<double>(moved.features[i] - still.features[i]);
      const auto far_move = static_cast<double>(far.features[i] - still.features[i]);
      REQUIRE(std::abs(far_move - 10 * move) < 1e-5);
      squares += move * move;
    }
    // A noise of 0.1 is a deviation of 0.02; a thousand draws know it to a few per cent.
    CHECK(std::abs(std::sqrt(squares / static_cast<double>(still.features.size())) - 0.02) < 0.002);
  }
}

TEST_CASE("XOR: opposite quadrants share a class, all four are used, none touches an axis") {
  const Dataset data = noiseless(Generator::kXor);
  std::array<int, 4> quadrants{};
  for (Index i = 0; i < data.rows(); ++i) {
    const bool same_sign = (x_of(data, i) > 0) == (y_of(data, i) > 0);
    REQUIRE(same_sign == (label_of(data, i) == 0));
    REQUIRE(std::min(std::abs(x_of(data, i)), std::abs(y_of(data, i))) >= 0.049);
    ++quadrants[(x_of(data, i) > 0 ? 1U : 0U) + (y_of(data, i) > 0 ? 2U : 0U)];
  }
  for (const int count : quadrants) CHECK(count > 200);
}

TEST_CASE("circles: a disc and a ring with a gap between them, all around") {
  const Dataset data = noiseless(Generator::kCircles);
  std::array<int, 8> sectors{};
  for (Index i = 0; i < data.rows(); ++i) {
    if (label_of(data, i) == 0) {
      REQUIRE(radius_of(data, i) <= 0.451);
    } else {
      REQUIRE(radius_of(data, i) >= 0.649);
      REQUIRE(radius_of(data, i) <= 1.001);
      const double turn = std::atan2(y_of(data, i), x_of(data, i)) / kTurn + 0.5;
      ++sectors[std::min<std::size_t>(static_cast<std::size_t>(turn * 8), 7)];
    }
  }
  for (const int count : sectors) CHECK(count > 30);
}

TEST_CASE("moons: two half circles that interleave") {
  const Dataset data = noiseless(Generator::kMoons);
  for (Index i = 0; i < data.rows(); ++i) {
    // Back to the half circles of scikit-learn's make_moons.
    const double x = x_of(data, i) / 0.62 + 0.5;
    const double y = y_of(data, i) / 0.9 + 0.25;
    if (label_of(data, i) == 0) {
      REQUIRE(std::abs(std::hypot(x, y) - 1) < 1e-5);
      REQUIRE(y > -1e-5);
    } else {
      REQUIRE(std::abs(std::hypot(x - 1, y - 0.5) - 1) < 1e-5);
      REQUIRE(y < 0.5 + 1e-5);
    }
  }
}

TEST_CASE("checkerboard: four by four squares, neighbours differ, all sixteen are used") {
  const Dataset data = noiseless(Generator::kCheckerboard);
  std::array<int, 16> squares{};
  for (Index i = 0; i < data.rows(); ++i) {
    const auto column = static_cast<int>(std::floor((x_of(data, i) + 1) * 2));
    const auto row = static_cast<int>(std::floor((y_of(data, i) + 1) * 2));
    REQUIRE(column >= 0);
    REQUIRE(column < 4);
    REQUIRE(row >= 0);
    REQUIRE(row < 4);
    REQUIRE((row + column) % 2 == label_of(data, i));
    ++squares[static_cast<std::size_t>(row * 4 + column)];
  }
  for (const int count : squares) CHECK(count > 30);
}

TEST_CASE("blobs: every class has a centre of its own, and points keep near it") {
  for (Index classes = 2; classes <= 5; ++classes) {
    const Dataset data = noiseless(Generator::kBlobs, classes);
    REQUIRE(data.classes.size() == static_cast<std::size_t>(classes));
    const std::vector<Index> counts = class_counts(data);
    CHECK(*std::max_element(counts.begin(), counts.end()) - *std::min_element(counts.begin(), counts.end()) <= 1);
    std::vector<double> x(counts.size(), 0);
    std::vector<double> y(counts.size(), 0);
    for (Index i = 0; i < data.rows(); ++i) {
      const auto label = static_cast<std::size_t>(label_of(data, i));
      x[label] += x_of(data, i) / static_cast<double>(counts[label]);
      y[label] += y_of(data, i) / static_cast<double>(counts[label]);
    }
    for (std::size_t a = 0; a < counts.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) CHECK(std::hypot(x[a] - x[b], y[a] - y[b]) > 0.6);
    }
    for (Index i = 0; i < data.rows(); ++i) {
      const auto label = static_cast<std::size_t>(label_of(data, i));
      REQUIRE(std::hypot(x_of(data, i) - x[label], y_of(data, i) - y[label]) < 0.12 * 5);
    }
  }
}

TEST_CASE("spirals: two to five arms, each the first one turned by its share of a full turn") {
  for (Index arms = 2; arms <= 5; ++arms) {
    const Dataset data = noiseless(Generator::kSpirals, arms, 200 * arms);
    REQUIRE(data.classes.size() == static_cast<std::size_t>(arms));
    double least = 1;
    double most = 0;
    for (Index i = 0; i < data.rows(); ++i) {
      const double radius = radius_of(data, i);
      const double along = (radius - 0.06) / 0.94;
      const double start = static_cast<double>(label_of(data, i)) / static_cast<double>(arms);
      const double angle = kTurn * (start + along * 2 / static_cast<double>(arms));
      REQUIRE(turn_distance(std::atan2(y_of(data, i), x_of(data, i)), angle) < 1e-4);
      least = std::min(least, radius);
      most = std::max(most, radius);
    }
    CHECK(least < 0.1);
    CHECK(most > 0.95);
  }
}

TEST_CASE("shapes of two classes have two whatever number is asked for") {
  for (const Generator generator :
       {Generator::kXor, Generator::kCircles, Generator::kMoons, Generator::kCheckerboard}) {
    CHECK(noiseless(generator, 5).classes.size() == 2);
  }
}

TEST_CASE("the table names each generator once, with at least twelve shapes and both kinds of surfaces") {
  std::set<std::string_view> names;
  Index lines = 0;
  Index planes = 0;
  for (std::size_t g = 0; g < kGeneratorCount; ++g) {
    const GeneratorInfo& info = generator_info(static_cast<Generator>(g));
    INFO(info.name);
    CHECK(names.insert(info.name).second);
    CHECK(info.meaning.size() > 20);
    if (info.task == Task::kClassification) {
      CHECK(info.dimensions == 2);
      CHECK(info.least_classes == 2);
      CHECK((info.most_classes == 2 || info.most_classes == 5));
    } else {
      CHECK(info.most_classes == 0);
      ++(info.dimensions == 1 ? lines : planes);
    }
  }
  CHECK(generators_of(Task::kClassification).size() >= 12);
  CHECK(planes >= 6);
  CHECK(lines >= 6);
}

TEST_CASE("every generator of any number of classes draws two to five in the square, as many of each") {
  for (const Generator generator : generators_of(Task::kClassification)) {
    if (generator_info(generator).most_classes == 2) continue;
    for (Index classes = 2; classes <= 5; ++classes) {
      INFO(generator_info(generator).name << " with " << classes);
      const Dataset data = noiseless(generator, classes, 1003);
      const std::vector<Index> counts = class_counts(data);
      REQUIRE(counts.size() == static_cast<std::size_t>(classes));
      CHECK(*std::max_element(counts.begin(), counts.end()) - *std::min_element(counts.begin(), counts.end()) <= 1);
      for (Index i = 0; i < data.rows(); ++i) REQUIRE(std::max(std::abs(x_of(data, i)), std::abs(y_of(data, i))) < 1.3);
    }
  }
}

TEST_CASE("classes that do not overlap can be told from the nearest neighbour when there is no noise") {
  for (const Generator generator : generators_of(Task::kClassification)) {
    const Dataset data = noiseless(generator, generator_info(generator).most_classes, 1500);
    int wrong = 0;
    for (Index i = 0; i < data.rows(); ++i) {
      double nearest = 100;
      std::int32_t label = -1;
      for (Index j = 0; j < data.rows(); ++j) {
        const double distance = std::hypot(x_of(data, i) - x_of(data, j), y_of(data, i) - y_of(data, j));
        if (j == i || distance >= nearest) continue;
        nearest = distance;
        label = label_of(data, j);
      }
      if (label != label_of(data, i)) ++wrong;
    }
    INFO(generator_info(generator).name << ": " << wrong);
    if (generator == Generator::kOverlap) {
      CHECK(wrong > 300);  // its point
    } else if (generator == Generator::kQuantiles) {
      CHECK(wrong > 10);  // its classes touch
      CHECK(wrong < 300);
    } else {
      CHECK(wrong < 30);
    }
  }
}

TEST_CASE("halves: a line with a margin; overlap: no line gets much past four fifths") {
  const auto right_of = [](Generator generator, double x, double y) {
    const Dataset data = noiseless(generator, 2, 4000);
    double right = 0;
    for (Index i = 0; i < data.rows(); ++i) {
      right += (x * x_of(data, i) + y * y_of(data, i) > 0) == (label_of(data, i) == 1) ? 1 : 0;
    }
    return right / 4000;
  };
  CHECK(right_of(Generator::kHalves, 0.866, 0.5) == 1);
  CHECK(std::abs(right_of(Generator::kOverlap, -1, -1) - 0.8) < 0.03);
}

TEST_CASE("rings and quantiles: the radius alone tells the class") {
  const Dataset rings = noiseless(Generator::kRings, 3);
  for (Index i = 0; i < rings.rows(); ++i) {
    REQUIRE(static_cast<int>(radius_of(rings, i) * 5) % 3 == label_of(rings, i));
  }
  const Dataset quantiles = noiseless(Generator::kQuantiles, 4);
  for (Index i = 0; i < quantiles.rows(); ++i) {
    const double share = (1 - std::exp(-std::pow(radius_of(quantiles, i) / 0.33, 2) / 2)) / 0.99;
    REQUIRE(std::abs(share * 4 - 0.5 - label_of(quantiles, i)) < 0.501);
  }
}

TEST_CASE("squares: frames by the larger of the two distances from the axes") {
  const Dataset data = noiseless(Generator::kSquares, 5);
  for (Index i = 0; i < data.rows(); ++i) {
    const double size = std::max(std::abs(x_of(data, i)), std::abs(y_of(data, i)));
    REQUIRE(static_cast<std::int32_t>(size * 5) == label_of(data, i));
  }
}

TEST_CASE("yin-yang: halves that half a turn changes for one another, each with a dot of the other class") {
  const Dataset data = noiseless(Generator::kYinYang, 2, 4000);
  std::array<int, 2> dots{};
  int upper_left = 0;
  for (Index i = 0; i < data.rows(); ++i) {
    REQUIRE(radius_of(data, i) <= 1);
    const std::int32_t label = label_of(data, i);
    // The centres of the dots lie half way up and half way down.
    const double upper = std::hypot(x_of(data, i), y_of(data, i) - 0.5);
    const double lower = std::hypot(x_of(data, i), y_of(data, i) + 0.5);
    const bool is_dot = std::min(upper, lower) < 0.17;
    if (is_dot) ++dots[static_cast<std::size_t>(label)];
    if (upper < 0.5) REQUIRE((label == 0) != is_dot);
    if (lower < 0.5) REQUIRE((label == 1) != is_dot);
    if (std::min(upper, lower) >= 0.5) {
      REQUIRE((x_of(data, i) < 0) == (label == 0));
      if (x_of(data, i) < 0 && y_of(data, i) > 0) ++upper_left;
    }
  }
  // Shares of the area, margins left out: 2.2 % for each dot, an eighth for what the half circle leaves of a quarter.
  for (const int count : dots) CHECK(std::abs(count - 87) < 40);
  CHECK(std::abs(upper_left - 500) < 80);
}

TEST_CASE("the share of the first class is exact and spread over the rows; the others share the rest") {
  for (const double share : {0.05, 0.3, 0.5, 0.95}) {
    for (const Index classes : {2, 4}) {
      INFO(share << " of " << classes);
      const Dataset data = generate(
          {.generator = Generator::kBlobs, .samples = 400, .classes = classes, .seed = 1, .first_share = share});
      const std::vector<Index> counts = class_counts(data);
      CHECK(counts[0] == std::lround(share * 400));
      const auto [least, most] = std::minmax_element(counts.begin() + 1, counts.end());
      CHECK(*most - *least <= 1);
      Index first_half = 0;
      for (Index i = 0; i < 200; ++i) first_half += label_of(data, i) == 0 ? 1 : 0;
      CHECK(std::abs(2 * first_half - counts[0]) <= 1);
    }
  }
  // Never none, never all.
  for (const double share : {0.05, 0.95}) {
    const Dataset few = generate({.samples = 3, .seed = 1, .first_share = share});
    CHECK(class_counts(few)[0] >= 1);
    CHECK(class_counts(few)[1] >= 1);
  }
}

TEST_CASE("unset balance draws what it always drew") {
  const Dataset data = generate({.generator = Generator::kMoons, .samples = 7, .seed = 1});
  CHECK(data.labels == std::vector<std::int32_t>{0, 1, 0, 1, 0, 1, 0});
  CHECK(data.task == Task::kClassification);
  CHECK(data.values.empty());
}

TEST_CASE("generators refuse what lies out of range, naming path, value and bounds") {
  const auto check_bad = [](const GeneratorSettings& settings, const std::string& path, const std::string& value,
                            const std::string& min, const std::string& max) {
    check_refusal([&] { (void)generate(settings); }, ErrorCode::kOutOfRange, path,
                  {{"path", path}, {"value", value}, {"min", min}, {"max", max}});
  };
  check_bad({.samples = 0}, "data.samples", "0", "1", "100000");
  check_bad({.samples = 100'001}, "data.samples", "100001", "1", "100000");
  check_bad({.noise = -0.5}, "data.noise", "-0.5", "0", "1");
  check_bad({.noise = std::nan("")}, "data.noise", "NaN", "0", "1");
  check_bad({.classes = 6}, "data.classes", "6", "2", "5");
  check_bad({.classes = 1}, "data.classes", "1", "2", "5");
  check_bad({.first_share = 0.0}, "data.first_share", "0", "0.05", "0.95");
  CHECK(generate({.generator = Generator::kMoons, .classes = 9}).classes.size() == 2);
}
