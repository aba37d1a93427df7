#!/usr/bin/python3
"""Makes torch_networks.json: gradients and losses of whole networks as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_networks.py
Inputs are written beside the results, so that the tests need no generator of their own.
"""
import math

import torch
import torch.nn.functional as F

from torch_common import flat, short, tensor_json, write

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


MORE_ACTIVATIONS = {
    **ACTIVATIONS, "linear": lambda x: x, "leaky_relu": F.leaky_relu, "elu": F.elu, "selu": F.selu, "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "silu": F.silu, "softplus": F.softplus,
    # PyTorch keeps its sixth in single precision even here.
    "hard_sigmoid": lambda x: torch.clamp(x / 6 + 0.5, 0, 1), "hard_tanh": F.hardtanh, "hard_swish": F.hardswish,
    "softmax": lambda x: F.softmax(x, -1), "log_softmax": lambda x: F.log_softmax(x, -1),
}
# What came later is drawn last (added_architectures).
ADDED_ACTIVATIONS = {"softsign": F.softsign}


class Layer:
    """One hidden layer; its parameters in the engine's order, statistics of batch normalisation last."""

    def __init__(self, inputs, spec):
        units = spec["units"]
        self.spec = spec
        self.weight = (torch.randn(inputs, units) / math.sqrt(inputs)).requires_grad_()
        self.bias = (torch.randn(units) * 0.1).requires_grad_()
        self.gain = (1 + torch.randn(units) * 0.1).requires_grad_()
        self.shift = (torch.randn(units) * 0.1).requires_grad_()
        self.mean, self.variance = torch.zeros(units), torch.ones(units)

    def trained(self):
        norm = self.spec.get("norm", "none")
        return [self.weight, self.bias] + {"none": [], "rms": [self.gain]}.get(norm, [self.gain, self.shift])

    def block(self):
        return self.trained() + ([self.mean, self.variance] if self.spec.get("norm") == "batch" else [])

    def __call__(self, x, training):
        y, norm = x @ self.weight + self.bias, self.spec.get("norm", "none")
        if norm == "layer":
            y = F.layer_norm(y, y.shape[1:], self.gain, self.shift)
        elif norm == "rms":
            y = y / torch.sqrt((y * y).mean(-1, keepdim=True) + 1e-5) * self.gain
        elif norm == "group":
            y = F.group_norm(y, {6: 1, 8: 2, 18: 3}[y.shape[1]], self.gain, self.shift)  # as many as the engine makes
        elif norm == "batch":
            y = F.batch_norm(y, self.mean, self.variance, self.gain, self.shift, training)
        return (MORE_ACTIVATIONS | ADDED_ACTIVATIONS)[self.spec["activation"]](y)


def row_losses(loss, x, labels, classes, options):
    hot = F.one_hot(labels, classes).double()
    if loss == "cross_entropy":
        weights = options.get("weights")
        return F.cross_entropy(x, labels, reduction="none", label_smoothing=options.get("label_smoothing", 0.0),
                               weight=weights)
    if loss == "kl_divergence":
        return F.kl_div(F.log_softmax(x, -1), hot, reduction="none").sum(-1)
    if loss == "hinge":
        return torch.clamp(1 - (2 * hot - 1) * x, min=0).mean(-1)
    per_output = {
        "squared_error": lambda: (x - hot) ** 2, "absolute_error": lambda: (x - hot).abs(),
        "huber": lambda: F.huber_loss(x, hot, reduction="none", delta=options.get("huber_delta", 1.0)),
        "log_cosh": lambda: torch.log(torch.cosh(x - hot)),
    }[loss]()
    return per_output.mean(-1)


def architecture_golden(name, specs, loss, optimizer, **options):
    """Ten full-batch steps of a network with norms and residual edges, and its loss afterwards as it is evaluated."""
    rows, columns, classes = 15, 4, 3
    features = short(torch.randn(rows, columns))
    labels = torch.tensor([0, 1, 2, 0, 1, 0, 0, 1, 2, 0, 0, 1, 0, 0, 0])
    layers, inputs = [], columns
    for spec in specs:
        layers.append(Layer(inputs, spec))
        inputs = spec["units"]
    output = Layer(inputs, {"units": classes, "activation": "linear"})
    everything = [t for layer in layers + [output] for t in layer.block()]
    start = [v for t in everything for v in flat(t)]
    trained = [t for layer in layers + [output] for t in layer.trained()]
    matrices = [t for t in trained if t.dim() == 2]
    others = [t for t in trained if t.dim() != 2]
    if optimizer == "adamw":
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0}]
        stepper = torch.optim.AdamW(groups, lr=0.02)
    else:
        stepper = torch.optim.SGD(trained, lr=0.02, momentum=0.9)

    def forward(training):
        outputs = {"input": features}
        x = features
        for i, layer in enumerate(layers):
            x = layer(x, training)
            if "residual" in layer.spec:
                x = x + outputs[layer.spec["residual"]]
            outputs[layer.spec.get("name") or str(i + 1)] = x
        return output(x, training)

    training_options = dict(options)
    if options.get("class_weights") == "balanced":
        counts = torch.bincount(labels, minlength=classes).double()
        training_options["weights"] = rows / (classes * counts)
    losses = []
    for _ in range(10):
        value = row_losses(loss, forward(True), labels, classes, training_options).mean()
        stepper.zero_grad()
        value.backward()
        stepper.step()
        losses.append(value.item())
    evaluated = row_losses(loss, forward(False), labels, classes, {"huber_delta": options.get("huber_delta", 1.0)}).mean()
    return {
        "name": name, "layers": specs, "loss": loss, "optimizer": optimizer, "options": options, "classes": classes,
        "features": tensor_json(features), "labels": labels.tolist(), "parameters": start, "losses": losses,
        "evaluated": evaluated.item(),
    }


