"""Makes values.json: what scikit-learn and scipy say about classifiers.

Run it with Python, scikit-learn, scipy and numpy installed:

    python tests/probes/make.py

tests/probes.rs reads the file and compares. The digits are the 1,797 of
scikit-learn, in its order: the first 1,200 are for training.
"""

import json
import pathlib
import warnings

import numpy as np
from scipy.stats import norm
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits, load_iris
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.metrics import roc_auc_score, roc_curve
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import LinearSVC

warnings.filterwarnings("error")
RNG = np.random.default_rng(2008)
TRAIN = 1200


def rounded(array):
    """Nested lists of numbers with nine significant digits."""
    array = np.asarray(array, dtype=np.float64)
    if array.ndim == 0:
        return float(f"{array:.9g}")
    return [rounded(row) for row in array]


def logistic(x, y, decay):
    """Softmax regression: 1/N sum of losses + decay/2 squared weights."""
    # liblinear and lbfgs weigh the losses instead: C = 1 / (N decay).
    c = 1.0 / (len(y) * decay)
    return LogisticRegression(C=c, tol=1e-10, max_iter=100_000).fit(x, y)


def iris_values():
    """A small set, so that the examples can be stored."""
    x, y = load_iris(return_X_y=True)
    x = x / 10.0
    soft = logistic(x, y, 0.01)
    svm = LinearSVC(C=1.0, tol=1e-10, max_iter=1_000_000, dual=True)
    svm.fit(x, y)
    start = x[[0, 75, 149]]
    kmeans = KMeans(3, init=start, n_init=1, tol=0.0).fit(x)
    return {
        "x": rounded(x),
        "labels": y.tolist(),
        "decay": 0.01,
        # Only differences between classes matter: made to sum to zero.
        "weights": rounded(soft.coef_ - soft.coef_.mean(axis=0)),
        "bias": rounded(soft.intercept_ - soft.intercept_.mean()),
        "probabilities": rounded(soft.predict_proba(x)[::10]),
        "svm_weights": rounded(svm.coef_),
        "svm_bias": rounded(svm.intercept_),
        "centers": rounded(kmeans.cluster_centers_),
        "start": [0, 75, 149],
        "inertia": rounded(kmeans.inertia_),
        "members": kmeans.labels_.tolist(),
    }


def svm_objective(svm, x, y):
    """What liblinear makes small, over all classes."""
    sides = np.where(y[:, None] == np.arange(10)[None, :], 1.0, -1.0)
    street = np.maximum(0.0, 1.0 - sides * svm.decision_function(x))
    lengths = (svm.coef_**2).sum() + (svm.intercept_**2).sum()
    return 0.5 * lengths + (street**2).sum()


def votes(x, y, x_test, k):
    """Predictions of k neighbors; -1 where a vote was a draw."""
    model = KNeighborsClassifier(k, algorithm="brute").fit(x, y)
    predicted = model.predict(x_test)
    counts = np.sort(model.predict_proba(x_test), axis=1)
    # A draw, or neighbors at exactly the same distance at the border.
    far, _ = model.kneighbors(x_test, min(k + 1, len(x)))
    unclear = (counts[:, -1] == counts[:, -2]) | (far[:, -1] == far[:, -2])
    return [-1 if u else int(p) for p, u in zip(predicted, unclear)]


def digits_values():
    """The small digits, first rows for training; the program has them."""
    x, y = load_digits(return_X_y=True)
    x = x / 16.0
    (x, x_test), (y, y_test) = np.split(x, [TRAIN]), np.split(y, [TRAIN])
    soft = logistic(x, y, 1e-3)
    svm = LinearSVC(C=1.0, tol=1e-8, max_iter=1_000_000, dual=True)
    svm.fit(x, y)
    boosted = {}
    for name, share in [("whole", 1.0), ("half", 0.5)]:
        model = GradientBoostingClassifier(
            n_estimators=100,
            learning_rate=0.1,
            max_depth=1,
            subsample=share,
            random_state=0,
        ).fit(x, y)
        boosted[name] = rounded(model.score(x_test, y_test))
    return {
        "train": TRAIN,
        "decay": 1e-3,
        "softmax_accuracy": rounded(soft.score(x_test, y_test)),
        "softmax_predictions": soft.predict(x_test).tolist(),
        "svm_accuracy": rounded(svm.score(x_test, y_test)),
        "svm_objective": rounded(svm_objective(svm, x, y)),
        "neighbors": {
            str(k): votes(x, y, x_test, k) for k in (1, 3, 5, 15)
        },
        "boosted": boosted,
    }


def detector_values():
    """Scores with many ties: precision, recall, F1 and the ROC curve."""
    positive = RNG.random(200) < 0.35
    scores = np.round(RNG.normal(0, 1, 200) + positive, 1)
    flagged = scores > 0.7
    alarms, hits, _ = roc_curve(positive, scores, drop_intermediate=False)
    return {
        "scores": rounded(scores),
        "positive": positive.tolist(),
        "threshold": 0.7,
        "precision": rounded(precision_score(positive, flagged)),
        "recall": rounded(recall_score(positive, flagged)),
        "f1": rounded(f1_score(positive, flagged)),
        "normal_precision": rounded(precision_score(~positive, ~flagged)),
        "normal_recall": rounded(recall_score(~positive, ~flagged)),
        "auc": rounded(roc_auc_score(positive, scores)),
        "false_alarms": rounded(alarms),
        "hits": rounded(hits),
        "percentile_90": rounded(np.percentile(scores, 90)),
        "mean": rounded(scores.mean()),
        "deviation": rounded(scores.std()),
    }


def quantiles():
    """The normal distribution, turned around."""
    p = np.concatenate([np.logspace(-15, -1, 15), np.linspace(0.1, 0.9, 17)])
    return {"p": [float(v) for v in p], "z": rounded(norm.ppf(p))}


def main():
    values = {
        "iris": iris_values(),
        "digits": digits_values(),
        "detector": detector_values(),
        "quantiles": quantiles(),
    }
    path = pathlib.Path(__file__).with_name("values.json")
    path.write_text(json.dumps(values, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
