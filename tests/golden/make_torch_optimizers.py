#!/usr/bin/python3
"""Makes torch_optimizers.json: a hundred steps of each optimiser, the step around it, learning-rate schedules,
reduction on a plateau, as PyTorch computes them, in double.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_optimizers.py
Inputs are written beside the results, so that the tests need no generator of their own.
"""
import math

import torch

from torch_common import flat, short, write

torch.manual_seed(20)


ROWS, UNITS = 3, 5  # of the weight matrix; the bias follows it in the block
STEPS = 100


class Lion(torch.optim.Optimizer):
    """Chen et al., "Symbolic discovery of optimization algorithms", 2023, algorithm 2."""

    def __init__(self, groups, lr, betas):
        super().__init__(groups, {"lr": lr, "betas": betas, "weight_decay": 0})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                direction = torch.sign(beta1 * m + (1 - beta1) * p.grad)
                p -= group["lr"] * (direction + group["weight_decay"] * p)
                m.mul_(beta2).add_((1 - beta2) * p.grad)


class Muon(torch.optim.Optimizer):
    """Jordan et al., "Muon", 2024, for weights kept as (inputs, units)."""

    def __init__(self, groups, lr, momentum):
        super().__init__(groups, {"lr": lr, "momentum": momentum, "weight_decay": 0})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                v = self.state[p].setdefault("v", torch.zeros_like(p))
                mu = group["momentum"]
                v.mul_(mu).add_((1 - mu) * p.grad)
                u = ((1 - mu) * p.grad + mu * v).T  # the paper keeps (units, inputs)
                x = u / (u.norm() + 1e-7)
                if wide := x.shape[0] > x.shape[1]:
                    x = x.T
                for _ in range(5):
                    a = x @ x.T
                    x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
                if wide:
                    x = x.T
                p *= 1 - group["lr"] * group["weight_decay"]
                p -= group["lr"] * math.sqrt(max(1, u.shape[0] / u.shape[1])) * x.T


def optimizers_of(name, s, weight, bias):
    """The optimisers that make one step together. Decay concerns the weight alone."""
    lr = s["learning_rate"]
    both = [{"params": [weight], "weight_decay": s.get("weight_decay", 0)}, {"params": [bias], "weight_decay": 0}]
    if name in ("sgd", "nesterov"):
        return [torch.optim.SGD(both, lr=lr, momentum=s["momentum"], nesterov=name == "nesterov")]
    if name == "adagrad":
        return [torch.optim.Adagrad(both, lr=lr, eps=s["epsilon"])]
    if name == "adadelta":
        return [torch.optim.Adadelta(both, lr=lr, rho=s["rho"], eps=s["epsilon"])]
    if name == "rmsprop":
        return [torch.optim.RMSprop(both, lr=lr, alpha=s["rho"], eps=s["epsilon"])]
    betas = (s["beta1"], s["beta2"])
    if name == "adam":
        return [torch.optim.Adam(both, lr=lr, betas=betas, eps=s["epsilon"])]
    if name == "adamw":
        return [torch.optim.AdamW(both, lr=lr, betas=betas, eps=s["epsilon"])]
    if name == "radam":
        return [torch.optim.RAdam(both, lr=lr, betas=betas, eps=s["epsilon"])]
    if name == "lion":
        return [Lion(both, lr=lr, betas=betas)]
    return [Muon(both[:1], lr=lr, momentum=s["momentum"]), torch.optim.Adam([bias], lr=lr, betas=betas, eps=s["epsilon"])]


def walk(prepare, step, gradients_of_step):
    """A hundred steps on a weight and a bias: where they start, every gradient, where they are after the first ten steps
    and then after every tenth (the others stay empty: all would be a file of 1.5 MB), and after every step the sum of
    all values, each times its position from 1, which none can leave unseen."""
    weight, bias = torch.randn(ROWS, UNITS, requires_grad=True), torch.randn(UNITS, requires_grad=True)
    start = flat(weight) + flat(bias)
    steppers = prepare(weight, bias)
    gradients, after, sums = [], [], []
    for k in range(STEPS):
        weight.grad, bias.grad = gradients_of_step(k)
        gradients.append(flat(weight.grad) + flat(bias.grad))
        step(k, weight, bias, steppers)
        values = flat(weight) + flat(bias)
        after.append(values if k < 10 or k % 10 == 9 else [])
        sums.append(math.fsum((i + 1) * value for i, value in enumerate(values)))
    return {"start": start, "gradients": gradients, "parameters": after, "weighted_sums": sums}


def fading(k):
    return short(torch.randn(ROWS, UNITS) * math.exp(-k / 30)), short(torch.randn(UNITS) * math.exp(-k / 30))


