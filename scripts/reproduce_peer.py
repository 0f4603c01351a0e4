"""The rows of `gargalo reproduce` once more, in PyTorch and scikit-learn.

Same data, same layers, same first weights (in distribution), same loss,
same optimizer, other random numbers and another program.

    python3 scripts/reproduce_peer.py [ROW...] [--seeds 5] [--again]

Adds what it measured to scripts/reproduce_peer.json, which is committed;
`reproduce_pin.py` reads it. Seeds that are in there already are not run
again unless told to. Nothing of this runs when gargalo is built,
tested or used. Needs numpy, torch, scikit-learn.
"""

import argparse
import gzip
import json
import math
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent / "lessons" / "data"
OUT = HERE / "reproduce_peer.json"


def idx(name):
    raw = gzip.open(DATA / name).read()
    dims = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(raw[3])]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(dims)


def pictures(name):
    """Training pictures, labels, test pictures, labels; pixels from 0 to 1."""
    parts = []
    for part in ["train", "t10k"]:
        x = idx(f"{name}-{part}-images-idx3-ubyte.gz")
        parts += [torch.tensor(x.reshape(len(x), -1) / np.float32(255))]
        parts += [torch.tensor(idx(f"{name}-{part}-labels-idx1-ubyte.gz").astype(np.int64))]
    return parts


def layer(inputs, outputs, relu=False):
    """The first weights of src/nn/dense.rs: He for relu, else Glorot."""
    made = torch.nn.Linear(inputs, outputs)
    if relu:
        torch.nn.init.normal_(made.weight, 0, math.sqrt(2 / inputs))
    else:
        torch.nn.init.xavier_uniform_(made.weight)
    torch.nn.init.zeros_(made.bias)
    return made


class Stack(torch.nn.Module):
    """Layers with one activation between them and another at the end."""

    def __init__(self, sizes, inner="relu", last="linear"):
        super().__init__()
        kinds = [inner] * (len(sizes) - 2) + [last]
        pairs = list(zip(sizes, sizes[1:]))
        self.kinds = kinds
        self.layers = torch.nn.ModuleList(
            [layer(a, b, kind == "relu") for (a, b), kind in zip(pairs, kinds)]
        )

    def forward(self, x):
        for kind, one in zip(self.kinds, self.layers):
            x = ACT[kind](one(x))
        return x


ACT = {"relu": F.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "linear": lambda z: z}


class Auto(torch.nn.Module):
    """src/nn/blueprint.rs: encoder, mirrored decoder; the output is logits."""

    def __init__(self, hidden, code, inputs=784, inner="relu", code_act="linear"):
        super().__init__()
        self.encoder = Stack([inputs, *hidden, code], inner, code_act)
        self.decoder = Stack([code, *hidden[::-1], inputs], inner)

    def forward(self, x):
        return self.decoder(self.encoder(x))


class Tied(torch.nn.Module):
    """One sigmoid layer, the decoder borrows its weights; logits out."""

    def __init__(self, inputs, units):
        super().__init__()
        self.enc = layer(inputs, units)
        self.out = torch.nn.Parameter(torch.zeros(inputs))

    def encode(self, x):
        return torch.sigmoid(self.enc(x))

    def forward(self, x):
        return self.encode(x) @ self.enc.weight + self.out


def fit(model, x, epochs, batch, look=None, optimizer=None):
    """Adam at 0.001, shuffled batches; `look` gives the loss of a batch."""
    look = look or (lambda b: F.binary_cross_entropy_with_logits(model(b), b))
    optimizer = optimizer or torch.optim.Adam(model.parameters(), 1e-3)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad(set_to_none=True)
            look(x[rows]).backward()
            optimizer.step()
    return model


def sse(y, x):
    return float(((y - x) ** 2).sum(1).mean())


def auto(x, hidden, code, epochs):
    return fit(Auto(hidden, code), x, epochs, 100)


@torch.no_grad()
def restored(model, x):
    return torch.sigmoid(model(x))


def h06_lpca():
    x, _, t, _ = pictures("digits")
    model = auto(x, [], 30, 30)
    return {"test error": sse(restored(model, t), t)}


def h06_ae30():
    x, _, t, _ = pictures("digits")
    model = auto(x, [500, 250], 30, 10)
    return {"test error": sse(restored(model, t), t)}


