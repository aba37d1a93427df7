"""PyTorch's side of the benchmark: answers the questions of tests/bench/host.mjs, with one thread.

Idiomatic eager code: modules of torch.nn, autograd, torch.optim. Matrices come as (in, out).
"""

import json
import math
import os
import re
import sys
import time

# Read by the library of matrix products while it is loaded, which has threads of its own; kernels of an older processor,
# if somebody asked for them, would make it slower than it is.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

# isort: split
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)


def tensor(values, shape):
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


class Mlp(nn.Module):
    def __init__(self, workload, weights):
        super().__init__()
        sizes = workload["sizes"]
        activation = nn.Tanh if workload["activation"] == "tanh" else nn.ReLU
        layers = []
        for fan_in, units in zip(sizes, sizes[1:]):
            layers += [nn.Linear(fan_in, units), activation()]
        self.layers = nn.Sequential(*layers[:-1])
        linear = [layer for layer in self.layers if isinstance(layer, nn.Linear)]
        for i, layer in enumerate(linear):
            name = f"layers.{i}" if i + 1 < len(linear) else "output"
            load_linear(layer, weights, name)
        self.is_classifier = workload["loss"] == "cross_entropy"

    def loss(self, x, t):
        y = self.layers(x)
        if self.is_classifier:
            return F.cross_entropy(y, t)
        return ((y - t) ** 2).sum(1).mean()


