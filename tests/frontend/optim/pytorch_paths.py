#!/usr/bin/env python3
"""Writes what PyTorch's optimizers and schedules do in 100 steps:

    pytorch_paths.py optimizers > optimizer_paths.txt
    pytorch_paths.py schedules > schedule_paths.txt

The names are those of optimizer_cases.h and schedule_cases.h, which do the same in C++.
"""
import math
import sys

import torch
from torch import optim
from torch.optim import lr_scheduler as lr


def wave(sizes, seed, dtype):
    count = math.prod(sizes)
    values = [1.5 * math.sin(seed + 1.37 * i) for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(sizes).to(dtype)


def show(name, values):
    print(name + ":", " ".join("%.10g" % v for v in values))


def walk(name, make, dtype, steps):
    w, b = wave((2, 3), 1, dtype).requires_grad_(), wave((3,), 2, dtype).requires_grad_()
    x, y = wave((4, 2), 3, dtype), wave((4, 3), 4, dtype)
    optimizer = make([w, b])

    def closure():
        optimizer.zero_grad()
        loss = (torch.tanh(x.matmul(w) + b) - y).pow(2).mean()
        loss.backward()
        return loss

    for step in range(1, max(steps) + 1):
        optimizer.step(closure)
        if step in steps:
            show(f"{name}, step {step}", w.flatten().tolist() + b.tolist())


OPTIMIZERS = {
    "SGD": (optim.SGD, [
        dict(lr=0.1), dict(lr=0.1, momentum=0.9), dict(lr=0.1, momentum=0.9, dampening=0.3),
        dict(lr=0.1, momentum=0.9, nesterov=True), dict(lr=0.1, momentum=0.5, weight_decay=0.1),
        dict(lr=0.01, maximize=True)]),
    "Adam": (optim.Adam, [
        dict(lr=0.05), dict(lr=0.05, betas=(0.5, 0.9), eps=1e-3), dict(lr=0.05, amsgrad=True),
        dict(lr=0.05, weight_decay=0.1), dict(lr=0.01, maximize=True)]),
    "AdamW": (optim.AdamW, [
        dict(lr=0.05), dict(lr=0.05, weight_decay=0.2, amsgrad=True),
        dict(lr=0.01, maximize=True)]),
    "RMSprop": (optim.RMSprop, [
        dict(lr=0.02), dict(lr=0.005, alpha=0.9, eps=1e-3), dict(lr=0.02, momentum=0.5),
        dict(lr=0.002, centered=True, alpha=0.9), dict(lr=0.02, weight_decay=0.1),
        dict(lr=0.01, centered=True, momentum=0.5, weight_decay=0.01, eps=1e-4),
        dict(lr=0.01, maximize=True)]),
    "Adagrad": (optim.Adagrad, [
        dict(lr=0.1), dict(lr=0.1, lr_decay=0.1), dict(lr=0.1, weight_decay=0.1),
        dict(lr=0.1, initial_accumulator_value=0.5, eps=1e-3), dict(lr=0.01, maximize=True)]),
    "Adadelta": (optim.Adadelta, [
        dict(), dict(lr=0.5, rho=0.7, eps=1e-4), dict(weight_decay=0.1), dict(maximize=True)]),
    "Adamax": (optim.Adamax, [
        dict(lr=0.05), dict(lr=0.05, betas=(0.4, 0.9), eps=1e-3), dict(lr=0.05, weight_decay=0.1),
        dict(lr=0.01, maximize=True)]),
    "NAdam": (optim.NAdam, [
        dict(lr=0.05), dict(lr=0.05, betas=(0.6, 0.9), eps=1e-3, momentum_decay=0.1),
        dict(lr=0.05, weight_decay=0.1),
        dict(lr=0.05, weight_decay=0.1, decoupled_weight_decay=True),
        dict(lr=0.01, maximize=True)]),
    "RAdam": (optim.RAdam, [
        dict(lr=0.05), dict(lr=0.05, betas=(0.6, 0.9), eps=1e-3), dict(lr=0.05, weight_decay=0.1),
        dict(lr=0.05, weight_decay=0.1, decoupled_weight_decay=True),
        dict(lr=0.01, maximize=True)]),
    "ASGD": (optim.ASGD, [
        dict(lr=0.1), dict(lr=0.1, lambd=0.01, alpha=0.5, t0=10), dict(lr=0.1, weight_decay=0.1),
        dict(lr=0.01, maximize=True)]),
    "Rprop": (optim.Rprop, [
        dict(), dict(lr=0.05, etas=(0.3, 1.5), step_sizes=(1e-3, 0.2)), dict(maximize=True)]),
}


def optimizers():
    for name, (kind, options) in OPTIMIZERS.items():
        for i, given in enumerate(options):
            make = lambda p: kind(p, **given)
            walk(f"{name} {i}, double", make, torch.float64, (1, 2, 3, 6, 10, 30, 100))
            walk(f"{name} {i}, float", make, torch.float32, (1, 2, 6))


def follow(name, make, groups=False, momentum=False, step=None):
    p, q = torch.zeros(1), torch.zeros(1)
    params = [{"params": [p]}, {"params": [q], "lr": 0.1}] if groups else [p]
    optimizer = (optim.SGD(params, lr=0.5, momentum=0.9) if momentum != "betas"
                 else optim.Adam(params, lr=0.5))
    scheduler = make(optimizer)
    rates = []
    for epoch in range(100):
        for group in optimizer.param_groups:
            rates.append(float(group["lr"]))
            if momentum:
                rates.append(group["betas"][0] if momentum == "betas" else group["momentum"])
        optimizer.step()
        step(scheduler, epoch) if step else scheduler.step()
    show(name, rates)


def sequence(o):
    return lr.SequentialLR(
        o, [lr.ConstantLR(o, 0.1, 4), lr.ExponentialLR(o, 0.9), lr.StepLR(o, 7, 0.5),
            lr.CosineAnnealingLR(o, 10), lr.MultiStepLR(o, [5, 9])], [6, 20, 50, 80])


def nested(o):
    warm = lr.SequentialLR(o, [lr.LinearLR(o, 0.1, 1.0, 5), lr.PolynomialLR(o, 20, 2.0)], [5])
    return lr.SequentialLR(o, [warm, lr.LambdaLR(o, lambda e: 1 / (1 + e))], [30])


def schedules():
    follow("LambdaLR", lambda o: lr.LambdaLR(o, lambda e: 0.95 ** e), groups=True)
    follow("LambdaLR of groups",
           lambda o: lr.LambdaLR(o, [lambda e: 0.95 ** e, lambda e: 1 / (1 + e)]), groups=True)
    follow("MultiplicativeLR", lambda o: lr.MultiplicativeLR(o, lambda e: 1 - 1 / (e + 2)))
    follow("MultiStepLR", lambda o: lr.MultiStepLR(o, [10, 30, 30, 80], 0.5), groups=True)
    follow("ConstantLR", lambda o: lr.ConstantLR(o), groups=True)
    follow("ConstantLR 7", lambda o: lr.ConstantLR(o, 0.25, 7))
    follow("LinearLR", lambda o: lr.LinearLR(o), groups=True)
    follow("LinearLR 50", lambda o: lr.LinearLR(o, 0.1, 0.9, 50))
    follow("ExponentialLR", lambda o: lr.ExponentialLR(o, 0.97), groups=True)
    follow("PolynomialLR", lambda o: lr.PolynomialLR(o), groups=True)
    follow("PolynomialLR 60", lambda o: lr.PolynomialLR(o, 60, 2.5))
    follow("CosineAnnealingLR", lambda o: lr.CosineAnnealingLR(o, 20), groups=True)
    follow("CosineAnnealingLR 7", lambda o: lr.CosineAnnealingLR(o, 7, 0.01))
    follow("WarmRestarts", lambda o: lr.CosineAnnealingWarmRestarts(o, 10), groups=True)
    follow("WarmRestarts 2", lambda o: lr.CosineAnnealingWarmRestarts(o, 5, 2, 0.01))
    follow("WarmRestarts by epoch", lambda o: lr.CosineAnnealingWarmRestarts(o, 5, 3, 0.01),
           step=lambda s, e: s.step(e / 3 + 0.1))
    follow("CyclicLR", lambda o: lr.CyclicLR(o, 0.01, 0.1, 8), momentum="momentum")
    follow("CyclicLR down", lambda o: lr.CyclicLR(o, 0.01, 0.1, 8, 20, cycle_momentum=False))
    follow("CyclicLR triangular2",
           lambda o: lr.CyclicLR(o, [0.01, 0.02], [0.1, 0.3], 6, 3, mode="triangular2",
                                 base_momentum=0.5, max_momentum=0.8),
           groups=True, momentum="betas")
    follow("CyclicLR exp_range",
           lambda o: lr.CyclicLR(o, 0.01, 0.1, 8, mode="exp_range", gamma=0.98),
           momentum="momentum")
    follow("CyclicLR of iterations",
           lambda o: lr.CyclicLR(o, 0.01, 0.1, 8, scale_fn=lambda x: 1 / (1 + 0.1 * x),
                                 scale_mode="iterations"), momentum="momentum")
    follow("OneCycleLR", lambda o: lr.OneCycleLR(o, 0.3, total_steps=100), momentum="momentum")
    follow("OneCycleLR linear",
           lambda o: lr.OneCycleLR(o, [0.3, 0.2], epochs=10, steps_per_epoch=11, pct_start=0.2,
                                   anneal_strategy="linear", base_momentum=0.7, max_momentum=0.9,
                                   div_factor=10, final_div_factor=100),
           groups=True, momentum="betas")
    follow("OneCycleLR three phases",
           lambda o: lr.OneCycleLR(o, 0.3, total_steps=120, three_phase=True),
           momentum="momentum")
    metric = [math.sin(0.3 * e) / (1 + 0.05 * e) for e in range(100)]
    follow("ReduceLROnPlateau", lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=3),
           groups=True, step=lambda s, e: s.step(metric[e]))
    follow("ReduceLROnPlateau max",
           lambda o: lr.ReduceLROnPlateau(o, "max", 0.7, 2, 0.01, "abs", 4, [0.1, 0.05], 1e-3),
           groups=True, step=lambda s, e: s.step(metric[e]))
    follow("SequentialLR", sequence)
    follow("SequentialLR nested", nested)
    follow("ChainedScheduler",
           lambda o: lr.ChainedScheduler([lr.ConstantLR(o, 0.1, 4), lr.ExponentialLR(o, 0.98),
                                          lr.CosineAnnealingLR(o, 40)]), groups=True)


{"optimizers": optimizers, "schedules": schedules}[sys.argv[1]]()
