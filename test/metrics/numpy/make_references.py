"""Makes references.json, what the metrics are held to as a whole: python3 test/metrics/numpy/make_references.py (numpy, PyTorch).

Each is computed another way than in the library: the cosine transform as a matrix of its definition, the shape model by singular values
of complex shapes, logistic regression by L-BFGS.
"""

import json
from pathlib import Path

import numpy as np
import torch

random = np.random.default_rng(11)
SIZE, RINGS, FLOOR = 20, 8, 0.05


def rounded(array, digits=12):
    return np.round(np.asarray(array, dtype=np.float64), digits).tolist()


def degradation_features(face):
    weights = np.array([[0.299, 0.587, 0.114], [-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]])
    planes = np.einsum("yxc,pc->pyx", face, weights)
    place = np.arange(SIZE)
    basis = np.cos(np.pi * np.outer(place, 2 * place + 1) / (2 * SIZE)) * np.sqrt(2 / SIZE)
    basis[0] /= np.sqrt(2)
    ring = np.minimum(RINGS - 1, np.floor(np.hypot(*np.meshgrid(place, place)) * RINGS / SIZE)).astype(int)
    ring[0, 0] = -1
    power = [(basis @ plane @ basis.T) ** 2 for plane in planes]
    features = [np.log(p[ring == k].mean() + FLOOR) for p in power for k in range(RINGS)]
    for plane in planes:
        diagonal = np.diff(np.diff(plane, axis=0), axis=1)
        features.append(np.log((diagonal**2).mean() / 4 + FLOOR))
    across, down = np.diff(planes[0], axis=1) ** 2, np.diff(planes[0], axis=0) ** 2
    features.append(np.log((across[:, 1::2].sum() + FLOOR) / (across[:, ::2].sum() + FLOOR)))
    features.append(np.log((down[1::2].sum() + FLOOR) / (down[::2].sum() + FLOOR)))
    for values in (planes[0], np.hypot(planes[1], planes[2])):
        features += [values.mean() / 255, values.std() / 255]
    return features


y, x = np.mgrid[0:SIZE, 0:SIZE]
smooth = 120 + 60 * np.sin(x / 5.0) * np.cos(y / 7.0)
face = np.clip(smooth[..., None] * [1.0, 0.8, 0.7] + random.normal(size=(SIZE, SIZE, 3)) * 8, 0, 255).round()


def centred(shape):
    shape = shape - shape.mean()
    return shape / np.sqrt((np.abs(shape) ** 2).mean())


def onto(shape, mean):
    """Points as complex numbers: the best turn is a phase."""
    overlap = np.vdot(shape, mean)
    return shape * overlap / np.abs(overlap)


template = np.array([10 + 10j, 30 + 10j, 20 + 20j, 13 + 30j, 27 + 30j, 20 + 36j])
shapes = []
for _ in range(40):
    shape = template + random.normal() * np.array([0, 0, 0, 1j, 1j, 1.5j]) * 1.5 + random.normal() * np.array([0, 0, 2, 0, 0, 0.5])
    shape = shape + 0.15 * (random.normal(size=6) + 1j * random.normal(size=6))
    shapes.append(shape * random.uniform(0.5, 3) * np.exp(1j * random.uniform(-3, 3)) + random.normal() * 20 + 9j)
normal = [centred(shape) for shape in shapes]
mean = normal[0]
for _ in range(200):
    mean = centred(np.mean([onto(shape, mean) for shape in normal], axis=0))
aligned = np.array([onto(shape, mean) for shape in normal])
table = np.stack([aligned.real, aligned.imag], axis=2).reshape(40, -1)
_, singular, modes = np.linalg.svd(table - table.mean(0), full_matrices=False)
variances = singular**2 / 39
kept = int(np.searchsorted(np.cumsum(variances), 0.98 * variances.sum())) + 1
flat_mean = np.stack([mean.real, mean.imag], axis=1).reshape(-1)


def judge(shape):
    turned = onto(centred(shape), mean)
    off = np.stack([turned.real, turned.imag], axis=1).reshape(-1) - flat_mean
    amounts = modes[:kept] @ off
    left = off - modes[:kept].T @ amounts
    return [float(np.sqrt((amounts**2 / variances[:kept]).mean())), float(np.sqrt((left**2).sum() / len(shape)))]


def pairs(shape):
    return rounded(np.stack([shape.real, shape.imag], axis=1))


odd = template + np.array([3 - 2j, 0, 0, 0, 4j, 0])


def logistic(rows, labels):
    weights = torch.zeros(rows.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=500, tolerance_grad=1e-13, tolerance_change=1e-16, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(torch.tensor(rows) @ weights, torch.tensor(labels))
        loss = loss + 0.5 * 0.01 * (weights[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return weights.detach().numpy()


first, second = random.normal(size=(33, 3)), random.normal(size=(30, 3)) + [1.2, 0, -0.8]
fold, right, areas = np.tile(np.arange(30) % 5, 2), 0, []
rows, labels = np.concatenate([first[:30], second]), np.repeat([0.0, 1.0], 30)
for k in range(5):
    train, held = fold != k, fold == k
    scaled = (rows - rows[train].mean(0)) / rows[train].std(0, ddof=1)
    scaled = np.concatenate([scaled, np.ones((60, 1))], axis=1)
    scores = scaled[held] @ logistic(scaled[train], labels[train])
    right += ((scores > 0) == (labels[held] == 1)).sum()
    areas.append((scores[labels[held] == 1][:, None] > scores[labels[held] == 0][None]).mean())

fixture = {
    "features": {"size": SIZE, "data": face.reshape(-1).astype(int).tolist(), "values": rounded(degradation_features(face))},
    "shapes": {
        "shapes": [pairs(shape) for shape in shapes],
        "variances": rounded(variances[:kept]),
        "asked": [pairs(template), pairs(odd), pairs(shapes[3])],
        "judged": [judge(template), judge(odd), judge(shapes[3])],
    },
    "twoSample": {"first": rounded(first), "second": rounded(second), "accuracy": right / 60, "auc": float(np.mean(areas))},
}
Path(__file__).with_name("references.json").write_text(json.dumps(fixture) + "\n")
