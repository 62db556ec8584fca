"""Makes warps.json, what warpAffine and warpImage are held to: python3 test/geometry/skimage/make_warps.py (numpy, SciPy, scikit-image 0.19).

For a matrix, scikit-image's warp of order 3 is not the spline of its documentation but Keys' cubic convolution with a = -0.5 (Catmull-Rom). That
is checked here against SciPy's Hermite interpolation with central differences as slopes, which is what a Catmull-Rom spline is.
"""

import json
from pathlib import Path

import numpy as np
from scipy.interpolate import CubicHermiteSpline
from skimage.transform import warp

random = np.random.default_rng(3)
HEIGHT, WIDTH, SIZE = 11, 14, 13


def matrix(degrees, scale_x, scale_y, shear, shift):
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.array([[scale_x, shear], [0, scale_y]])
    return np.vstack([np.column_stack([linear, shift]), [0, 0, 1]])


def warped(image, map_, order):
    return warp(image, np.linalg.inv(map_), output_shape=(SIZE, SIZE), order=order, mode="edge", clip=False, preserve_range=True)


def hermite(values, position):
    """A Catmull-Rom spline through values along the first axis, which are repeated beyond both ends."""
    padded = np.concatenate([values[:1]] * 40 + [values] + [values[-1:]] * 40)
    slopes = np.gradient(padded, axis=0)
    return CubicHermiteSpline(np.arange(len(padded)) - 40, padded, slopes, axis=0)(position)


def catmull_rom(image, map_):
    inverse = np.linalg.inv(map_)
    out = np.empty((SIZE, SIZE, image.shape[2]))
    for y in range(SIZE):
        for x in range(SIZE):
            column, row, _ = inverse @ [x, y, 1]
            out[y, x] = hermite(hermite(image, row), column)
    return out


maps = [
    matrix(0, 1, 1, 0, [0, 0]),
    matrix(0, 1, 1, 0, [2.25, -1.5]),
    matrix(25, 1.3, 1.3, 0, [3, -4]),
    matrix(-70, 0.8, 1.1, 0.4, [-2, 14]),
    matrix(180, 1, 0.7, 0, [15, 12]),
    matrix(10, 3.1, 2.7, -0.5, [-14, -17]),
]
images = random.uniform(0, 1, size=(len(maps), HEIGHT, WIDTH, 3))
images = np.round(images, 4)
bilinear = [warped(image, map_, 1) for image, map_ in zip(images, maps)]
bicubic = [warped(image, map_, 3) for image, map_ in zip(images, maps)]
difference = max(np.abs(catmull_rom(image, map_) - found).max() for image, map_, found in zip(images, maps, bicubic))
print(f"scikit-image's order 3 and SciPy's Catmull-Rom differ by {difference:.2g}")
assert difference < 1e-12

fixture = {
    "shape": list(images.shape),
    "size": SIZE,
    "maps": [map_[:2].flatten().tolist() for map_ in maps],
    "images": images.flatten().tolist(),
    "bilinear": np.round(bilinear, 9).flatten().tolist(),
    "bicubic": np.round(bicubic, 9).flatten().tolist(),
}
Path(__file__).with_name("warps.json").write_text(json.dumps(fixture) + "\n")
