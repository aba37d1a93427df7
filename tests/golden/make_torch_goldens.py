#!/usr/bin/python3
"""Makes torch.json: values of ops, optimisers and whole networks as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_goldens.py
Inputs are written beside the results, so that the tests need no generator of their own.
"""
import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.manual_seed(20)


def flat(tensor):
    return tensor.detach().reshape(-1).tolist()


def short(tensor):
    """Numbers with three decimals: the large inputs would fill the file with digits that test nothing."""
    return torch.round(tensor * 1000) / 1000


def tensor_json(tensor):
    return {"shape": list(tensor.shape), "values": flat(tensor)}


def op_case(op, inputs, output, **attributes):
    return {"op": op, "inputs": [tensor_json(t) for t in inputs], "output": tensor_json(output), **attributes}


def op_goldens():
    x, y = torch.randn(3, 4) * 2, torch.randn(3, 4) * 2
    row, column, number = torch.randn(4), torch.randn(3, 1), torch.randn(())
    cases = []
    for op, f in [("add", torch.add), ("subtract", torch.sub), ("multiply", torch.mul), ("divide", torch.div)]:
        for other in (y, row, column, number):
            cases.append(op_case(op, [x, other], f(x, other)))
        cases.append(op_case(op, [row, column], f(row, column)))
    cases.append(op_case("negate", [x], -x))
    cases.append(op_case("square", [x], x * x))
    cases.append(op_case("scale", [x], x * -2.5, value=-2.5))
    extreme = torch.tensor([-90.0, -20.0, -3.0, -1e-4, 0.0, 1e-4, 3.0, 20.0, 90.0])
    for z in (x, extreme):
        cases.append(op_case("sigmoid", [z], torch.sigmoid(z)))
        cases.append(op_case("tanh", [z], torch.tanh(z)))
        cases.append(op_case("relu", [z], torch.relu(z)))
    s, t, dy = torch.sigmoid(x), torch.tanh(x), torch.randn(3, 4)
    cases.append(op_case("sigmoid_grad", [s, dy], dy * s * (1 - s)))
    cases.append(op_case("tanh_grad", [t, dy], dy * (1 - t * t)))
    cases.append(op_case("relu_grad", [torch.relu(x), dy], dy * (x > 0)))
    wide = torch.tensor([[1000.0, 1001.0, 998.0], [-1000.0, -1000.0, -1000.0], [0.0, -80.0, 80.0]])
    for z in (x, wide):
        cases.append(op_case("softmax", [z], F.softmax(z, -1)))
    for transpose_a in (False, True):
        for transpose_b in (False, True):
            for m, k, n in ((3, 5, 2), (7, 300, 19), (13, 20, 70), (1, 1, 1)):
                a = short(torch.randn(k, m) if transpose_a else torch.randn(m, k))
                b = short(torch.randn(n, k) if transpose_b else torch.randn(k, n))
                product = (a.T if transpose_a else a) @ (b.T if transpose_b else b)
                cases.append(op_case("matmul", [a, b], product, transpose_a=transpose_a, transpose_b=transpose_b))
    cube = torch.randn(2, 3, 4)
    for op, f in (("sum", torch.sum), ("mean", torch.mean)):
        for axes in ((0,), (1,), (2,), (0, 2), (0, 1, 2)):
            for keep in (False, True):
                cases.append(op_case(op, [cube], f(cube, dim=axes, keepdim=keep), axes=list(axes), keep_axes=keep))
    cases.append(op_case("broadcast", [column], column.expand(2, 3, 4)))
    cases.append(op_case("reshape", [cube], cube.reshape(4, 6)))
    cases.append(op_case("squared_error", [x, y], F.mse_loss(x, y, reduction="none")))
    targets = torch.rand(3, 4)
    for z in (x, x * 40):
        cases.append(op_case("sigmoid_cross_entropy", [z, targets],
                             F.binary_cross_entropy_with_logits(z, targets, reduction="none")))
    soft = F.softmax(torch.randn(3, 4), -1)
    hard = F.one_hot(torch.tensor([0, 3, 1]), 4).double()
    for target in (soft, hard):
        for z in (x, x * 400):
            cases.append(op_case("softmax_cross_entropy", [z, target], F.cross_entropy(z, target, reduction="none")))
    return cases


