#!/usr/bin/python3
"""Makes torch_ops.json: values of ops as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_ops.py
Inputs are written beside the results, so that the tests need no generator of their own.
"""
import torch
import torch.nn.functional as F

from torch_common import short, tensor_json, write

torch.manual_seed(20)


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


write("torch_ops.json", {"ops": op_goldens()})
