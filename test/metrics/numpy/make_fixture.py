"""Makes statistics.json, what the tests of the metrics are held to: python3 test/metrics/numpy/make_fixture.py (numpy, PyTorch)."""

import json
from pathlib import Path

import numpy as np
import torch

random = np.random.default_rng(7)


def rounded(array):
    return np.round(np.asarray(array, dtype=np.float64), 12).tolist()


first = random.normal(size=(30, 4)) @ random.normal(size=(4, 4)) + 0.5
second = random.normal(size=(25, 4)) @ random.normal(size=(4, 4))
c1, c2 = np.cov(first.T), np.cov(second.T)
between = ((first.mean(0) - second.mean(0)) ** 2).sum()
frechet = between + np.trace(c1 + c2) - 2 * np.sqrt(np.linalg.eigvals(c1 @ c2).astype(complex)).real.sum()

rows = np.concatenate([random.normal(size=(40, 3)), np.ones((40, 1))], axis=1)
labels = (rows @ np.array([1.0, -2.0, 0.5, 0.3]) + random.normal(size=40) > 0).astype(np.float64)
weights = torch.zeros(4, dtype=torch.float64, requires_grad=True)
optimiser = torch.optim.LBFGS([weights], max_iter=500, tolerance_grad=1e-13, tolerance_change=1e-16, line_search_fn="strong_wolfe")


def closure():
    optimiser.zero_grad()
    logits = torch.tensor(rows) @ weights
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.tensor(labels))
    loss = loss + 0.5 * 0.01 * (weights[:3] ** 2).sum()
    loss.backward()
    return loss


optimiser.step(closure)

source, target = random.normal(size=(9, 2)) * 5 + 20, random.normal(size=(9, 2)) * 3
a, b = source - source.mean(0), target - target.mean(0)
u, s, vt = np.linalg.svd(b.T @ a)
sign = np.diag([1, np.sign(np.linalg.det(u @ vt))])
rotation = u @ sign @ vt
scale = (s * np.diag(sign)).sum() / (a**2).sum()
aligned = scale * a @ rotation.T + target.mean(0)

symmetric = random.normal(size=(6, 6))
symmetric = symmetric + symmetric.T

fixture = {
    "frechet": {"first": rounded(first), "second": rounded(second), "distance": float(frechet)},
    "logistic": {"rows": rounded(rows), "labels": rounded(labels), "weights": rounded(weights.detach().numpy())},
    "procrustes": {"source": rounded(source), "target": rounded(target), "aligned": rounded(aligned)},
    "eigen": {"matrix": rounded(symmetric), "values": rounded(np.linalg.eigvalsh(symmetric)[::-1])},
}
Path(__file__).with_name("statistics.json").write_text(json.dumps(fixture) + "\n")
