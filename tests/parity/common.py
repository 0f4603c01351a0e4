"""What the scripts of this folder share: shapes, rules, rounding.

Everything is computed in 64 bits and written with nine digits.
"""

import json
import pathlib

import numpy as np
import torch

ACTIVATIONS = {
    "Linear": lambda z: z,
    "Sigmoid": torch.sigmoid,
    "Tanh": torch.tanh,
    "Relu": torch.relu,
}
OPTIMIZERS = {
    "Sgd": (0.5, lambda p: torch.optim.SGD(p, lr=0.5)),
    "Momentum": (0.1, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    "Adam": (0.01, lambda p: torch.optim.Adam(p, lr=0.01)),
}


def rounded(array):
    """Nested lists of numbers with nine significant digits."""
    array = np.asarray(array, dtype=np.float64)
    if array.ndim == 0:
        return float(f"{array:.9g}")
    return [rounded(row) for row in array]


def fresh_parameters(rng, sizes, tying):
    """Weights [inputs, outputs] and biases [1, outputs], in order."""
    down = list(zip(sizes, sizes[1:]))
    up = [(n, m) for m, n in reversed(down)]
    parameters = []
    for inputs, outputs in down:
        parameters.append(rng.normal(0, 0.6, (inputs, outputs)))
        parameters.append(rng.normal(0, 0.3, (1, outputs)))
    for inputs, outputs in up:
        if tying == "Free":
            parameters.append(rng.normal(0, 0.6, (inputs, outputs)))
        parameters.append(rng.normal(0, 0.3, (1, outputs)))
    return parameters


def asked(parameters, batch, loss_of, rates=None):
    """The loss, its gradients, and ten steps of each rule.

    `loss_of(parameters, x)` is the loss as PyTorch computes it, from
    tensors; `rates` replaces learning rates by the name of the rule.
    """
    start = [torch.tensor(p) for p in parameters]
    x = torch.tensor(batch)
    tensors = [p.clone().requires_grad_() for p in start]
    value = loss_of(tensors, x)
    value.backward()
    steps = {}
    for name, (rate, make) in OPTIMIZERS.items():
        moving = [p.clone().requires_grad_() for p in start]
        optimizer = make(moving)
        rate = (rates or {}).get(name, rate)
        for group in optimizer.param_groups:
            group["lr"] = rate
        for _ in range(10):
            optimizer.zero_grad()
            loss_of(moving, x).backward()
            optimizer.step()
        after = [rounded(p.detach().numpy()) for p in moving]
        steps[name] = {"learning_rate": rate, "after": after}
    return {
        "parameters": [rounded(p.numpy()) for p in start],
        "batch": rounded(x.numpy()),
        "loss": rounded(value.item()),
        "gradients": [rounded(p.grad.numpy()) for p in tensors],
        "steps": steps,
    }


def write(name, values):
    """Writes a file of values next to the scripts."""
    path = pathlib.Path(__file__).with_name(name)
    path.write_text(json.dumps(values, separators=(",", ":")) + "\n")