def h06_2d():
    from sklearn.neighbors import KNeighborsClassifier

    x, a, t, b = pictures("digits")
    model = auto(x, [256, 128, 64], 2, 15)
    with torch.no_grad():
        codes = [model.encoder(v).numpy() for v in (x, t)]
    near = KNeighborsClassifier(5).fit(codes[0], a)
    right = 100 * near.score(codes[1], b)
    return {"5 nearest right, deep": right, "test error, deep": sse(restored(model, t), t)}


def kb_32():
    x, _, t, _ = pictures("digits")
    model = fit(Keras(), x, 50, 100)
    with torch.no_grad():
        return {"test loss": float(F.binary_cross_entropy_with_logits(model(t), t))}


class Keras(torch.nn.Module):
    """784-32-784 of the Keras blog: relu code, logistic output."""

    def __init__(self):
        super().__init__()
        self.enc, self.dec = layer(784, 32, True), layer(32, 784)

    def code(self, x):
        return F.relu(self.enc(x))

    def forward(self, x):
        return self.dec(self.code(x))


def kb_l1():
    """The mean code with and without an L1 price on activities."""
    x, _, t, _ = pictures("digits")
    means, losses = [], []
    for price in (0.0, 1e-4):
        model = Keras()
        fit(model, x, 20, 100, lambda b: F.binary_cross_entropy_with_logits(model(b), b)
            + price * model.code(b).abs().sum(1).mean())
        with torch.no_grad():
            means.append(float(model.code(t).mean()))
            losses.append(float(F.binary_cross_entropy_with_logits(model(t), t)))
    return {"mean code without / with L1": means[0] / means[1],
            "loss added by L1": losses[1] - losses[0]}


def l_88_92():
    """The definition (b) of an accuracy: both on the same side of one half."""
    x, _, t, _ = pictures("digits")
    y = restored(fit(Keras(), x, 30, 100), t)
    return {"(b) same side of one half": 100 * float(((y >= 0.5) == (t >= 0.5)).float().mean())}


def u_smx():
    """Softmax on raw pixels, weight decay 1e-4, to the minimum."""
    from sklearn.linear_model import LogisticRegression

    x, a, t, b = pictures("digits")
    order = torch.randperm(len(x))
    found = LogisticRegression(C=1 / (1e-4 * len(x)), max_iter=3000, tol=1e-6).fit(x[order], a[order])
    return {"test digits right": 100 * found.score(t, b)}


class Vae(torch.nn.Module):
    """784-hidden-code-hidden-784, relu, Gaussian code, Bernoulli output."""

    def __init__(self, hidden, code):
        super().__init__()
        self.code = code
        self.encoder = Stack([784, *hidden, 2 * code])
        self.decoder = Stack([code, *hidden[::-1], 784])

    def terms(self, x):
        mu, log_var = self.encoder(x).split(self.code, 1)
        z = mu + torch.randn_like(mu) * (log_var / 2).exp()
        rec = F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="none").sum(1).mean()
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1).mean()
        return rec, kl


def vae(x, hidden, code, epochs, batch=100):
    model = Vae(hidden, code)
    return fit(model, x, epochs, batch, lambda b: sum(model.terms(b)))


def pt_vae():
    x, _, t, _ = pictures("digits")
    model = vae(x, [400], 20, 10, 128)
    with torch.no_grad():
        return {"test loss": float(sum(model.terms(t)))}


def k_vae2():
    x, _, t, _ = pictures("digits")
    model = vae(x, [256], 2, 30)
    with torch.no_grad():
        rec, kl = map(float, model.terms(t))
    return {"test loss": rec + kl, "of which KL": kl}


def kw_dim():
    x, _, t, _ = pictures("digits")
    out = {}
    for code in (2, 5, 10, 20):
        model = vae(x[:5000], [128], code, 20)
        with torch.no_grad():
            out[f"test loss, {code} latents"] = float(sum(model.terms(t)))
    return out


def tf_a():
    x, _, t, _ = pictures("fashion")
    enc, dec = layer(784, 64, True), layer(64, 784)
    model = torch.nn.Sequential(enc, torch.nn.ReLU(), dec, torch.nn.Sigmoid())
    fit(model, x, 30, 32, lambda b: F.mse_loss(model(b), b))
    with torch.no_grad():
        return {"test loss": float(F.mse_loss(model(t), t))}


