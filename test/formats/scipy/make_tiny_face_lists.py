"""Makes tiny-face-lists.json, lists in the form of TinyFace's (and forms near it): python3 test/formats/scipy/make_tiny_face_lists.py (SciPy)."""

import base64
import io
import json
from pathlib import Path

import numpy as np
import scipy.io


def column(values):
    array = np.empty((len(values), 1), dtype=object)
    array[:, 0] = values
    return array


def saved(variables):
    buffer = io.BytesIO()
    scipy.io.savemat(buffer, variables, do_compression=True)
    return base64.b64encode(buffer.getvalue()).decode()


def pairs(role, names, ids):
    return saved({f"{role}_set": column(names), f"{role}_ids": np.array(ids, np.float64).reshape(-1, 1)})


lists = {
    "gallery": pairs("gallery", ["1_1.jpg", "1_3.jpg", "12_2.jpg"], [1, 1, 12]),
    "probe": pairs("probe", ["12_1.jpg", "1_2.jpg"], [12, 1]),
    "probe, a stranger": pairs("probe", ["12_1.jpg", "1_2.jpg"], [12, 7]),
    "probe, twice": pairs("probe", ["1_2.jpg", "1_2.jpg"], [1, 1]),
    "probe, too few identities": pairs("probe", ["1_2.jpg", "12_1.jpg"], [1]),
    "probe, empty": pairs("probe", [], []),
    "probe, other forms": saved(
        {"probe_set": np.array(["Probe/12_1.jpg", "Probe/1_2.jpg "]), "probe_ids": column([np.array([[12]], np.uint16), "1"])}
    ),
    "probe, nested": saved({"probe_set": column([column(["a.jpg"])]), "probe_ids": np.array([[1.0]])}),
}
Path(__file__).with_name("tiny-face-lists.json").write_text(json.dumps(lists, indent=1) + "\n")
