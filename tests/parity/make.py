"""Makes values.json: what PyTorch and scikit-learn say about small networks.

Run it with Python, PyTorch, scikit-learn and numpy installed:

    python tests/parity/make.py

tests/parity/networks.rs reads the file and compares. Each further family
of models has a script, a file of values and a test of its own:
make_dense.py, values_dense.json, dense.rs, and so on.
"""

import numpy as np
import torch
from common import ACTIVATIONS, asked, fresh_parameters, rounded, write
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

RNG = np.random.default_rng(2006)
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
    """One case: its blueprint, and what PyTorch says."""
    hidden, code, output, loss, tying, decay = case
    start = fresh_parameters(RNG, SIZES, tying)
    batch = RNG.uniform(0, 1, (4, SIZES[0]))
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
        **asked(start, batch, lambda p, x: loss_of(case, p, x)),
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


write(
    "values.json",
    {"networks": [network(case) for case in CASES], "pca": pca(10)},
)
