#!/usr/bin/python3
"""Makes torch_ops.json: values of ops as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_ops.py
Inputs are written beside the results, so that the tests need no generator of their own.
"""
import math

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


SHAPES = ((), (1,), (7,), (3, 4), (2, 1, 3), (2, 3, 1, 5))
PAIRS = (((3, 4), (3, 4)), ((3, 4), (4,)), ((), (3, 4)), ((3, 1), (1, 4)), ((2, 1, 3, 2), (4, 1, 2)))
NAN, INF = float("nan"), float("inf")


def math_goldens():
    cases = []
    special = torch.tensor([0.0, 1.0, NAN, INF, 1e-3, 80.0])
    any_sign = torch.tensor([-INF, -80.0, -1.0, -0.5, -1e-3, 0.0, 0.5, 1.0, 80.0, INF, NAN])
    for op, f in (("exp", torch.exp), ("abs", torch.abs), ("reciprocal", torch.reciprocal)):
        cases += [op_case(op, [x], f(x)) for x in [torch.randn(shape) * 2 for shape in SHAPES] + [any_sign]]
    for op, f in (("log", torch.log), ("sqrt", torch.sqrt)):
        cases += [op_case(op, [x], f(x)) for x in [torch.rand(shape) * 5 for shape in SHAPES] + [special]]
    # torch.sign hides NaN; ours keeps it.
    signs = torch.where(torch.isnan(any_sign), any_sign, torch.sign(any_sign))
    cases.append(op_case("sign", [any_sign], signs))
    for exponent in (0.0, 1.0, 2.0, 3.0, -2.0, 0.5, -1.5, 2.7):
        for x in (torch.rand(3, 4) * 3 + 0.1, special):
            cases.append(op_case("power", [x], x**exponent, value=exponent))
    for exponent in (2.0, 3.0, -1.0):
        x = torch.randn(2, 5)
        cases.append(op_case("power", [x], x**exponent, value=exponent))
    for smallest, largest in ((-0.5, 0.75), (0.0, 6.0), (-1.0, 1.0)):
        for x in (torch.randn(3, 4), torch.randn(()), any_sign):
            dy = torch.randn(x.shape)
            inside = ~((x < smallest) | (x > largest))
            cases.append(op_case("clip", [x], torch.clamp(x, smallest, largest), value=smallest, limit=largest))
            cases.append(op_case("clip_grad", [x, dy], torch.where(inside, dy, torch.zeros(())),
                                 value=smallest, limit=largest))
    left, right = torch.tensor([NAN, 1.0, 2.0, 3.0, -INF, 0.0]), torch.tensor([1.0, NAN, 2.0, 2.0, INF, -0.0])
    for op, f in (("maximum", torch.maximum), ("minimum", torch.minimum), ("equal", torch.eq), ("greater", torch.gt),
                  ("greater_equal", torch.ge), ("less", torch.lt)):
        for shape_a, shape_b in PAIRS:
            a, b = torch.round(torch.randn(shape_a) * 2), torch.round(torch.randn(shape_b) * 2)
            cases.append(op_case(op, [a, b], f(a, b)))
        cases.append(op_case(op, [left, right], f(left, right)))
    for shape_c, shape_a, shape_b in (((3, 4), (3, 4), (3, 4)), ((3, 1), (4,), (3, 4)), ((), (2, 3), ()),
                                      ((5, 1), (2, 1, 1, 3), (2, 5, 1)), ((1,), (1,), (1,))):
        c, a, b = (torch.rand(shape_c) > 0.5).double(), torch.randn(shape_a), torch.randn(shape_b)
        cases.append(op_case("where", [c, a, b], torch.where(c.bool(), a, b)))
    c = torch.tensor([0.0, -2.0, NAN, 1.0])
    a, b = torch.tensor([NAN, NAN, 1.0, INF]), torch.tensor([3.0, 4.0, 5.0, NAN])
    cases.append(op_case("where", [c, a, b], torch.where(c.bool(), a, b)))
    return cases


def gradient_through(f, x, dy):
    leaf = x.clone().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf, dy)[0]