def optimizer_goldens():
    cases = []
    settings = [
        ("sgd", {"learning_rate": 0.1, "momentum": 0.0}),
        ("sgd", {"learning_rate": 0.05, "momentum": 0.9}),
        ("adam", {"learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
        ("adam", {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3}),
    ]
    for name, s in settings:
        parameters = torch.randn(6, requires_grad=True)
        start = flat(parameters)
        if name == "sgd":
            optimizer = torch.optim.SGD([parameters], lr=s["learning_rate"], momentum=s["momentum"])
        else:
            optimizer = torch.optim.Adam([parameters], lr=s["learning_rate"], betas=(s["beta1"], s["beta2"]),
                                         eps=s["epsilon"])
        gradients, after = [], []
        for step in range(100):
            gradient = torch.randn(6) * math.exp(-step / 30)
            parameters.grad = gradient
            optimizer.step()
            gradients.append(flat(gradient))
            after.append(flat(parameters))
        cases.append({"optimizer": name, "settings": s, "start": start, "gradients": gradients, "parameters": after})
    return cases


ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid}


def network_golden(loss, optimizer, activations, classes):
    """A network with three weight layers, ten full-batch steps. Weights are (inputs, units), as the engine keeps them."""
    rows, columns = 12, 3
    outputs = 1 if loss == "binary_cross_entropy" and classes == 2 else classes
    sizes = [columns, 5, 4, outputs]
    features = torch.randn(rows, columns)
    labels = torch.arange(rows) % classes
    weights = [torch.randn(i, o) / math.sqrt(i) for i, o in zip(sizes, sizes[1:])]
    biases = [torch.randn(o) * 0.1 for o in sizes[1:]]
    blocks = [t for pair in zip(weights, biases) for t in pair]
    start = [v for t in blocks for v in flat(t)]
    for t in blocks:
        t.requires_grad_(True)
    learning_rate = 0.05
    if optimizer == "sgd":
        stepper = torch.optim.SGD(blocks, lr=learning_rate, momentum=0.9)
    else:
        stepper = torch.optim.Adam(blocks, lr=learning_rate)
    losses, first_gradients = [], None
    for _ in range(10):
        x = features
        for i, (w, b) in enumerate(zip(weights, biases)):
            x = x @ w + b
            if i < len(activations):
                x = ACTIVATIONS[activations[i]](x)
        if loss == "cross_entropy":
            value = F.cross_entropy(x, labels)
        elif loss == "binary_cross_entropy":
            target = labels.double().reshape(-1, 1) if outputs == 1 else F.one_hot(labels, classes).double()
            value = F.binary_cross_entropy_with_logits(x, target)
        else:
            value = F.mse_loss(x, F.one_hot(labels, classes).double())
        stepper.zero_grad()
        value.backward()
        if first_gradients is None:
            first_gradients = [v for t in blocks for v in flat(t.grad)]
        stepper.step()
        losses.append(value.item())
    return {
        "loss": loss, "optimizer": optimizer, "activations": activations, "classes": classes,
        "learning_rate": learning_rate, "features": tensor_json(features), "labels": labels.tolist(),
        "parameters": start, "first_gradients": first_gradients, "losses": losses,
    }


def main():
    goldens = {
        "made_with": "PyTorch " + torch.__version__,
        "ops": op_goldens(),
        "optimizers": optimizer_goldens(),
        "networks": [
            network_golden("cross_entropy", "adam", ["tanh", "relu"], 3),
            network_golden("cross_entropy", "sgd", ["relu", "sigmoid"], 3),
            network_golden("binary_cross_entropy", "adam", ["tanh", "tanh"], 2),
            network_golden("binary_cross_entropy", "sgd", ["sigmoid", "tanh"], 3),
            network_golden("squared_error", "adam", ["relu", "tanh"], 2),
        ],
    }
    path = Path(__file__).with_name("torch.json")
    path.write_text(json.dumps(goldens, separators=(",", ":")) + "\n")
    print(f"{path}: {path.stat().st_size} bytes")


main()