def architecture_goldens():
    goldens = [
        architecture_golden("residual network with layer norm", [
            {"name": "in", "units": 8, "activation": "gelu", "norm": "layer"},
            {"units": 8, "activation": "silu", "norm": "layer", "residual": "in"},
            {"units": 8, "activation": "gelu_tanh", "norm": "rms", "residual": "2"},
        ], "cross_entropy", "adamw", label_smoothing=0.1),
        architecture_golden("batch norm and a residual edge from the input", [
            {"units": 4, "activation": "relu", "norm": "batch", "residual": "input"},
            {"units": 6, "activation": "tanh", "norm": "batch"},
        ], "cross_entropy", "sgd", class_weights="balanced"),
        architecture_golden("deep and plain", [
            {"units": 7, "activation": "elu"}, {"units": 6, "activation": "selu"}, {"units": 5, "activation": "softplus"},
            {"units": 6, "activation": "leaky_relu"},
        ], "squared_error", "adamw"),
    ]
    for activation in MORE_ACTIVATIONS:
        goldens.append(architecture_golden(f"activation {activation}", [{"units": 5, "activation": activation}],
                                           "cross_entropy", "sgd"))
    for loss, options in [("absolute_error", {}), ("huber", {"huber_delta": 0.3}), ("log_cosh", {}), ("hinge", {}),
                          ("kl_divergence", {})]:
        goldens.append(architecture_golden(f"loss {loss}", [{"units": 5, "activation": "tanh"}], loss, "sgd", **options))
    return goldens


VALUE_LOSSES = {
    "squared_error": F.mse_loss, "absolute_error": F.l1_loss,
    "huber": lambda y, t: F.huber_loss(y, t, delta=0.4), "log_cosh": lambda y, t: torch.log(torch.cosh(y - t)).mean(),
}


def regression_golden(loss, output_activation, optimizer):
    """Ten full-batch steps towards real values, which are learnt at mean 0 and deviation 1, and the predictions after."""
    rows, columns = 14, 3
    features = short(torch.randn(rows, columns))
    values = short(40 + 7 * torch.randn(rows))
    shift, scale = values.mean(), values.std(unbiased=False)
    targets = ((values - shift) / scale).reshape(-1, 1)
    hidden = Layer(columns, {"units": 6, "activation": "tanh"})
    output = Layer(6, {"units": 1, "activation": output_activation})
    trained = hidden.trained() + output.trained()
    start = [v for t in trained for v in flat(t)]
    stepper = (torch.optim.Adam(trained, lr=0.02) if optimizer == "adam"
               else torch.optim.SGD(trained, lr=0.02, momentum=0.9))
    losses = []
    for _ in range(10):
        value = VALUE_LOSSES[loss](output(hidden(features, True), True), targets)
        stepper.zero_grad()
        value.backward()
        stepper.step()
        losses.append(value.item())
    predictions = output(hidden(features, False), False) * scale + shift
    return {
        "loss": loss, "output_activation": output_activation, "optimizer": optimizer,
        "features": tensor_json(features), "values": flat(values), "parameters": start, "losses": losses,
        "predictions": flat(predictions),
    }


def added_architectures():
    """What came later: drawn last, each below the one before, so that the values of all others stay as they are."""
    return [
        architecture_golden("activation softsign", [{"units": 5, "activation": "softsign"}], "cross_entropy", "sgd"),
        architecture_golden("group norm", [{"units": units, "activation": "tanh", "norm": "group"}
                                           for units in (8, 18, 6)], "cross_entropy", "adamw"),
    ]


goldens = {"networks": [
    network_golden("cross_entropy", "adam", ["tanh", "relu"], 3),
    network_golden("cross_entropy", "sgd", ["relu", "sigmoid"], 3),
    network_golden("binary_cross_entropy", "adam", ["tanh", "tanh"], 2),
    network_golden("binary_cross_entropy", "sgd", ["sigmoid", "tanh"], 3),
    network_golden("squared_error", "adam", ["relu", "tanh"], 2),
], "architectures": architecture_goldens(), "regressions": [
    regression_golden("squared_error", "linear", "adam"),
    regression_golden("squared_error", "sigmoid", "sgd"),
    regression_golden("absolute_error", "linear", "sgd"),
    regression_golden("huber", "tanh", "adam"),
    regression_golden("log_cosh", "linear", "sgd"),
]}
goldens["architectures"] += added_architectures()
write("torch_networks.json", goldens)
