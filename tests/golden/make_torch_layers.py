#!/usr/bin/python3
"""Makes torch_layers.json: layers and losses composed of several ops, as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_layers.py
Each case holds the inputs, the outputs and the gradients of sum(weights * first output) towards all inputs but targets.
"""
import torch
import torch.nn.functional as F

from torch_common import tensor_json, write

torch.manual_seed(21)


def case(layer, f, inputs, data=(), **attributes):
    leaves = [t.clone().requires_grad_() for t in inputs]
    outputs = f(*leaves, *data)
    weights = torch.randn(outputs[0].shape)
    gradients = torch.autograd.grad(outputs[0], leaves, weights)
    return {"layer": layer, "inputs": [tensor_json(t) for t in (*inputs, *data)],
            "outputs": [tensor_json(t) for t in outputs], "weights": tensor_json(weights),
            "gradients": [tensor_json(t) for t in gradients], **attributes}


def norm_cases():
    cases = []
    for shape in ((4, 3), (5, 1), (7,), (2, 3, 5), (2, 3, 2, 4)):
        c = shape[-1]
        x, gain, bias = torch.randn(shape) * 2 + 1, torch.rand(c) + 0.5, torch.randn(c)
        for eps in (1e-5, 1e-2):
            cases.append(case("layer_norm", lambda x, g, b: [F.layer_norm(x, (c,), g, b, eps)], [x, gain, bias], epsilon=eps))
            rms = lambda x, g: [x / torch.sqrt((x * x).mean(-1, keepdim=True) + eps) * g]  # torch 1.13 has none
            cases.append(case("rms_norm", rms, [x, gain], epsilon=eps))
    for shape in ((4, 3), (2, 1), (2, 3, 5), (2, 3, 2, 4)):
        c = shape[-1]
        x, gain, bias = torch.randn(shape) * 2 + 1, torch.rand(c) + 0.5, torch.randn(c)
        mean, variance = torch.randn(c), torch.rand(c) + 0.2

        def training(x, g, b):
            # PyTorch has the channels on axis 1.
            mixed_mean, mixed_variance = torch.zeros(c), torch.zeros(c)
            y = F.batch_norm(x.reshape(-1, c), mixed_mean, mixed_variance, g, b, training=True, momentum=1.0, eps=1e-5)
            return [y.reshape(x.shape), mixed_mean, mixed_variance]

        def inference(x, g, b, m, v):
            return [F.batch_norm(x.reshape(-1, c), m, v, g, b, training=False, eps=1e-5).reshape(x.shape)]

        cases.append(case("batch_norm_training", training, [x, gain, bias], epsilon=1e-5))
        cases.append(case("batch_norm_inference", inference, [x, gain, bias], [mean, variance], epsilon=1e-5))
    return cases


def cross_entropy_cases():
    cases = []
    for rows, classes in ((4, 3), (1, 2), (5, 7)):
        x, weight = torch.randn(rows, classes) * 3, torch.rand(classes) + 0.3
        soft = F.softmax(torch.randn(rows, classes), -1)
        hard = F.one_hot(torch.randint(classes, (rows,)), classes).double()
        for target in (soft, hard):
            for smoothing in (0.0, 0.1, 0.6):
                plain = lambda x, t: [F.cross_entropy(x, t, reduction="none", label_smoothing=smoothing)]
                weighted = lambda x, t, w: [F.cross_entropy(x, t, w, reduction="none", label_smoothing=smoothing)]
                cases.append(case("cross_entropy", plain, [x], [target], smoothing=smoothing))
                cases.append(case("cross_entropy", weighted, [x], [target, weight], smoothing=smoothing))
    return cases


def added_cases():
    """Layers that came later: drawn last, each below the one before, so that the values of all others stay as they are."""
    cases = []
    for shape, groups in (((3, 8), 2), ((4, 6), 1), ((2, 3, 4), 4), ((2, 3, 2, 6), 3)):
        c = shape[-1]
        x, gain, bias = torch.randn(shape) * 2 + 1, torch.rand(c) + 0.5, torch.randn(c)
        # PyTorch has the channels on axis 1.
        norm = lambda x, g, b: [F.group_norm(x.movedim(-1, 1), groups, g, b, 1e-5).movedim(1, -1)]
        cases.append(case("group_norm", norm, [x, gain, bias], epsilon=1e-5, groups=groups))
    return cases


write("torch_layers.json", {"layers": norm_cases() + cross_entropy_cases() + added_cases()})
