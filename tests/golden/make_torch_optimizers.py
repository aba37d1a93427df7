#!/usr/bin/python3
"""Makes torch_optimizers.json: a hundred steps of each optimiser as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_optimizers.py
Inputs are written beside the results, so that the tests need no generator of their own.
"""
import math

import torch

from torch_common import flat, write

torch.manual_seed(20)


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


write("torch_optimizers.json", {"optimizers": optimizer_goldens()})