class Conv(torch.nn.Module):
    """The denoiser of the TensorFlow tutorial."""

    def __init__(self):
        super().__init__()
        # 'same' padding of stride 2 on even sizes: one more on the far side.
        self.down = [torch.nn.Conv2d(1, 16, 3, 2), torch.nn.Conv2d(16, 8, 3, 2)]
        self.up = [torch.nn.ConvTranspose2d(8, 8, 3, 2), torch.nn.ConvTranspose2d(8, 16, 3, 2)]
        self.out = torch.nn.Conv2d(16, 1, 3, 1, 1)
        self.all = torch.nn.ModuleList([*self.down, *self.up, self.out])
        for one in self.all:
            torch.nn.init.xavier_uniform_(one.weight)
            torch.nn.init.zeros_(one.bias)

    def forward(self, x):
        x = x.view(-1, 1, 28, 28)
        for one in self.down:
            x = F.relu(one(F.pad(x, (0, 1, 0, 1))))
        for one in self.up:
            size = 2 * x.shape[-1]
            x = F.relu(one(x)[:, :, :size, :size])
        return torch.sigmoid(self.out(x)).flatten(1)


def tf_b():
    x, _, t, _ = pictures("fashion")
    noisy = lambda v: (v + 0.2 * torch.randn_like(v)).clamp(0, 1)
    model, kept, seen = Conv(), noisy(x), noisy(t)
    both = torch.cat([kept, x], 1)
    fit(model, both, 10, 32, lambda b: F.mse_loss(model(b[:, :784]), b[:, 784:]))
    with torch.no_grad():
        loss = float(F.mse_loss(model(seen), t))
    return {"test loss": loss}


def da_cost():
    """deeplearning.net's dA: tied, summed cost, SGD 0.1, batches of 20."""
    x, _, t, _ = pictures("digits")
    out = {}
    for share in (0.0, 0.3):
        torch_mask = lambda b: b * (torch.rand_like(b) >= share)
        model = Tied(784, 300)
        torch.nn.init.uniform_(model.enc.weight, -4 * math.sqrt(6 / 1084), 4 * math.sqrt(6 / 1084))
        look = lambda b: F.binary_cross_entropy_with_logits(
            model(torch_mask(b)), b, reduction="none").sum(1).mean()
        fit(model, x, 10, 20, look, torch.optim.SGD(model.parameters(), 0.1))
        with torch.no_grad():
            name = f"{round(100 * share)} % masked" if share else "undamaged"
            out[f"cost, {name}"] = float(look(x))
    return out


def digits8():
    """All small digits; 35 % are for testing."""
    x = torch.tensor(idx("digits8-images-idx3-ubyte.gz").reshape(-1, 64) / np.float32(16))
    y = torch.tensor(idx("digits8-labels-idx1-ubyte.gz").astype(np.int64))
    order = torch.randperm(len(x))
    train, test = order[:1168], order[1168:]
    return x[train], y[train], x[test], y[test]


class KSparse(torch.nn.Module):
    """Linear tied units of which the k largest speak."""

    def __init__(self, inputs, units):
        super().__init__()
        self.enc = layer(inputs, units)
        self.out = torch.nn.Parameter(torch.zeros(inputs))
        self.k = units

    def encode(self, x):
        z = self.enc(x)
        bar = z.topk(self.k, 1).values[:, -1:]
        return z * (z >= bar)

    def forward(self, x):
        return self.encode(x) @ self.enc.weight + self.out


def wta_dig():
    from sklearn.svm import LinearSVC

    x, a, t, b = digits8()
    model, epochs = KSparse(64, 256), 100
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    for epoch in range(epochs):
        left = max(0.0, 1 - 2 * epoch / epochs)
        model.k = 18 + round((128 - 18) * left)
        # A fresh optimizer every epoch, as there.
        optimizer = torch.optim.Adam(model.parameters(), 1e-3)
        fit(model, x, 1, 50, lambda v: F.mse_loss(model(v), v), optimizer)
    model.k = 18
    with torch.no_grad():
        codes = [model.encode(v).numpy() for v in (x, t)]
    right = [100 * LinearSVC(dual=True, max_iter=20000).fit(v, a).score(w, b)
             for v, w in ((x.numpy(), t.numpy()), codes)]
    return {"linear SVM on codes": right[1], "codes better by": right[1] - right[0]}


