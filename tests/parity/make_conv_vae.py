"""Makes values_conv_vae.json: what PyTorch says about networks for pictures
and about variational autoencoders.

Run it with Python, PyTorch and numpy installed:

    python tests/parity/make_conv_vae.py

tests/parity_conv_vae.rs reads the file and compares. Everything is computed
in 64 bits and written with nine digits; weights and batches are rounded
first, so that both sides start with the same numbers.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

RNG = np.random.default_rng(2013)
STEPS = 10
RATE = 0.01


def rounded(array):
    """A flat list of numbers with nine significant digits."""
    flat = np.asarray(array, dtype=np.float64).ravel()
    return [float(f"{value:.9g}") for value in flat]


def as_written(array):
    """The numbers as the other side will read them."""
    return np.array(rounded(array)).reshape(array.shape)


def same(size, kernel, stride):
    """Padding before and after as TensorFlow's `same`."""
    stops = -(-size // stride)
    total = max((stops - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def convolve(x, w, b, stride):
    """A convolution with padding `same`; weights [out, in, k, k]."""
    top, bottom = same(x.shape[2], w.shape[2], stride)
    left, right = same(x.shape[3], w.shape[3], stride)
    padded = F.pad(x, (left, right, top, bottom))
    return F.conv2d(padded, w, b, stride=stride)


def stamp(x, w, b, stride, size):
    """A transposed convolution to size × size pixels, padding `same`;
    weights [in, out, k, k]."""
    before, _ = same(size, w.shape[2], stride)
    whole = F.conv_transpose2d(x, w, stride=stride)
    cut = whole[:, :, before : before + size, before : before + size]
    missing = size - cut.shape[2]
    return F.pad(cut, (0, missing, 0, missing)) + b.view(1, -1, 1, 1)


def tensorflow(p, x):
    """The network of TensorFlow's tutorial."""
    h = torch.relu(convolve(x, p[0], p[1], 2))
    h = torch.relu(convolve(h, p[2], p[3], 2))
    h = torch.relu(stamp(h, p[4], p[5], 2, 14))
    h = torch.relu(stamp(h, p[6], p[7], 2, 28))
    return F.mse_loss(torch.sigmoid(convolve(h, p[8], p[9], 1)), x)


def keras(p, x):
    """The network of Keras's "Building Autoencoders"."""
    h = x
    for layer in range(3):
        h = torch.relu(convolve(h, p[2 * layer], p[2 * layer + 1], 1))
        h = F.max_pool2d(h, 2, ceil_mode=True)
    for layer in range(3, 5):
        h = torch.relu(convolve(h, p[2 * layer], p[2 * layer + 1], 1))
        h = F.interpolate(h, scale_factor=2, mode="nearest")
    h = torch.relu(F.conv2d(h, p[10], p[11]))
    h = F.interpolate(h, scale_factor=2, mode="nearest")
    logits = convolve(h, p[12], p[13], 1)
    return F.binary_cross_entropy_with_logits(logits, x)


# Weights of each layer in PyTorch's shapes.
CONVOLUTIONAL = {
    "tensorflow": (
        tensorflow,
        [(16, 1), (8, 16), (8, 8), (8, 16), (1, 16)],
        [16, 8, 8, 16, 1],
    ),
    "keras": (
        keras,
        [(16, 1), (8, 16), (8, 8), (8, 8), (8, 8), (16, 8), (1, 16)],
        [16, 8, 8, 8, 8, 16, 1],
    ),
}


def learn(loss_of, start):
    """The loss, its gradients, and the weights after ten steps of Adam."""
    tensors = [torch.tensor(p, requires_grad=True) for p in start]
    value = loss_of(tensors)
    value.backward()
    moving = [torch.tensor(p, requires_grad=True) for p in start]
    optimizer = torch.optim.Adam(moving, lr=RATE)
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss_of(moving).backward()
        optimizer.step()
    return {
        "loss": value.item(),
        "gradients": [rounded(p.grad.numpy()) for p in tensors],
        "after": [rounded(p.detach().numpy()) for p in moving],
    }


def convolutional(name):
    loss_of, shapes, biases = CONVOLUTIONAL[name]
    start = []
    for (rows, columns), outputs in zip(shapes, biases):
        size = (2 / (9 * min(rows, columns) + 9)) ** 0.5
        kernel = RNG.normal(0, size, (rows, columns, 3, 3))
        start.append(as_written(kernel))
        start.append(as_written(RNG.normal(0, 0.1, outputs)))
    blobs = RNG.uniform(0, 1, (3, 1, 7, 7)).repeat(4, 2).repeat(4, 3)
    batch = np.round(blobs * RNG.uniform(0.5, 1, (3, 1, 28, 28)), 2)
    x = torch.tensor(batch)
    said = learn(lambda p: loss_of(p, x), start)
    parameters = [rounded(p) for p in start]
    return {
        "name": name,
        "parameters": parameters,
        "batch": rounded(batch),
        **said,
    }


SIZES = [12, 7, 3]


def variational(loss, reduction):
    """x → 7 relu → 3 means, 3 log-variances → 7 relu → x."""
    inputs, hidden, code = SIZES
    shapes = [(inputs, hidden), (hidden, 2 * code)]
    shapes += [(code, hidden), (hidden, inputs)]
    start = []
    for rows, columns in shapes:
        start.append(as_written(RNG.normal(0, 0.5, (rows, columns))))
        start.append(as_written(RNG.normal(0, 0.2, (1, columns))))
    batch = as_written(RNG.uniform(0, 1, (5, inputs)))
    noise = as_written(RNG.normal(0, 1, (5, code)))
    c, beta = 1.5, 0.7
    x, e = torch.tensor(batch), torch.tensor(noise)

    def loss_of(p):
        h = torch.relu(x @ p[0] + p[1])
        mean, log_variance = (h @ p[2] + p[3]).chunk(2, dim=1)
        z = mean + torch.exp(0.5 * log_variance) * e
        y = torch.relu(z @ p[4] + p[5]) @ p[6] + p[7]
        if loss == "CrossEntropy":
            error = F.binary_cross_entropy_with_logits(
                y, x, reduction="none"
            )
        else:
            error = (y - x) ** 2
        normal = torch.distributions.Normal
        kl = torch.distributions.kl_divergence(
            normal(mean, torch.exp(0.5 * log_variance)), normal(0.0, 1.0)
        )
        if reduction == "Sum":
            return c * error.sum(1).mean() + beta * kl.sum(1).mean()
        return c * error.mean() + beta * kl.mean()

    return {
        "loss_function": loss,
        "reduction": reduction,
        "reconstruction_weight": c,
        "kl_weight": beta,
        "parameters": [rounded(p) for p in start],
        "batch": rounded(batch),
        "noise": rounded(noise),
        **learn(loss_of, start),
    }


values = {
    "steps": STEPS,
    "learning_rate": RATE,
    "sizes": SIZES,
    "convolutional": [convolutional(name) for name in CONVOLUTIONAL],
    "variational": [
        variational(loss, reduction)
        for loss in ("CrossEntropy", "SquaredError")
        for reduction in ("Sum", "Mean")
    ],
}
path = pathlib.Path(__file__).with_name("values_conv_vae.json")
path.write_text(json.dumps(values, separators=(",", ":")) + "\n")
