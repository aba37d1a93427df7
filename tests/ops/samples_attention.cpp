// Samples of attention, with and without a future to hide, and of normalised rows.
#include "tests/ops/samples.h"

namespace athanor::testing {

void add_attention_samples(std::vector<OpSample>& samples) {
  struct Case {
    Shape q;
    Index keys;
    Index heads;
    bool causal;
  };
  const std::vector<Case> cases{{{1, 1, 1}, 2, 1, false}, {{2, 3, 4}, 3, 2, true}, {{1, 4, 6}, 2, 3, false},
                                {{2, 2, 2}, 5, 1, true},  {{1, 5, 3}, 5, 1, true}, {{2, 3, 4}, 4, 4, false},
                                {{1, 7, 2}, 7, 2, true}};
  for (const Case& c : cases) {
    const Shape kv{c.q[0], c.keys, 2 * c.q[2]};
    const std::string name = " of " + c.q.text() + " and " + kv.text() + ", heads " + std::to_string(c.heads);
    const Attributes how{.causal = c.causal, .length = c.heads};
    samples.push_back(
        {Op::kAttention, {.name = "attention" + name, .inputs = {c.q, kv}, .build = [=](Builder& b, const Nodes& x) {
                            return b.attention(x[0], x[1], how.length, how.causal);
                          }}});
    for (const Op op : {Op::kAttentionQueryGrad, Op::kAttentionKeyGrad}) {
      samples.push_back({op,
                         {.name = "gradient of attention" + name,
                          .inputs = {c.q, kv, c.q},
                          .build = [=](Builder& b, const Nodes& x) { return b.append(op, {x[0], x[1], x[2]}, how); }}});
    }
  }
  // Rows of one value are left out: they become 0, whatever they were.
  for (const Shape& shape :
       {Shape{7}, Shape{3, 4}, Shape{1, 5}, Shape{2, 1, 3}, Shape{2, 3, 1, 5}, Shape{4, 2}, Shape{2, 9}}) {
    samples.push_back({Op::kNormalize,
                       {.name = "normalize of " + shape.text(),
                        .inputs = {shape},
                        .build = [](Builder& b, const Nodes& x) { return b.normalize(x[0], 0.1); }}});
    samples.push_back({Op::kNormalizeGrad,
                       {.name = "normalize_grad of " + shape.text(),
                        .inputs = {shape, shape},
                        .build = [](Builder& b, const Nodes& x) {
                          return b.append(Op::kNormalizeGrad, {x[0], x[1]}, {.value = 0.1});
                        }}});
  }
}

}  // namespace athanor::testing