class Cnn(nn.Module):
    def __init__(self, workload, weights):
        super().__init__()
        first, second = workload["channels"]
        self.side = workload["side"]
        self.conv = nn.ModuleList([nn.Conv2d(1, first, 3, padding=1), nn.Conv2d(first, second, 3, padding=1)])
        for i, layer in enumerate(self.conv):
            layer.weight.data.copy_(weights[f"conv.{i}.weight"])
            layer.bias.data.copy_(weights[f"conv.{i}.bias"])
        self.output = nn.Linear(second * (self.side // 4) ** 2, workload["classes"])
        load_linear(self.output, weights, "output")

    def loss(self, x, t):
        x = x.reshape(-1, 1, self.side, self.side)
        for layer in self.conv:
            x = F.max_pool2d(F.relu(layer(x)), 2)
        return F.cross_entropy(self.output(x.flatten(1)), t)


class Block(nn.Module):
    def __init__(self, workload, weights, name):
        super().__init__()
        width = workload["width"]
        self.heads = workload["heads"]
        self.norm1 = load_norm(nn.LayerNorm(width), weights, f"{name}.norm1")
        self.query_key_value = load_linear(nn.Linear(width, 3 * width), weights, f"{name}.query_key_value")
        self.projection = load_linear(nn.Linear(width, width), weights, f"{name}.projection")
        self.norm2 = load_norm(nn.LayerNorm(width), weights, f"{name}.norm2")
        self.expand = load_linear(nn.Linear(width, 4 * width), weights, f"{name}.expand")
        self.shrink = load_linear(nn.Linear(4 * width, width), weights, f"{name}.shrink")

    def forward(self, x, mask):
        batch, context, width = x.shape
        parts = self.query_key_value(self.norm1(x)).split(width, dim=2)
        q, k, v = (part.view(batch, context, self.heads, -1).transpose(1, 2) for part in parts)
        scores = (q @ k.transpose(2, 3)) / math.sqrt(width // self.heads)
        mixed = scores.masked_fill(mask, float("-inf")).softmax(3) @ v
        x = x + self.projection(mixed.transpose(1, 2).reshape(batch, context, width))
        return x + self.shrink(F.gelu(self.expand(self.norm2(x))))


class Gpt(nn.Module):
    def __init__(self, workload, weights):
        super().__init__()
        self.tokens = nn.Parameter(weights["tokens.weight"].clone())
        self.positions = nn.Parameter(weights["positions.weight"].clone())
        names = [f"blocks.{i}" for i in range(workload["layers"])]
        self.blocks = nn.ModuleList([Block(workload, weights, name) for name in names])
        self.norm = load_norm(nn.LayerNorm(workload["width"]), weights, "norm")
        self.output = nn.Parameter(weights["output.weight"].clone())
        context = workload["context"]
        self.mask = torch.ones(context, context, dtype=torch.bool).triu(1)

    def loss(self, x, t):
        hidden = F.embedding(x.long(), self.tokens) + self.positions
        for block in self.blocks:
            hidden = block(hidden, self.mask)
        logits = self.norm(hidden) @ self.output
        return F.cross_entropy(logits.flatten(0, 1), t.flatten())


def load_linear(layer, weights, name):
    layer.weight.data.copy_(weights[f"{name}.weight"].t())
    layer.bias.data.copy_(weights[f"{name}.bias"])
    return layer


def load_norm(layer, weights, name):
    layer.weight.data.copy_(weights[f"{name}.gain"])
    layer.bias.data.copy_(weights[f"{name}.bias"])
    return layer


class Training:
    def __init__(self, content):
        workload = content["workload"]
        weights = {w["name"]: tensor(w["values"], w["shape"]) for w in content["weights"]}
        data = content["data"]
        rows, batch = workload["rows"], workload["batch"]
        x = tensor(data["features"], (rows, data["width"]))
        t = tensor(data["targets"], (rows, data["outputs"]))
        if workload["kind"] == "gpt":
            t = t.long()
        elif workload.get("loss") != "squared_error":
            t = t.argmax(1)  # classes, as its loss likes them best
        self.batches = list(zip(x.split(batch), t.split(batch)))
        kinds = {"mlp": Mlp, "cnn": Cnn, "gpt": Gpt}
        self.model = kinds[workload["kind"]](workload, weights)
        rate = workload["learning_rate"]
        if workload["kind"] == "gpt":
            matrices = [p for p in self.model.parameters() if p.dim() > 1]
            others = [p for p in self.model.parameters() if p.dim() == 1]
            groups = [{"params": matrices}, {"params": others, "weight_decay": 0.0}]
            self.optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=workload["weight_decay"])
        else:
            self.optimizer = torch.optim.Adam(self.model.parameters(), lr=rate)
        self.count = 0

    def step(self):
        x, t = self.batches[self.count % len(self.batches)]
        self.count += 1
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model.loss(x, t)
        loss.backward()
        self.optimizer.step()
        return loss

    def check(self, steps):
        return {"losses": [self.step().item() for _ in range(steps)]}

    def run(self, steps):
        started = time.perf_counter()
        for _ in range(steps):
            self.step()
        return time.perf_counter() - started


class Kernel:
    def __init__(self, content):
        workload = content["workload"]
        operands = content["operands"]
        if workload["kind"] == "gemm":
            m, n, k = workload["m"], workload["n"], workload["k"]
            a = tensor(operands["a"], (k, m) if workload["transpose_a"] else (m, k))
            b = tensor(operands["b"], (n, k) if workload["transpose_b"] else (k, n))
            a = a.t() if workload["transpose_a"] else a
            b = b.t() if workload["transpose_b"] else b
            self.call = lambda: torch.mm(a, b)
        else:
            x = tensor(operands["a"], (workload["rows"], workload["columns"]))
            functions = {"softmax": lambda: torch.softmax(x, 1), "gelu": lambda: F.gelu(x)}
            self.call = functions.get(workload["op"]) or (lambda f: lambda: f(x))(getattr(torch, workload["op"]))

    def run(self, steps):
        started = time.perf_counter()
        with torch.no_grad():
            for _ in range(steps):
                self.call()
        return time.perf_counter() - started


def products_by():
    """The library that multiplies matrices: as a distribution installs PyTorch it may be the plain reference, which is
    thirty times slower than the others."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = {line.split()[-1] for line in maps if re.search(r"blas|blis|mkl_", line)}
    for name in ("openblas", "blis", "mkl", "atlas"):
        if any(name in file for file in files):
            return name
    return "the reference BLAS" if files else "what it brings itself"


runner = None


def prepare(question):
    global runner
    runner = None
    with open(question["file"], encoding="utf-8") as file:
        content = json.load(file)
    kind = content["workload"]["kind"]
    if kind == "peak":
        return {"cannot": "it is about another library"}
    runner = Training(content) if kind in ("mlp", "cnn", "gpt") else Kernel(content)
    return {"remark": f"PyTorch {torch.__version__} multiplies matrices by {products_by()}"}


def answer(question):
    if question["ask"] == "prepare":
        return prepare(question)
    if question["ask"] == "check":
        return runner.check(question["steps"])
    return {"steps": question["steps"], "seconds": runner.run(question["steps"])}


for line in sys.stdin:
    cpu, started = time.process_time(), time.perf_counter()
    try:
        result = answer(json.loads(line))
        result["cores"] = (time.process_time() - cpu) / (time.perf_counter() - started)
    except Exception as error:  # whatever it is, the suite is told and goes on without this one
        result = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(result), flush=True)
