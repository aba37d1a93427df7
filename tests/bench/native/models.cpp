// A step of the reference models: the engine's graphs, executor and optimiser, with the suite's data and weights.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/core/buffer.h"
#include "engine/models/cnn.h"
#include "engine/models/gpt.h"
#include "engine/optim/step.h"
#include "engine/runtime/executor.h"
#include "engine/runtime/layout.h"
#include "tests/bench/native/work.h"
#include "tests/support/allocations.h"

namespace athanor::bench {
namespace {

using Values = std::vector<Real>;
/// A parameter of the engine's from those of the suite, by their names.
using Source = std::function<Values(const std::map<std::string, Values>&)>;

/// Columns [first, first + count) of a matrix with so many.
Values columns_of(const Values& matrix, std::size_t columns, std::size_t first, std::size_t count) {
  Values out;
  for (std::size_t row = 0; row < matrix.size() / columns; ++row) {
    const auto begin = matrix.begin() + static_cast<std::ptrdiff_t>(row * columns + first);
    out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  return out;
}

/// (first, middle, last) to (middle, last, first): filters with the channels they make first, or the places of an image
/// with its channels first, to what has them last.
Values first_axis_last(const Values& x, std::size_t first) {
  Values out(x.size());
  const std::size_t rest = x.size() / first;
  for (std::size_t i = 0; i < first; ++i) {
    for (std::size_t k = 0; k < rest; ++k) out[k * first + i] = x[i * rest + k];
  }
  return out;
}

/// Each of `count` blocks by itself.
template <typename F>
Values block_by_block(const Values& x, std::size_t count, F f) {
  Values out;
  const auto size = static_cast<std::ptrdiff_t>(x.size() / count);
  for (auto from = x.begin(); from != x.end(); from += size) {
    const Values block = f(Values(from, from + size));
    out.insert(out.end(), block.begin(), block.end());
  }
  return out;
}

Source plain(const std::string& name) {
  return [name](const std::map<std::string, Values>& weights) { return weights.at(name); };
}

/// Filters (out, in, 3, 3) to (3, 3, in, out).
Source filters(const std::string& name, std::size_t in, std::size_t out) {
  return [=](const std::map<std::string, Values>& weights) {
    const Values by_output =
        block_by_block(weights.at(name), out, [in](const Values& one) { return first_axis_last(one, in); });
    return first_axis_last(by_output, out);
  };
}

std::vector<Source> cnn_sources(const Json& workload) {
  const auto first = workload["channels"][0].get<std::size_t>();
  const auto second = workload["channels"][1].get<std::size_t>();
  const auto classes = workload["classes"].get<std::size_t>();
  const auto output = [=](const std::map<std::string, Values>& weights) {
    // (channels, places, classes) to (places, channels, classes)
    const Values& given = weights.at("output.weight");
    const std::size_t places = given.size() / second / classes;
    Values out(given.size());
    for (std::size_t channel = 0; channel < second; ++channel) {
      for (std::size_t place = 0; place < places; ++place) {
        const auto from = given.begin() + static_cast<std::ptrdiff_t>((channel * places + place) * classes);
        std::copy_n(from, classes, out.begin() + static_cast<std::ptrdiff_t>((place * second + channel) * classes));
      }
    }
    return out;
  };
  return {filters("conv.0.weight", 1, first),
          plain("conv.0.bias"),
          filters("conv.1.weight", first, second),
          plain("conv.1.bias"),
          output,
          plain("output.bias")};
}

std::vector<Source> gpt_sources(const Json& workload) {
  const auto width = workload["width"].get<std::size_t>();
  const auto part = [width](const std::string& name, std::size_t first, std::size_t count) {
    return [=](const std::map<std::string, Values>& weights) {
      return columns_of(weights.at(name), 3 * width, first * width, count * width);
    };
  };
  std::vector<Source> sources{plain("tokens.weight"), plain("positions.weight")};
  for (int i = 0; i < workload["layers"].get<int>(); ++i) {
    const std::string name = "blocks." + std::to_string(i) + ".";
    const auto add = [&](const std::string& both) {
      sources.push_back(plain(name + both + ".weight"));
      sources.push_back(plain(name + both + ".bias"));
    };
    const auto add_norm = [&](const std::string& norm) {
      sources.push_back(plain(name + norm + ".gain"));
      sources.push_back(plain(name + norm + ".bias"));
    };
    add_norm("norm1");
    for (const auto& [first, count] : {std::pair(0, 1), std::pair(1, 2)}) {
      sources.emplace_back(part(name + "query_key_value.weight", first, count));
      sources.emplace_back(part(name + "query_key_value.bias", first, count));
    }
    add("projection");
    add_norm("norm2");
    add("expand");
    add("shrink");
  }
  sources.push_back(plain("norm.gain"));
  sources.push_back(plain("norm.bias"));
  sources.push_back(plain("output.weight"));
  return sources;
}

class Model : public Work {
 public:
  Model(TrainingGraph network, const std::vector<Source>& sources, const Json& content, bool has_tokens)
      : network_(std::move(network)),
        batches_(content["workload"]["rows"].get<Index>() / content["workload"]["batch"].get<Index>()),
        inputs_(content["data"]["features"].get<Values>()),
        targets_(content["data"]["targets"].get<Values>()),
        parameters_(network_.graph.parameter_count),
        gradients_(network_.graph.parameter_count),
        slots_(2 * network_.graph.parameter_count) {
    const Json& workload = content["workload"];
    if (has_tokens) targets_ = one_hot(targets_, workload["vocabulary"].get<std::size_t>());
    settings_.optimizer = has_tokens ? Optimizer::kAdamW : Optimizer::kAdam;
    settings_.rule.learning_rate = workload["learning_rate"].get<double>();
    if (has_tokens) settings_.rule.weight_decay = workload["weight_decay"].get<double>();
    std::map<std::string, Values> weights;
    for (const Json& given : content["weights"]) {
      weights[given["name"].get<std::string>()] = initial_values(given);
    }
    for (const Source& source : sources) {
      const Values values = source(weights);
      start_.insert(start_.end(), values.begin(), values.end());
    }
    if (static_cast<Index>(start_.size()) != parameters_.size())
      throw std::invalid_argument("other weights than given");
    std::vector<Placement> placed;
    for (std::size_t i = 0; i < network_.gradients.size(); ++i) {
      placed.push_back(
          {.node = network_.gradients[i], .where = gradients_.data() + network_.graph.parameters[i].offset});
    }
    const std::array<NodeId, 1> kept{network_.loss};
    executor_ = std::make_unique<Executor>(network_.graph, parameters_.data(), kept, placed);
    begin();
  }

  [[nodiscard]] Json check(Index steps) override {
    begin();
    Json losses = Json::array();
    for (Index i = 0; i < steps; ++i) losses.push_back(step());
    return {{"losses", losses}};
  }

  [[nodiscard]] Json memory() const override {
    const auto blocks = static_cast<std::size_t>(4 * network_.graph.parameter_count) * sizeof(Real);
    const std::array<NodeId, 1> kept{network_.loss};
    const std::size_t told = blocks + lay_out(network_.graph, kept, network_.gradients).size.bytes();
    return {{"parameters", network_.graph.parameter_count},
            {"reported_bytes", told},
            {"used_bytes", held_.peak()},
            {"training_bytes", told}};
  }

  void run(Index count) override {
    for (Index i = 0; i < count; ++i) step();
  }

 private:
  static Values one_hot(const Values& labels, std::size_t classes) {
    Values rows(labels.size() * classes);
    for (std::size_t i = 0; i < labels.size(); ++i) rows[i * classes + static_cast<std::size_t>(labels[i])] = 1;
    return rows;
  }

  void begin() {
    std::copy(start_.begin(), start_.end(), parameters_.data());
    std::fill_n(slots_.data(), slots_.size(), Real{0});
    count_ = 0;
  }

  /// Gives the batch to an input.
  void take(const Values& all, NodeId input) {
    const std::span<Real> to = executor_->input(input);
    const auto first = static_cast<std::ptrdiff_t>(to.size()) * (static_cast<Index>(count_) % batches_);
    std::copy_n(all.begin() + first, to.size(), to.begin());
  }

  double step() {
    take(inputs_, network_.inputs);
    take(targets_, network_.targets);
    executor_->run({});
    apply_step({.layout = network_.graph.parameters,
                .parameters = parameters_.span(),
                .gradients = gradients_.span(),
                .slots = slots_.span(),
                .scratch = {}},
               settings_, ++count_);
    return static_cast<double>(executor_->value(network_.loss)[0]);
  }

  testing::HeldBytes held_;  // from before the first block
  TrainingGraph network_;
  Index batches_;
  Values inputs_;
  Values targets_;
  Values start_;
  Buffer parameters_;
  Buffer gradients_;
  Buffer slots_;
  StepSettings settings_;
  std::unique_ptr<Executor> executor_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::unique_ptr<Work> make_cnn(const Json& content) {
  const Json& workload = content["workload"];
  const auto side = workload["side"].get<Index>();
  const CnnSpec spec{.height = side,
                     .width = side,
                     .filters = workload["channels"].get<std::vector<Index>>(),
                     .classes = workload["classes"].get<Index>()};
  return std::make_unique<Model>(training_cnn(spec, workload["batch"].get<Index>()), cnn_sources(workload), content,
                                 false);
}

std::unique_ptr<Work> make_gpt(const Json& content) {
  const Json& workload = content["workload"];
  const GptSpec spec{.vocabulary = workload["vocabulary"].get<Index>(),
                     .context = workload["context"].get<Index>(),
                     .width = workload["width"].get<Index>(),
                     .layers = workload["layers"].get<Index>(),
                     .heads = workload["heads"].get<Index>()};
  return std::make_unique<Model>(training_gpt(spec, workload["batch"].get<Index>()), gpt_sources(workload), content,
                                 true);
}

}  // namespace athanor::bench
