"""Makes alignments.json, what alignAffine and alignSimilarity are held to: python3 test/geometry/skimage/make_alignments.py (numpy, scikit-image 0.19).

scikit-image's affine estimate is a normalised direct linear transform solved by total least squares: it is the least-squares map where points
fit exactly, and another one where they do not (its largest coefficient differs by what is printed). So it vouches for exact points, and
numpy.linalg.lstsq for noisy ones. Its similarity is Umeyama's, the least-squares one, and vouches for both.
"""

import json
from pathlib import Path

import numpy as np
from skimage.transform import AffineTransform, SimilarityTransform

random = np.random.default_rng(5)
TEMPLATE = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])


def six(matrix):
    return matrix[:2].flatten().tolist()


def estimated(kind, source, target):
    transform = kind()
    assert transform.estimate(source, target)
    return six(transform.params)


def least_squares(source, target):
    rows = np.column_stack([source, np.ones(len(source))])
    return np.linalg.lstsq(rows, target, rcond=None)[0].T.flatten().tolist()


def entry(source, target, exact):
    by_skimage = estimated(AffineTransform, source, target)
    affine = by_skimage if exact else least_squares(source, target)
    difference = np.abs(np.subtract(by_skimage, least_squares(source, target))).max()
    print(f"{len(source)} points, {'exact' if exact else 'noisy'}: scikit-image and lstsq differ by {difference:.2g}")
    similarity = estimated(SimilarityTransform, source, target)
    return {"from": source.tolist(), "to": target.tolist(), "affine": affine, "similarity": similarity}


cases = []
for count in (3, 5, 19, 68):
    source = random.uniform(0, 40, size=(count, 2)) + random.uniform(-500, 500, size=2)
    linear = random.normal(size=(2, 2)) + 2 * np.eye(2)
    cases.append(entry(source, source @ linear.T + random.uniform(-50, 50, size=2), True))
for noise in (0.1, 1, 5):
    angle, scale = random.uniform(-np.pi, np.pi), random.uniform(0.1, 0.5)
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    source = TEMPLATE @ turn.T + random.uniform(0, 300, size=2) + random.normal(size=(5, 2)) * noise
    cases.append(entry(source, TEMPLATE, False))
for _ in range(3):
    cases.append(entry(random.normal(size=(5, 2)) * 10 + 30, random.normal(size=(5, 2)) * 20 + 56, False))
# Mirrored faces: the best map that does not mirror.
cases.append(entry(TEMPLATE * [-0.3, 0.3] + [40, 7] + random.normal(size=(5, 2)) * 0.3, TEMPLATE, False))

Path(__file__).with_name("alignments.json").write_text(json.dumps(cases) + "\n")
