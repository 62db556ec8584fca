"""Makes mat-files.json, with which src/formats/mat-file.ts is compared: python3 test/formats/scipy/make_mat_files.py (SciPy).

Each entry is a file as scipy.io.savemat writes it (base64), plain and compressed, and what scipy.io.loadmat reads of it. The
big-endian files, which SciPy only reads, are written here, and read back by SciPy.
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import scipy.io
import scipy.sparse

random = np.random.default_rng(3)


def described(value):
    """What loadmat gave, as JSON: shape, kind, and values column by column."""
    shape = list(value.shape)
    if value.dtype == object:
        return {"kind": "cell", "shape": shape, "cells": [described(v) for v in value.flatten(order="F")]}
    if value.dtype.kind == "U":
        return {"kind": "char", "rows": [str(row) for row in value.flatten()]}
    return {"kind": "numeric", "shape": shape, "data": value.flatten(order="F").astype(np.float64).tolist()}


def saved(variables, **options):
    buffer = io.BytesIO()
    scipy.io.savemat(buffer, variables, **options)
    return buffer.getvalue()


def entry(file, expected=True):
    made = {"file": base64.b64encode(file).decode()}
    if expected:
        # Arrays in their class in MATLAB rather than the type they are stored in.
        variables = scipy.io.loadmat(io.BytesIO(file), mat_dtype=True)
        made["variables"] = {k: described(v) for k, v in variables.items() if not k.startswith("__")}
    return made


def cells(values):
    array = np.empty((len(values), 1), dtype=object)
    for index, value in enumerate(values):
        array[index, 0] = value
    return array


numbers = {
    "int8": np.array([[-128, 0, 127]], np.int8),
    "uint8": np.array([[0], [255]], np.uint8),
    "int16": np.array([[-32768, 32767]], np.int16),
    "uint16": np.array([[0, 65535]], np.uint16),
    "int32": np.array([[-(2**31), 2**31 - 1]], np.int32),
    "uint32": np.array([[0, 2**32 - 1]], np.uint32),
    "int64": np.array([[-(2**53) + 1, 2**53 - 1]], np.int64),
    "uint64": np.array([[0, 2**53 - 1]], np.uint64),
    "single": random.standard_normal((2, 3)).astype(np.float32),
    "double": random.standard_normal((3, 2)),
    "cube": random.standard_normal((2, 3, 2)),
    "flags": np.array([[True, False], [True, True]]),
    "empty": np.zeros((0, 3)),
    "one": np.array([[7.5]]),
}
texts = {
    "short": "abc",
    "long": "a_long_name_of_a_picture_0001.jpg",
    "accents": "Größe ñ",
    "nothing": "",
    "matrix": np.array(["one  ", "three", "five "]),
}
nested = {
    "names": cells(["1_1.jpg", "1_2.jpg", "23_10.jpg"]),
    "ids": np.array([[1], [1], [23]], np.uint16),
    "mixed": cells([np.array([[1.5, 2.5]]), "text", cells(["inner"]), np.zeros((0, 0))]),
}


def big_endian(compressed):
    """A double array of 2 x 3 that is stored as bytes, a 16-bit text and a cell array, big-endian and with small elements."""

    def element(kind, data):
        if 0 < len(data) <= 4:
            return struct.pack(">HH", len(data), kind) + data.ljust(4, b"\0")
        return struct.pack(">II", kind, len(data)) + data + b"\0" * (-len(data) % 8)

    def array(matlab_class, shape, name, *content):
        flags = element(6, struct.pack(">II", matlab_class, 0))
        dimensions = element(5, struct.pack(f">{len(shape)}i", *shape))
        return element(14, flags + dimensions + element(1, name) + b"".join(content))

    numbers = array(6, (2, 3), b"x", element(2, bytes([1, 2, 3, 4, 5, 250])))
    text = array(4, (1, 2), b"text", element(17, "hé".encode("utf-16-be")))
    inner = [array(6, (1, 1), b"", element(3, struct.pack(">h", -300))), array(4, (1, 1), b"", element(2, b"z"))]
    variables = [numbers, text, array(1, (1, 2), b"c", *inner)]
    header = b"MATLAB 5.0 MAT-file, big-endian".ljust(124) + struct.pack(">HH", 0x0100, 0x4D49)
    if not compressed:
        return header + b"".join(variables)
    packed = [zlib.compress(variable) for variable in variables]
    return header + b"".join(struct.pack(">II", 15, len(data)) + data for data in packed)


fixture = {}
for name, variables in {"numbers": numbers, "texts": texts, "nested": nested}.items():
    for compressed in (False, True):
        label = f"{name}, {'compressed' if compressed else 'plain'}"
        fixture[label] = entry(saved(variables, do_compression=compressed, oned_as="column"))
fixture["big-endian, plain"] = entry(big_endian(False))
fixture["big-endian, compressed"] = entry(big_endian(True))
fixture["struct"] = entry(saved({"record": {"name": "face"}}), expected=False)
fixture["sparse"] = entry(saved({"plain": np.eye(2), "matrix": scipy.sparse.eye(3)}), expected=False)
fixture["int64"] = entry(saved({"big": np.array([[2**63 - 1]], np.int64)}), expected=False)
fixture["complex"] = entry(saved({"waves": np.array([[1 + 2j]])}), expected=False)
fixture["level 4"] = entry(saved({"x": np.eye(2)}, format="4"), expected=False)

Path(__file__).with_name("mat-files.json").write_text(json.dumps(fixture, indent=1, ensure_ascii=False) + "\n")