def activation_goldens():
    cases = []
    wide = torch.tensor([-1000.0, -90.0, -20.0, -5.0, -3.0, -1e-4, 0.0, 1e-4, 2.9, 3.0, 20.0, 90.0, 1000.0, NAN])
    plain = (
        ("hard_sigmoid", F.hardsigmoid), ("hard_swish", F.hardswish), ("hard_tanh", F.hardtanh), ("gelu", F.gelu),
        ("gelu_tanh", lambda x: F.gelu(x, approximate="tanh")), ("silu", F.silu), ("selu", F.selu),
        ("softplus", lambda x: torch.logaddexp(x, torch.zeros(()))),  # F.softplus would return x above 20
    )
    for op, f in plain:
        cases += [op_case(op, [x], f(x)) for x in [torch.randn(shape) * 3 for shape in SHAPES] + [wide]]
    for op, f in (("gelu_grad", plain[3][1]), ("gelu_tanh_grad", plain[4][1]), ("silu_grad", plain[5][1])):
        for x in (torch.randn(3, 4) * 2, torch.randn(()), wide[1:-2]):
            dy = torch.randn(x.shape)
            cases.append(op_case(op, [x, dy], gradient_through(f, x, dy)))
    for slope in (0.01, 0.3):
        for x in (torch.randn(3, 4), wide):
            dy = torch.randn(x.shape)
            f = lambda z: F.leaky_relu(z, slope)
            cases.append(op_case("leaky_relu", [x], f(x), value=slope))
            cases.append(op_case("leaky_relu_grad", [x, dy], gradient_through(f, x, dy), value=slope))
    for alpha in (1.0, 0.7):
        for x in (torch.randn(3, 4) * 2, wide[:-1]):
            dy = torch.randn(x.shape)
            f = lambda z: F.elu(z, alpha)
            cases.append(op_case("elu", [x], f(x), value=alpha))
            cases.append(op_case("elu_grad", [f(x), dy], gradient_through(f, x, dy), value=alpha))
    huge = torch.tensor([[1000.0, 1001.0, 998.0], [-1000.0, -1000.0, -1000.0], [0.0, -80.0, 80.0], [NAN, 1.0, 2.0]])
    for x in [torch.randn(shape) * 3 for shape in SHAPES if shape] + [huge]:
        cases.append(op_case("log_softmax", [x], F.log_softmax(x, -1)))
    return cases


def matmul_goldens():
    cases = []
    for shape_a, shape_b in (((2, 3, 4), (2, 4, 5)), ((2, 3, 4), (4, 5)), ((3, 4), (2, 4, 5)), ((2, 1, 3, 4), (3, 4, 2)),
                             ((1, 2, 3, 4), (3, 1, 4, 3)), ((4, 13, 20), (4, 20, 7)), ((5, 7, 9), (9, 11))):
        for transpose_a in (False, True):
            for transpose_b in (False, True):
                a, b = short(torch.randn(shape_a)), short(torch.randn(shape_b))
                stored_a = a.transpose(-1, -2) if transpose_a else a
                stored_b = b.transpose(-1, -2) if transpose_b else b
                cases.append(op_case("matmul", [stored_a.contiguous(), stored_b.contiguous()], a @ b,
                                     transpose_a=transpose_a, transpose_b=transpose_b))
    return cases


def reduce_goldens():
    cases = []
    ties = torch.tensor([[1.0, 3.0, 3.0], [-2.0, -2.0, -2.0]])
    broken = torch.tensor([[NAN, 1.0, 5.0], [1.0, INF, NAN], [-INF, -INF, -INF]])
    tensors = [torch.randn(shape) for shape in ((7,), (3, 4), (2, 1, 3), (2, 3, 4, 5))] + [ties, broken]
    for x in tensors:
        axes_of_x = [(k,) for k in range(x.dim())] + [tuple(range(x.dim()))]
        for axes in axes_of_x:
            for keep in (False, True):
                for op, f in (("max", torch.amax), ("min", torch.amin)):
                    cases.append(op_case(op, [x], f(x, dim=axes, keepdim=keep), axes=list(axes), keep_axes=keep))
        for axis in range(x.dim()):
            for keep in (False, True):
                cases.append(op_case("argmax", [x], torch.argmax(x, axis, keepdim=keep), axis=axis, keep_axes=keep))
    far = torch.round(torch.randn(3, 4) * 256) / 256 + 1000  # exact in float
    for x in (torch.randn(7), torch.randn(3, 4), torch.randn(2, 1, 3), far):
        for unbiased in (False, True):
            for keep in (False, True):
                cases.append(op_case("variance", [x], torch.var(x, -1, unbiased=unbiased, keepdim=keep),
                                     keep_axes=keep, unbiased=unbiased))
    return cases


