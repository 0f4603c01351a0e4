"""Makes values_dense.json: what PyTorch says about regularized networks.

    python tests/parity/make_dense.py

Deep and tied networks, denoising with given damage and emphasis,
contraction through autograd's second derivative, k-sparse codes, prices
of sparse codes, and where L-BFGS ends. tests/parity/dense.rs compares.
"""

import numpy as np
import torch
from common import ACTIVATIONS, asked, fresh_parameters, rounded, write

RNG = np.random.default_rng(2010)

PLAIN = {
    "sizes": [8, 5],
    "hidden": "Tanh",
    "code": "Sigmoid",
    "output": "Sigmoid",
    "loss": "CrossEntropy",
    "tying": "Free",
    "weight_decay": 0.0,
    "contraction": 0.0,
    "sparsity": "None",
    "emphasis": 1.0,
    "damage": None,
    "rates": {},
}
SQUARED = {"loss": "SquaredError"}
TIED = {"tying": "Tied"}
LINEAR = {"code": "Linear", "output": "Linear", **SQUARED}
DEEP = {"sizes": [12, 9, 7, 4]}
CASES = {
    "deep": {**DEEP, "code": "Linear"},
    "deep, relu and decay": {
        **DEEP, **SQUARED, "hidden": "Relu", "code": "Relu",
        "weight_decay": 0.01,
    },
    "deep, tied": {**DEEP, **TIED},
    "deep, tied and decay": {
        **DEEP, **TIED, **SQUARED, "weight_decay": 0.02,
    },
    "overcomplete": {"sizes": [6, 20], "code": "Relu", **SQUARED},
    "denoising, mask": {**TIED, "damage": "mask"},
    "denoising, mask with half emphasis": {"damage": "mask", "emphasis": 0.5},
    "denoising, mask with full emphasis": {
        **SQUARED, "damage": "mask", "emphasis": 0.0,
    },
    "denoising, gaussian": {**DEEP, **LINEAR, "damage": "gaussian"},
    "contractive, sigmoid": {"contraction": 0.1},
    "contractive, sigmoid, tied": {**TIED, "contraction": 0.1},
    "contractive, tanh": {**SQUARED, "code": "Tanh", "contraction": 0.05},
    "contractive, tanh, tied": {**TIED, "code": "Tanh", "contraction": 0.05},
    "contractive, every layer": {
        **DEEP, "hidden": "Sigmoid", "contraction": 0.05,
    },
    "contractive, damaged": {**TIED, "damage": "mask", "contraction": 0.1},
    "k-sparse": {**LINEAR, **TIED, "sizes": [8, 20],
                 "sparsity": {"KSparse": {"active": 4}},
                 "rates": {"Sgd": 0.1, "Momentum": 0.02}},
    "k-sparse, deep": {**DEEP, **LINEAR,
                       "sparsity": {"KSparse": {"active": 2}}},
    "kl": {"sparsity": {"Kl": {"target": 0.05, "weight": 0.1}}},
    "kl, tied and decay": {
        **TIED, **SQUARED, "weight_decay": 0.01,
        "sparsity": {"Kl": {"target": 0.1, "weight": 0.3}},
        "rates": {"Sgd": 0.1, "Momentum": 0.02},
    },
    "l1": {**SQUARED, "code": "Relu", "sizes": [8, 12],
           "sparsity": {"L1": {"weight": 0.02}}},
    "l1, tanh": {"code": "Tanh", "sparsity": {"L1": {"weight": 0.05}}},
}


def keep_largest(h, k):
    """k-sparse: the k largest of every row, the others 0."""
    places = torch.topk(h, k, dim=1).indices
    return h * torch.zeros_like(h).scatter(1, places, 1.0)


def jacobian_norm(layer, below):
    """The mean over examples of the squared Jacobian, one unit at a time."""
    if not below.requires_grad:
        below = below.clone().requires_grad_()
    h, norm = layer(below), 0.0
    for unit in range(h.shape[1]):
        rows = torch.autograd.grad(
            h[:, unit].sum(), below, create_graph=True
        )[0]
        norm = norm + (rows**2).sum()
    return norm / len(below)


def price_of_code(sparsity, h):
    """Prices of sparse codes, summed over units."""
    if "L1" in sparsity:
        return sparsity["L1"]["weight"] * h.abs().sum() / len(h)
    if "Kl" in sparsity:
        rho, q = sparsity["Kl"]["target"], h.mean(0)
        kl = rho * torch.log(rho / q)
        kl = kl + (1 - rho) * torch.log((1 - rho) / (1 - q))
        return sparsity["Kl"]["weight"] * kl.sum()
    return 0.0