def v10_filt():
    """Filters of undamaged and damaged digits: size, and likeness of neighbors."""
    x, _, _, _ = pictures("digits")
    out = {}
    for share in (0.0, 0.25, 0.5):
        model = Tied(784, 200)
        with torch.no_grad():
            model.enc.weight *= 0.1
        fit(model, x[:5000], 12, 50, lambda b: F.binary_cross_entropy_with_logits(
            model(b * (torch.rand_like(b) >= share)), b))
        w = model.enc.weight.detach().double()
        size = (w.pow(2).sum(1) ** 2 / w.pow(4).sum(1)).mean()
        grid = w.view(-1, 28, 28)
        left, right = grid[:, :, :-1], grid[:, :, 1:]
        like = (left * right).sum((1, 2)) / ((left**2 + right**2).sum((1, 2)) / 2)
        name = f"{round(100 * share)} % masked"
        out[f"likeness, {name}"], out[f"pixels, {name}"] = float(like.mean()), float(size)
    return out


class Ufldl(torch.nn.Module):
    """64-25-64 and its like, with the cost of the Stanford tutorial."""

    def __init__(self, inputs, hidden, decay=3e-3, target=0.1, weight=3.0):
        super().__init__()
        self.lower, self.upper = torch.nn.Linear(inputs, hidden), torch.nn.Linear(hidden, inputs)
        edge = math.sqrt(6 / (inputs + hidden + 1))
        for one in (self.lower, self.upper):
            torch.nn.init.uniform_(one.weight, -edge, edge)
            torch.nn.init.zeros_(one.bias)
        self.prices = decay, target, weight

    def encode(self, x):
        return torch.sigmoid(self.lower(x))

    def cost(self, x):
        decay, p, beta = self.prices
        h = self.encode(x)
        y, q = torch.sigmoid(self.upper(h)), h.mean(0)
        kl = p * (p / q).log() + (1 - p) * ((1 - p) / (1 - q)).log()
        squares = self.lower.weight.pow(2).sum() + self.upper.weight.pow(2).sum()
        return 0.5 * (y - x).pow(2).sum(1).mean() + decay / 2 * squares + beta * kl.sum()

    def descend(self, x, steps):
        way = torch.optim.LBFGS(self.parameters(), max_iter=steps, history_size=20,
                                tolerance_grad=0, tolerance_change=0, line_search_fn="strong_wolfe")
        def look():
            way.zero_grad()
            loss = self.cost(x)
            loss.backward()
            return loss
        way.step(look)
        return self


def r11_t1():
    """Plain against contractive: norm of the Jacobian, saturation."""
    x, _, t, _ = pictures("digits")
    found = []
    for price in (0.0, 10.0):
        model = Tied(784, 100)

        def square(v):
            h = model.encode(v)
            return ((h * (1 - h)) ** 2 @ model.enc.weight.pow(2).sum(1)).mean()

        fit(model, x[:4000], 15, 50, lambda b: F.binary_cross_entropy_with_logits(model(b), b)
            + price / 784 * square(b))
        with torch.no_grad():
            h = model.encode(t)
            flat = ((h < 0.05) | (h > 0.95)).float().mean()
            found.append((float(square(t)) ** 0.5, 100 * float(flat)))
    (norm, flat), (small, flatter) = found
    return {"|J|, plain / contractive": norm / small, "more saturated by": flatter - flat}


def u_stack():
    from sklearn.linear_model import LogisticRegression

    x, a, t, b = pictures("digits")
    x, a = x[:3000], a[:3000]
    layers, codes = [], x
    for inputs in (784, 100):
        one = Ufldl(inputs, 100).descend(codes, 50)
        with torch.no_grad():
            codes = one.encode(codes)
        layers.append(one.lower)
    found = LogisticRegression(C=1 / (1e-4 * len(x)), max_iter=300).fit(codes.numpy(), a)
    head = torch.nn.Linear(100, 10)
    with torch.no_grad():
        head.weight.copy_(torch.tensor(found.coef_))
        head.bias.copy_(torch.tensor(found.intercept_))
    model = torch.nn.Sequential(layers[0], torch.nn.Sigmoid(), layers[1], torch.nn.Sigmoid(), head)
    right = lambda: 100 * float((model(t).argmax(1) == b).float().mean())
    before = right()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    for _ in range(20):
        for rows in torch.randperm(len(x)).split(100):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x[rows]), a[rows]) + 0.5e-4 * head.weight.pow(2).sum()
            loss.backward()
            optimizer.step()
    return {"right before": before, "right after": right()}


