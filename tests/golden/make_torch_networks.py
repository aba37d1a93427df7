#!/usr/bin/python3
"""Makes torch_networks.json: gradients and losses of whole networks as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_networks.py
Inputs are written beside the results, so that the tests need no generator of their own.
"""
import math

import torch
import torch.nn.functional as F

from torch_common import flat, tensor_json, write

torch.manual_seed(20)


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


write("torch_networks.json", {"networks": [
    network_golden("cross_entropy", "adam", ["tanh", "relu"], 3),
    network_golden("cross_entropy", "sgd", ["relu", "sigmoid"], 3),
    network_golden("binary_cross_entropy", "adam", ["tanh", "tanh"], 2),
    network_golden("binary_cross_entropy", "sgd", ["sigmoid", "tanh"], 3),
    network_golden("squared_error", "adam", ["relu", "tanh"], 2),
]})