def movement_goldens():
    cases = []
    for shape, order in (((3, 4), (1, 0)), ((2, 3, 4), (2, 0, 1)), ((2, 3, 4), (0, 2, 1)), ((2, 3, 1, 5), (3, 1, 0, 2)),
                         ((7,), (0,)), ((2, 3, 4, 5), (1, 0, 3, 2))):
        x = torch.randn(shape)
        cases.append(op_case("permute", [x], x.permute(order), order=list(order)))
    for shape, axis, start, length in (((7,), 0, 2, 3), ((1,), 0, 0, 1), ((3, 4), 0, 1, 2), ((3, 4), 1, 3, 1),
                                       ((2, 3, 4), 1, 0, 2), ((2, 3, 1, 5), 3, 1, 3)):
        x = torch.randn(shape)
        cases.append(op_case("slice", [x], x.narrow(axis, start, length), axis=axis, start=start, length=length))
        sides = [0, 0] * (x.dim() - 1 - axis) + [start, length]  # F.pad counts axes from the last
        padded = F.pad(x, sides)
        cases.append(op_case("pad", [x], padded, axis=axis, start=start, length=padded.shape[axis]))
    for shape_a, shape_b, axis in (((3,), (1,), 0), ((2, 3), (1, 3), 0), ((2, 3), (2, 2), 1), ((2, 1, 3), (2, 4, 3), 1),
                                   ((1, 2, 3, 1), (1, 2, 3, 2), 3)):
        a, b = torch.randn(shape_a), torch.randn(shape_b)
        cases.append(op_case("concat", [a, b], torch.cat([a, b], axis), axis=axis))
    for rows, width, shape in ((5, 3, (4,)), (1, 1, (1,)), (7, 2, ()), (3, 4, (2, 5)), (4, 1, (2, 1, 3))):
        table = torch.randn(rows, width, requires_grad=True)
        indices = torch.randint(rows, shape)
        picked = F.embedding(indices, table)
        dy = torch.randn(picked.shape)
        gradient = torch.autograd.grad(picked, table, dy)[0]
        cases.append(op_case("gather", [table, indices], picked))
        cases.append(op_case("gather_grad", [indices, dy], gradient, length=rows))
    return cases


def loss_goldens():
    cases = []
    # Differences from tiny to huge, and NaN.
    far = torch.tensor([0.0, 1e-6, -1e-3, 0.5, -0.999, 1.001, 5.0, -90.0, 1e4, NAN])
    for p, t in ((torch.randn(3, 4) * 2, torch.randn(3, 4)), (torch.randn(()), torch.randn(())), (far, far * 0)):
        cases.append(op_case("absolute_error", [p, t], F.l1_loss(p, t, reduction="none")))
        for delta in (1.0, 0.3):
            cases.append(op_case("huber", [p, t], F.huber_loss(p, t, reduction="none", delta=delta), value=delta))
        d = (p - t).abs()
        # log(cosh(d)) with all digits: near 0 its series, elsewhere logaddexp.
        log_cosh = torch.where(d < 1e-2, d**2 / 2 - d**4 / 12 + d**6 / 45, torch.logaddexp(d, -d) - math.log(2))
        cases.append(op_case("log_cosh", [p, t], log_cosh))
        signs = torch.where(torch.rand(p.shape) > 0.5, 1.0, -1.0).double()
        hinge = 1 - p * signs
        cases.append(op_case("hinge", [p, signs], torch.where(hinge < 0, torch.zeros(()), hinge)))
    x = torch.randn(3, 4) * 2
    soft = F.softmax(torch.randn(3, 4), -1)
    hard = F.one_hot(torch.tensor([0, 3, 1]), 4).double()
    for target in (soft, hard):
        for z in (x, x * 400):
            divergence = F.kl_div(F.log_softmax(z, -1), target, reduction="none").sum(-1)
            cases.append(op_case("kl_divergence", [z, target], divergence))
    return cases