def loss_of(case, parameters, x, damage):
    """The loss as PyTorch computes it, from tensors."""
    depth = len(case["sizes"]) - 1
    h, weights, price = x if damage is None else damage["x"], [], 0.0
    for l in range(depth):
        w, b = parameters[2 * l], parameters[2 * l + 1]
        bend = ACTIVATIONS[case["code" if l == depth - 1 else "hidden"]]

        def layer(below, w=w, b=b, bend=bend):
            return bend(below @ w + b)

        if case["contraction"]:
            price = price + case["contraction"] * jacobian_norm(layer, h)
        h = layer(h)
        weights.append(w)
    price = price + price_of_code(case["sparsity"], h)
    if "KSparse" in case["sparsity"]:
        h = keep_largest(h, case["sparsity"]["KSparse"]["active"])
    rest = parameters[2 * depth :]
    for l in range(depth):
        if case["tying"] == "Tied":
            w, b = weights[depth - 1 - l].T, rest[l]
        else:
            w, b = rest[2 * l], rest[2 * l + 1]
        z = h @ w + b
        h = ACTIVATIONS[case["hidden"]](z)
    if case["loss"] == "CrossEntropy":
        error = torch.nn.functional.binary_cross_entropy_with_logits(
            z, x, reduction="none"
        )
    else:
        error = (ACTIVATIONS[case["output"]](z) - x) ** 2
    if damage is not None:
        touched = damage["touched"]
        error = error * (touched + case["emphasis"] * (1 - touched))
    squares = sum((p**2).sum() for p in parameters if p.shape[0] > 1)
    return error.mean() + case["weight_decay"] / 2 * squares + price


def damaged(kind, batch):
    """The damage as numbers: what the network sees, and what was touched."""
    if kind is None:
        return None
    if kind == "mask":
        touched = (RNG.uniform(0, 1, batch.shape) < 0.4) * 1.0
        return {"x": batch * (1 - touched), "touched": touched}
    noise = RNG.normal(0, 0.3, batch.shape)
    return {"x": batch + noise, "touched": np.ones_like(batch)}


def network(name, changes):
    """One case: how to build it, and what PyTorch says."""
    case = {**PLAIN, **changes}
    start = fresh_parameters(RNG, case["sizes"], case["tying"])
    batch = RNG.uniform(0, 1, (5, case["sizes"][0]))
    damage = damaged(case["damage"], batch)
    tensors = damage and {k: torch.tensor(v) for k, v in damage.items()}
    return {
        "name": name,
        "blueprint": {
            "inputs": case["sizes"][0],
            "hidden": case["sizes"][1:-1],
            "code": case["sizes"][-1],
            "activation": case["hidden"],
            "code_activation": case["code"],
            "output_activation": case["output"],
            "loss": case["loss"],
            "tying": case["tying"],
            "init_scale": 1.0,
        },
        "weight_decay": case["weight_decay"],
        "contraction": case["contraction"],
        "sparsity": case["sparsity"],
        "emphasis": case["emphasis"],
        "damage": damage and {k: rounded(v) for k, v in damage.items()},
        "asked": asked(
            start,
            batch,
            lambda p, x: loss_of(case, p, x, tensors),
            case["rates"],
        ),
    }


def minimum():
    """Where PyTorch's L-BFGS ends on a sparse autoencoder."""
    case = {
        **PLAIN, **SQUARED, "weight_decay": 1e-4, "sizes": [8, 5],
        "sparsity": {"Kl": {"target": 0.1, "weight": 0.01}},
    }
    start = fresh_parameters(RNG, case["sizes"], case["tying"])
    batch = RNG.uniform(0.1, 0.9, (30, 8)) ** 2
    x = torch.tensor(batch)
    moving = [torch.tensor(p).requires_grad_() for p in start]
    optimizer = torch.optim.LBFGS(
        moving, max_iter=2000, history_size=20, tolerance_grad=1e-10,
        tolerance_change=1e-14, line_search_fn="strong_wolfe",
    )

    def closure():
        optimizer.zero_grad()
        loss = loss_of(case, moving, x, None)
        loss.backward()
        return loss

    optimizer.step(closure)
    return {
        "parameters": [rounded(p) for p in start],
        "batch": rounded(batch),
        "start": rounded(
            loss_of(case, [torch.tensor(p) for p in start], x, None).item()
        ),
        "end": rounded(closure().item()),
    }


write(
    "values_dense.json",
    {
        "networks": [network(n, c) for n, c in CASES.items()],
        "minimum": minimum(),
    },
)
