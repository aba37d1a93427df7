// A small language model.
//
// An implementation has to: look up embeddings of tokens and of positions and add them; in each of four blocks x + attention
// (LayerNorm(x)), causal, four heads, then x + MLP(LayerNorm(x)) with GELU and four times the width; LayerNorm; a linear layer
// without bias to the vocabulary, with weights of its own; cross-entropy of each next token, mean over all; gradients of all
// parameters; AdamW that decays matrices only. Linear layers inside the blocks have biases and LayerNorm has gain and bias,
// which makes 212,480 parameters. Weights come as `weightsOf` gives them (data.mjs), matrices (in, out).

/** @type {import('../workload.mjs').GptWorkload[]} */
export const workloads = [
  {
    kind: 'gpt',
    name: 'gpt',
    title: 'GPT: 4 layers, 4 heads, width 64, context 64, vocabulary 65, batch 16',
    batch: 16,
    rows: 64,
    layers: 4,
    heads: 4,
    width: 64,
    context: 64,
    vocabulary: 65,
    learning_rate: 0.001,
    weight_decay: 0.01,
  },
];