def added_goldens():
    """Ops that came later: drawn last, each below the one before, so that the values of all others stay as they are."""
    cases = []
    for x in [torch.randn(shape) * 3 for shape in SHAPES] + [torch.tensor([-INF, -1e6, -1e-6, 0.0, 1e6, INF, NAN])]:
        cases.append(op_case("softsign", [x], F.softsign(x)))
    wide = torch.tensor([[-1000.0, -90.0, -5.0], [-1e-4, 0.0, 1e-4], [20.0, 1000.0, NAN]])
    activations = (("relu", F.relu, {}), ("leaky_relu", lambda x: F.leaky_relu(x, 0.2), {"value": 0.2}),
                   ("elu", lambda x: F.elu(x, 0.7), {"value": 0.7}), ("sigmoid", torch.sigmoid, {}),
                   ("tanh", torch.tanh, {}))
    for name, f, attributes in activations:
        for x, bias in ((torch.randn(3, 4), torch.randn(4)), (torch.randn(2, 3, 1, 5), torch.randn(1, 5)),
                        (torch.randn(7), torch.randn(())), (torch.randn(2, 3), torch.randn(2, 3)), (wide, torch.randn(3))):
            cases.append(op_case("bias_activation", [x, bias], f(x + bias), activation=name, **attributes))
    return cases


def axis_of(size, stride=1, dilation=1, before=0, after=0):
    return [size, stride, dilation, before, after]


def cut(axis, length):
    """The same axis with what no window reaches left out: `after` may be negative."""
    size, stride, dilation, before, after = axis
    reach = dilation * (size - 1) + 1
    outputs = (length + before + after - reach) // stride + 1
    return [size, stride, dilation, before, (outputs - 1) * stride + reach - before - length]