ADAM, OTHER = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3}
SETTINGS = [
    ("sgd", {"learning_rate": 0.1, "momentum": 0.0}),
    ("sgd", {"learning_rate": 0.05, "momentum": 0.9}),
    ("nesterov", {"learning_rate": 0.05, "momentum": 0.9}),
    ("adagrad", {"learning_rate": 0.1, "epsilon": 1e-10}),
    ("adadelta", {"learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-6}),
    ("rmsprop", {"learning_rate": 0.01, "rho": 0.99, "epsilon": 1e-8}),
    ("adam", {"learning_rate": 0.01, **ADAM}),
    ("adam", {"learning_rate": 0.1, **OTHER}),
    ("adamw", {"learning_rate": 0.01, "weight_decay": 0.1, **ADAM}),
    ("lion", {"learning_rate": 0.01, "weight_decay": 0.1, "beta1": 0.9, "beta2": 0.99}),
    ("muon", {"learning_rate": 0.02, "weight_decay": 0.1, "momentum": 0.95, **ADAM}),
]
# What came later: drawn last, each below the one before, so that the values of all others stay as they are.
ADDED_SETTINGS = [
    ("radam", {"learning_rate": 0.01, **ADAM}),
    ("radam", {"learning_rate": 0.1, **OTHER}),
]


def optimizer_goldens(settings):
    def step(k, weight, bias, steppers):
        for stepper in steppers:
            stepper.step()

    cases = []
    for name, s in settings:
        def prepare(weight, bias, name=name, s=s):
            return optimizers_of(name, s, weight, bias)
        cases.append({"optimizer": name, "settings": s, "rows": ROWS, "units": UNITS, **walk(prepare, step, fading)})
    return cases


def step_goldens():
    """Plain SGD with what may happen around it: penalties, clipping, a limit on norms."""
    settings = [
        {"l1": 0.05}, {"l2": 0.1}, {"clip_value": 0.3}, {"clip_norm": 0.5}, {"max_norm": 0.8},
        {"l1": 0.02, "l2": 0.03, "clip_value": 0.9, "clip_norm": 1.2, "max_norm": 1.5},
    ]
    cases = []
    for s in settings:
        def prepare(weight, bias):
            return [torch.optim.SGD([weight, bias], lr=0.1)]

        def step(k, weight, bias, steppers, s=s):
            penalty = s.get("l1", 0) * weight.abs().sum() + s.get("l2", 0) / 2 * (weight * weight).sum()
            if penalty.requires_grad:
                penalty.backward()
            if "clip_value" in s:
                torch.nn.utils.clip_grad_value_([weight, bias], s["clip_value"])
            if "clip_norm" in s:
                torch.nn.utils.clip_grad_norm_([weight, bias], s["clip_norm"])
            steppers[0].step()
            if "max_norm" in s:
                with torch.no_grad():
                    # torch.renorm adds 1e-7 to the norms, which the definition does not.
                    weight *= torch.clamp(s["max_norm"] / weight.norm(dim=0), max=1)
        cases.append({"settings": {"learning_rate": 0.1, **s}, "rows": ROWS, "units": UNITS,
                      **walk(prepare, step, fading)})
    return cases


def schedule_goldens():
    """The factor before each of 100 steps; one step stands for one epoch."""
    total = 100

    def factors(make, steps=total, rate=1.0):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
        scheduler = make(optimizer)
        values = []
        for _ in range(steps):
            values.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        return values

    def one_cycle(steps):
        # PyTorch counts steps from the first to the last, the engine the time from start to end: hence one more.
        return lambda o: schedulers.OneCycleLR(o, 1.0, total_steps=steps + 1,
                                               pct_start=(0.3 * steps + 1) / (steps + 1))

    def warmed(warmup, make):
        """A straight line up to the schedule's first value, then the schedule in the steps that are left. Not
        SequentialLR, which steps some of PyTorch's schedulers once more when it hands over to them."""
        after = factors(make(total - warmup), total - warmup)
        rise = factors(lambda o: schedulers.LinearLR(o, start_factor=0.01, total_iters=warmup), warmup, after[0])
        return rise + after

    schedulers = torch.optim.lr_scheduler
    plain = [{"settings": {"total": total, **settings}, "factors": factors(make)} for settings, make in [
        ({"schedule": "constant"}, lambda o: schedulers.LambdaLR(o, lambda k: 1)),
        ({"schedule": "constant", "warmup": 10},
         lambda o: schedulers.LinearLR(o, start_factor=0.01, total_iters=10)),
        ({"schedule": "step", "period": 30, "factor": 0.1}, lambda o: schedulers.StepLR(o, 30, 0.1)),
        ({"schedule": "exponential", "period": 1, "factor": 0.95}, lambda o: schedulers.ExponentialLR(o, 0.95)),
        ({"schedule": "polynomial", "power": 1.0}, lambda o: schedulers.PolynomialLR(o, total, 1.0)),
        ({"schedule": "polynomial", "power": 2.5}, lambda o: schedulers.PolynomialLR(o, total, 2.5)),
        ({"schedule": "cosine", "period": 25, "floor": 0.1},
         lambda o: schedulers.CosineAnnealingWarmRestarts(o, 25, 1, eta_min=0.1)),
        ({"schedule": "cosine", "period": 10, "growth": 2},
         lambda o: schedulers.CosineAnnealingWarmRestarts(o, 10, 2)),
        ({"schedule": "one_cycle"}, one_cycle(total)),
        ({"schedule": "cosine", "period": 20, "warmup": 5}, lambda o: schedulers.SequentialLR(o, [
            schedulers.LinearLR(o, start_factor=0.01, total_iters=5),
            schedulers.CosineAnnealingWarmRestarts(o, 20)], milestones=[5])),
    ]]
    return plain + [{"settings": {"total": total, **settings}, "factors": warmed(settings["warmup"], make)}
                    for settings, make in [
        ({"schedule": "step", "period": 20, "factor": 0.3, "warmup": 10},
         lambda steps: lambda o: schedulers.StepLR(o, 20, 0.3)),
        ({"schedule": "exponential", "period": 1, "factor": 0.95, "warmup": 10},
         lambda steps: lambda o: schedulers.ExponentialLR(o, 0.95)),
        ({"schedule": "polynomial", "power": 1.0, "warmup": 20},
         lambda steps: lambda o: schedulers.PolynomialLR(o, steps, 1.0)),
        ({"schedule": "polynomial", "power": 2.5, "warmup": 7},
         lambda steps: lambda o: schedulers.PolynomialLR(o, steps, 2.5)),
        ({"schedule": "cosine", "period": 25, "floor": 0.1, "warmup": 10},
         lambda steps: lambda o: schedulers.CosineAnnealingWarmRestarts(o, 25, 1, eta_min=0.1)),
        ({"schedule": "cosine", "period": 10, "growth": 2, "warmup": 10},
         lambda steps: lambda o: schedulers.CosineAnnealingWarmRestarts(o, 10, 2)),
        ({"schedule": "one_cycle", "warmup": 10}, one_cycle),
        ({"schedule": "one_cycle", "warmup": 40}, one_cycle),
    ]]


def plateau_goldens():
    """The learning rate after each of a hundred losses: falling ever more slowly under noise, standing still, rising;
    one begins with a loss that is not a number."""
    settings = [
        {"patience": 1, "factor": 0.5, "threshold": 1e-4, "min_learning_rate": 1e-8},
        {"patience": 3, "factor": 0.7, "threshold": 0.01, "min_learning_rate": 0.05},
        {"patience": 5, "factor": 0.9, "threshold": 0.1, "min_learning_rate": 0.2},
        {"patience": 10, "factor": 0.1, "threshold": 0.0, "min_learning_rate": 1e-5},
        {"patience": 2, "factor": 0.95, "threshold": 0.5, "min_learning_rate": 0.5},
        {"patience": 40, "factor": 0.25, "threshold": 1e-3, "min_learning_rate": 1e-3},
    ]
    steps = torch.arange(STEPS)
    curves = [torch.exp(-steps / 40) + 0.2 + 0.05 * torch.randn(STEPS), torch.ones(STEPS),
              0.5 + 0.3 * torch.sin(steps / 7) + steps / 300]
    broken = curves[0].clone()
    broken[0], broken[50] = math.nan, math.nan
    cases = []
    for s in settings:
        for losses in map(short, [*curves, broken]):
            optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.8)
            # eps is how small a reduction PyTorch leaves out; the engine leaves out none.
            scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
                optimizer, mode="min", threshold_mode="rel", patience=s["patience"], factor=s["factor"],
                threshold=s["threshold"], min_lr=s["min_learning_rate"], eps=0)
            rates = []
            for loss in losses.tolist():
                scheduler.step(loss)
                rates.append(optimizer.param_groups[0]["lr"])
            cases.append({"settings": {"learning_rate": 0.8, **s}, "losses": flat(losses), "rates": rates})
    return cases


goldens = {"optimizers": optimizer_goldens(SETTINGS), "steps": step_goldens(), "schedules": schedule_goldens()}
goldens["optimizers"] += optimizer_goldens(ADDED_SETTINGS)
goldens["plateaus"] = plateau_goldens()
write("torch_optimizers.json", goldens)
