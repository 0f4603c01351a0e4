"""Makes values.json: what PyTorch and scikit-learn say about small networks.

Run it with Python, PyTorch, scikit-learn and numpy installed:

    python tests/parity/make.py

tests/parity.rs reads the file and compares. Everything is computed in 64
bits and written with nine digits.
"""

import json
import pathlib

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

RNG = np.random.default_rng(2006)
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
CASES = [
    # hidden, code, output, loss, tying, weight decay
    ("Tanh", "Linear", "Linear", "SquaredError", "Free", 0.0),
    ("Tanh", "Linear", "Linear", "SquaredError", "Tied", 0.0),
    ("Relu", "Relu", "Sigmoid", "SquaredError", "Free", 0.0),
    ("Relu", "Relu", "Sigmoid", "SquaredError", "Tied", 0.01),
    ("Sigmoid", "Sigmoid", "Sigmoid", "CrossEntropy", "Free", 0.0),
    ("Sigmoid", "Sigmoid", "Sigmoid", "CrossEntropy", "Tied", 0.0),
    ("Relu", "Linear", "Sigmoid", "CrossEntropy", "Free", 0.01),
    ("Tanh", "Tanh", "Sigmoid", "CrossEntropy", "Tied", 0.0),
]
SIZES = [6, 5, 3]


def rounded(array):
    """Nested lists of numbers with nine significant digits."""
    array = np.asarray(array, dtype=np.float64)
    if array.ndim == 0:
        return float(f"{array:.9g}")
    return [rounded(row) for row in array]


def fresh_parameters(tying):
    """Weights [inputs, outputs] and biases [1, outputs], in order."""
    down = list(zip(SIZES, SIZES[1:]))
    up = [(n, m) for m, n in reversed(down)]
    parameters = []
    for inputs, outputs in down:
        parameters.append(RNG.normal(0, 0.6, (inputs, outputs)))
        parameters.append(RNG.normal(0, 0.3, (1, outputs)))
    for inputs, outputs in up:
        if tying == "Free":
            parameters.append(RNG.normal(0, 0.6, (inputs, outputs)))
        parameters.append(RNG.normal(0, 0.3, (1, outputs)))
    return parameters


def loss_of(case, parameters, x):
    """The loss as PyTorch computes it, from tensors."""
    hidden, code, output, loss, tying, decay = case
    depth = len(SIZES) - 1
    h, weights = x, []
    for l in range(depth):
        w, b = parameters[2 * l], parameters[2 * l + 1]
        bend = ACTIVATIONS[code if l == depth - 1 else hidden]
        h = bend(h @ w + b)
        weights.append(w)
    rest = parameters[2 * depth :]
    for l in range(depth):
        if tying == "Tied":
            w, b = weights[depth - 1 - l].T, rest[l]
        else:
            w, b = rest[2 * l], rest[2 * l + 1]
        z = h @ w + b
        h = ACTIVATIONS[hidden](z)
    if loss == "CrossEntropy":
        error = torch.nn.functional.binary_cross_entropy_with_logits(z, x)
    else:
        error = torch.nn.functional.mse_loss(ACTIVATIONS[output](z), x)
    squares = sum((p**2).sum() for p in parameters if p.shape[0] > 1)
    return error + decay / 2 * squares


def network(case):
    """One case: the loss, its gradients, and ten steps of each rule."""
    hidden, code, output, loss, tying, decay = case
    start = [torch.tensor(p) for p in fresh_parameters(tying)]
    x = torch.tensor(RNG.uniform(0, 1, (4, SIZES[0])))
    tensors = [p.clone().requires_grad_() for p in start]
    value = loss_of(case, tensors, x)
    value.backward()
    steps = {}
    for name, (rate, make) in OPTIMIZERS.items():
        moving = [p.clone().requires_grad_() for p in start]
        optimizer = make(moving)
        for _ in range(10):
            optimizer.zero_grad()
            loss_of(case, moving, x).backward()
            optimizer.step()
        after = [rounded(p.detach().numpy()) for p in moving]
        steps[name] = {"learning_rate": rate, "after": after}
    return {
        "blueprint": {
            "inputs": SIZES[0],
            "hidden": SIZES[1:-1],
            "code": SIZES[-1],
            "activation": hidden,
            "code_activation": code,
            "output_activation": output,
            "loss": loss,
            "tying": tying,
            "init_scale": 1.0,
        },
        "weight_decay": decay,
        "parameters": [rounded(p.numpy()) for p in start],
        "batch": rounded(x.numpy()),
        "loss": rounded(value.item()),
        "gradients": [rounded(p.grad.numpy()) for p in tensors],
        "steps": steps,
    }


def pca(kept):
    """The principal components of the 1,797 small digits, pixels / 16."""
    x = load_digits().data / 16
    fitted = PCA(n_components=kept, svd_solver="full").fit(x)
    components = fitted.components_
    largest = np.abs(components).argmax(axis=1)
    signs = np.sign(components[np.arange(kept), largest])
    return {
        "mean": rounded(fitted.mean_),
        "explained_variance": rounded(fitted.explained_variance_),
        "explained_variance_ratio": rounded(fitted.explained_variance_ratio_),
        "components": rounded(components * signs[:, None]),
    }


values = {"networks": [network(case) for case in CASES], "pca": pca(10)}
path = pathlib.Path(__file__).with_name("values.json")
path.write_text(json.dumps(values, separators=(",", ":")) + "\n")