def convolution_goldens():
    """Images are (batch, height, width, channels), filters (rows, columns, channels / groups, filters)."""
    def channels_first(x):
        return x.permute(0, 3, 1, 2)

    def channels_last(x):
        return x.permute(0, 2, 3, 1)

    cases = []
    for shape, filters, groups, rows, columns in (
            ((2, 5, 6, 3), 4, 1, axis_of(3), axis_of(2)),
            ((1, 7, 7, 1), 2, 1, axis_of(3, 2, 1, 1, 1), axis_of(3, 2, 1, 1, 1)),
            ((2, 6, 8, 4), 6, 2, axis_of(2, 2, 1, 0, 0), axis_of(3, 1, 2, 2, 2)),
            ((1, 4, 4, 3), 3, 3, axis_of(3, 1, 1, 1, 1), axis_of(3, 1, 1, 1, 1)),
            ((2, 1, 9, 2), 3, 1, axis_of(1), axis_of(2, 3, 1, 1, 1)),
            ((2, 3, 4, 5), 2, 1, axis_of(1), axis_of(1)),
            ((1, 9, 9, 2), 2, 1, axis_of(2, 3, 2, 1, 1), axis_of(5, 2, 1, 2, 2))):
        x = short(torch.randn(shape)).requires_grad_()
        weights = short(torch.randn(rows[0], columns[0], shape[3] // groups, filters)).requires_grad_()
        y = channels_last(F.conv2d(channels_first(x), weights.permute(3, 2, 0, 1), None, (rows[1], columns[1]),
                                   (rows[3], columns[3]), (rows[2], columns[2]), groups))
        dy = short(torch.randn(y.shape))
        dx, dweights = torch.autograd.grad(y, (x, weights), dy)
        window = {"rows": cut(rows, shape[1]), "columns": cut(columns, shape[2]), "groups": groups}
        cases.append(op_case("convolution", [x, weights], y, window=window))
        cases.append(op_case("transposed_convolution", [dy, weights], dx, window=window))
        cases.append(op_case("convolution_weight_grad", [x, dy], dweights, window=window))
    for shape, rows, columns in (((2, 4, 6, 3), axis_of(2, 2), axis_of(2, 2)),
                                 ((1, 5, 7, 2), axis_of(3, 2, 1, 1, 1), axis_of(2, 1)),
                                 ((2, 1, 8, 5), axis_of(1), axis_of(3, 2, 2, 1, 1)),
                                 ((1, 3, 3, 1), axis_of(3), axis_of(3))):
        x, u = torch.randn(shape).requires_grad_(), torch.randn(shape)
        size, stride = (rows[0], columns[0]), (rows[1], columns[1])
        padding, dilation = (rows[3], columns[3]), (rows[2], columns[2])
        window = {"rows": cut(rows, shape[1]), "columns": cut(columns, shape[2]), "groups": 1}
        y, places = F.max_pool2d(channels_first(x), size, stride, padding, dilation, return_indices=True)
        y = channels_last(y)
        dy = torch.randn(y.shape)
        picked = channels_first(u).flatten(2).gather(2, places.flatten(2)).reshape(places.shape)
        cases.append(op_case("max_pool", [x], y, window=window))
        cases.append(op_case("max_pool_grad", [x, dy], torch.autograd.grad(y, x, dy)[0], window=window))
        cases.append(op_case("max_pool_pick", [x, u], channels_last(picked), window=window))
        if dilation == (1, 1):
            y = channels_last(F.avg_pool2d(channels_first(x), size, stride, padding))
            cases.append(op_case("average_pool", [x], y, window=window))
            cases.append(op_case("average_pool_grad", [dy], torch.autograd.grad(y, x, dy)[0], window=window))
    equal = torch.tensor([[1.0, 1.0, 0.0, 2.0, 2.0, NAN, 3.0, NAN]]).reshape(1, 1, 8, 1).requires_grad_()
    y = channels_last(F.max_pool2d(channels_first(equal), (1, 2)))
    dy = torch.randn(y.shape)
    window = {"rows": axis_of(1), "columns": axis_of(2, 2), "groups": 1}
    cases.append(op_case("max_pool", [equal], y, window=window))
    cases.append(op_case("max_pool_grad", [equal, dy], torch.autograd.grad(y, equal, dy)[0], window=window))
    return cases


def attention_goldens():
    cases = []
    for batch, queries, keys, width, heads, causal in ((2, 3, 3, 4, 1, False), (1, 5, 7, 6, 2, False), (2, 6, 6, 8, 4, True),
                                                       (1, 2, 5, 3, 3, True), (1, 1, 1, 2, 1, True), (1, 9, 9, 10, 2, True)):
        q = short(torch.randn(batch, queries, width)).requires_grad_()
        kv = short(torch.randn(batch, keys, 2 * width)).requires_grad_()
        parts = [q, kv[:, :, :width], kv[:, :, width:]]
        q_heads, k, v = (x.reshape(batch, -1, heads, width // heads).transpose(1, 2) for x in parts)
        scores = q_heads @ k.transpose(2, 3) / math.sqrt(width // heads)
        if causal:
            seen = torch.ones(queries, keys).tril(keys - queries) > 0
            scores = scores.masked_fill(~seen, -INF)
        y = (F.softmax(scores, -1) @ v).transpose(1, 2).reshape(batch, queries, width)
        dy = short(torch.randn(y.shape))
        dq, dkv = torch.autograd.grad(y, (q, kv), dy)
        how = {"length": heads, "causal": causal}
        cases.append(op_case("attention", [q, kv], y, **how))
        cases.append(op_case("attention_query_grad", [q, kv, dy], dq, **how))
        cases.append(op_case("attention_key_grad", [q, kv, dy], dkv, **how))
    for shape, epsilon, offset in (((3, 4), 1e-5, 0), ((2, 3, 7), 1e-3, 0), ((5,), 1e-5, 10), ((2, 1), 1e-5, 0), ((2, 19), 1e-5, 0)):
        x = short(torch.randn(shape) + offset).requires_grad_()
        y = F.layer_norm(x, shape[-1:], eps=epsilon)
        dy = torch.randn(shape)
        cases.append(op_case("normalize", [x], y, value=epsilon))
        cases.append(op_case("normalize_grad", [x, dy], torch.autograd.grad(y, x, dy)[0], value=epsilon))
    return cases


def linear_goldens():
    cases = []
    for rows, inputs, outputs in (((3,), 4, 2), ((2, 3), 5, 7), ((9,), 6, 1), ((1,), 1, 1), ((13,), 20, 11), ((2, 3, 2), 4, 8)):
        for transpose_a in (False, True) if len(rows) == 1 else (False,):
            for transpose_b in (False, True):
                x, weights, bias = (short(torch.randn(shape)) for shape in ((*rows, inputs), (inputs, outputs), (outputs,)))
                cases.append(op_case("linear", [(x.t() if transpose_a else x).contiguous(),
                                                (weights.t() if transpose_b else weights).contiguous(), bias],
                                     F.linear(x, weights.t(), bias), transpose_a=transpose_a, transpose_b=transpose_b))
    return cases


FAMILIES = (op_goldens, math_goldens, activation_goldens, matmul_goldens, reduce_goldens, movement_goldens, loss_goldens,
            added_goldens, convolution_goldens, attention_goldens, linear_goldens)
write("torch_ops.json", {"ops": [case for family in FAMILIES for case in family()]})