def patches():
    """10,000 patches, cut, whitened and squeezed as src/data/patches.rs has it."""
    from PIL import Image

    photos = np.asarray(Image.open(DATA / "photos.png"), np.float64) / 255
    photos = photos.reshape(-1, 240, photos.shape[1])
    cut = []
    for _ in range(10_000):
        photo = photos[np.random.randint(len(photos))]
        top, left = np.random.randint(173), np.random.randint(photo.shape[1] - 7)
        cut.append(photo[top : top + 8, left : left + 8].ravel())
    x = np.array(cut)
    x -= x.mean(1, keepdims=True)
    x -= x.mean(0)
    values, axes = np.linalg.eigh(x.T @ x / len(x))
    x = x @ (axes / np.sqrt(values.clip(0) + values.mean())) @ axes.T
    return torch.tensor((x / (3 * x.std())).clip(-1, 1) * 0.4 + 0.5, dtype=torch.float32)


def coherence(f):
    """src/nn/oriented.rs, for a filter of 8 x 8."""
    gx, gy = f[1:-1, 2:] - f[1:-1, :-2], f[2:, 1:-1] - f[:-2, 1:-1]
    a, b, c = (gx * gx).sum(), (gy * gy).sum(), (gx * gy).sum()
    return math.hypot(a - b, 2 * c) / (a + b)


def u_sae():
    x = patches()
    model = Ufldl(64, 25, 1e-4, 0.01, 3.0)
    start = float(model.cost(x).detach())
    model.descend(x, 400)
    filters = model.lower.weight.detach().numpy().reshape(25, 8, 8)
    return {
        "cost at first, mean of 3 seeds": start,
        "cost at last, the lowest of them": float(model.cost(x).detach()),
        "mean activity of a unit": float(model.encode(x).mean().detach()),
        "oriented filters, of 25": float(sum(coherence(f) > 0.5 for f in filters)),
    }


def npy(name):
    import io

    return np.load(io.BytesIO(gzip.open(DATA / name).read()))


def tf_c():
    """Heartbeats of record 208, as src/data/ecg.rs divides and scales them."""
    beats, about = npy("ecg-beats.npy.gz").astype(np.float32), npy("ecg-about.npy.gz")
    labels = about[:, 2].astype(int)
    narrow = np.flatnonzero(labels == 0)[:308]
    rest = np.setdiff1d(np.arange(len(beats)), narrow)
    low, high = beats[narrow].min(), beats[narrow].max()
    scaled = lambda rows: torch.tensor((beats[rows] - low) / (high - low))
    x, rest = scaled(narrow), rest[labels[rest] < 2]
    t, wide = scaled(rest), labels[rest] == 1
    model = torch.nn.Sequential(
        Stack([140, 32, 16, 8], "relu", "relu"), Stack([8, 16, 32, 140], "relu", "sigmoid"))
    fit(model, x, 100, 32, lambda b: F.mse_loss(model(b), b))
    with torch.no_grad():
        errors = [(model(v) - v).abs().mean(1).numpy() for v in (x, t)]
    flagged = errors[1] > errors[0].mean() + errors[0].std()
    tp, fp = (~flagged & ~wide).sum(), (~flagged & wide).sum()
    return {
        "accuracy": float((flagged == wide).mean()),
        "precision, normal is positive": float(tp / (tp + fp)),
        "recall, normal is positive": float(tp / (~wide).sum()),
    }


NAMES = {"l_88_92": "L-88/92"}
ROWS = {NAMES.get(name, name.replace("_", "-").upper()): f for name, f in list(globals().items())
        if name.split("_")[0] in {"h06", "kb", "u", "pt", "k", "kw", "l", "tf", "da", "wta", "v10", "r11"}
        and "_" in name and callable(f)}


def measured(row, seed):
    """Whether this row was run with this seed before."""
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    return any(str(seed) in runs for runs in kept.get(row, {}).values())


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("rows", nargs="*")
    ask.add_argument("--seeds", type=int, default=5)
    ask.add_argument("--again", action="store_true")
    told = ask.parse_args()
    torch.set_num_threads(1)
    for row in told.rows or ROWS:
        for seed in range(1, told.seeds + 1):
            if not told.again and measured(row, seed):
                continue
            torch.manual_seed(seed)
            np.random.seed(seed)
            since = time.time()
            found = ROWS[row]()
            print(row, seed, found, f"{time.time() - since:.1f} s", flush=True)
            # Read again each time: two of these may run side by side.
            kept = json.loads(OUT.read_text()) if OUT.exists() else {}
            for what, x in found.items():
                kept.setdefault(row, {}).setdefault(what, {})[str(seed)] = round(x, 6)
            OUT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
