"""Makes evaluation.json, what intervals, comparisons, curves and identification are held to: python3 test/metrics/numpy/make_evaluation.py
(numpy, SciPy).

Chance is taken out: the draws of the bootstrap are written down and given to the library in the same order.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats

random = np.random.default_rng(5)


def rounded(array, digits=12):
    return np.round(np.asarray(array, dtype=np.float64), digits).tolist()


# Areas under the curve: exact by integrating the empirical distribution step by step, sampled as evaluation scripts do.
errors = np.round(random.gamma(2, 0.03, size=150), 6)
areas = []
for threshold in (0.07, 0.08, 0.1):
    steps = np.concatenate([[0], np.sort(errors[errors < threshold]), [threshold]])
    exact = (np.diff(steps) * np.arange(len(steps) - 1)).sum() / len(errors) / threshold
    samples = np.linspace(0, threshold, 2000)
    sampled = np.trapz([(errors < sample).mean() for sample in samples], samples) / threshold
    areas.append({"threshold": threshold, "exact": 100 * exact, "sampled": 100 * sampled})

# Bootstrap: the same draws in numpy and in the library.
values = rounded(random.lognormal(size=15))
draws = random.integers(0, 15, size=(400, 15))
groups = [0, 0, 1, 2, 2, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6]
group_draws = random.integers(0, 7, size=(400, 7))
sample = np.array(values)
grouped = [np.concatenate([sample[np.array(groups) == g] for g in row]).mean() for row in group_draws]
bootstrap = {
    "values": values,
    "draws": draws.tolist(),
    "mean": rounded(np.percentile(sample[draws].mean(1), [2.5, 97.5])),
    "median90": rounded(np.percentile(np.median(sample[draws], axis=1), [5, 95])),
    "groups": groups,
    "groupDraws": group_draws.tolist(),
    "groupedMean": rounded(np.percentile(grouped, [2.5, 97.5])),
}


# Paired comparison.
def sign_flips(differences, resamples=np.inf):
    return stats.permutation_test(
        (differences,), np.mean, permutation_type="samples", n_resamples=resamples, random_state=1
    ).pvalue


def pair(size, shift):
    first = random.gamma(2, 0.03, size=size)
    return rounded(first), rounded(np.abs(first + shift + random.normal(size=size) * 0.02))


few_first, few_second = pair(11, 0.008)
many_first, many_second = pair(80, 0.004)
hits = random.random((2, 60)) < np.array([[0.7], [0.5]])
wins, losses = int((hits[0] & ~hits[1]).sum()), int((~hits[0] & hits[1]).sum())
members = np.repeat(np.arange(10), 4)
clustered_first, clustered_second = pair(40, 0)
effects = np.repeat(random.normal(size=10) * 0.03, 4)
clustered_second = rounded(np.abs(np.array(clustered_second) + effects))
cluster_sums = [(np.array(clustered_first) - clustered_second)[members == g].sum() for g in range(10)]
comparisons = {
    "few": {"first": few_first, "second": few_second, "pValue": sign_flips(np.subtract(few_first, few_second))},
    "many": {
        "first": many_first,
        "second": many_second,
        "pValue": sign_flips(np.subtract(many_first, many_second), 500_000),
    },
    "hits": {
        "first": hits[0].astype(int).tolist(),
        "second": hits[1].astype(int).tolist(),
        "wins": wins,
        "losses": losses,
        "pValue": stats.binomtest(wins, wins + losses).pvalue,
    },
    "grouped": {
        "first": clustered_first,
        "second": clustered_second,
        "groups": members.tolist(),
        "pValue": sign_flips(np.array(cluster_sums)),
    },
}

# Identification: the whole matrix, sorted; average precision by trapezoids over the precision-recall curve.
people, size = 12, 8
centres = random.normal(size=(people, size))


def faces(identities, spread):
    scales = random.uniform(0.2, 5, size=(len(identities), 1))
    return rounded(scales * (centres[identities] + spread * random.normal(size=(len(identities), size))), 6)


gallery_ids = random.permutation(np.tile(np.arange(people), 3))[:30]
probe_ids = random.choice(np.unique(gallery_ids), size=25)
gallery, probes = faces(gallery_ids, 1.0), faces(probe_ids, 1.0)
distractors = rounded(random.normal(size=(70, size)), 6)


def identify(gallery_rows, ids):
    a, b = np.array(probes), np.array(gallery_rows)
    cosines = (a / np.linalg.norm(a, axis=1, keepdims=True)) @ (b / np.linalg.norm(b, axis=1, keepdims=True)).T
    mate_ranks, precisions = [], []
    for row, identity in zip(cosines, probe_ids):
        mate = np.asarray(ids)[np.argsort(-row)] == identity
        found = np.cumsum(mate)
        precision, recall = found / np.arange(1, len(mate) + 1), found / mate.sum()
        mate_ranks.append((np.flatnonzero(mate) + 1).tolist())
        precisions.append(np.trapz(np.concatenate([[1], precision]), np.concatenate([[0], recall])))
    first = np.array([ranks[0] for ranks in mate_ranks])
    return {
        "mateRanks": mate_ranks,
        "averagePrecisions": rounded(precisions),
        "map": float(np.mean(precisions)),
        "top": [100 * float((first <= k).mean()) for k in (1, 5, 10, 20)],
    }


identification = {
    "probes": probes,
    "probeIdentities": [f"person {i}" for i in probe_ids],
    "gallery": gallery,
    "galleryIdentities": [f"person {i}" for i in gallery_ids],
    "distractors": distractors,
    "alone": identify(gallery, gallery_ids),
    "withDistractors": identify(gallery + distractors, gallery_ids.tolist() + [-1] * len(distractors)),
}

fixture = {
    "errors": errors.tolist(),
    "areas": areas,
    "median": float(100 * np.median(errors)),
    "bootstrap": bootstrap,
    "comparisons": comparisons,
    "identification": identification,
}
Path(__file__).with_name("evaluation.json").write_text(json.dumps(fixture) + "\n")
