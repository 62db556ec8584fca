"""Writes fifty-adam-steps.json: what PyTorch makes of fifty training steps of a small HeatmapUNet.

    python3 test/training/pytorch/make_fixture.py && npm run format

Needs torch and numpy. Weights and batches follow from formulas, here and in formulas.ts, so that the fixture holds answers only.
The steps are made in single precision, and again in double precision to know how far rounding leads: the script refuses a
configuration in which that comes near the test's tolerance.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "bench" / "speed" / "peers"))
from heatmap_unet import HeatmapUNet, heatmap_loss  # noqa: E402

WIDTHS = [8, 16, 16, 16]
LANDMARKS = 7
SIZE = 32
FACES = 4
STEPS = 50
# Half the paper's. Rounding turns a ReLU on or off here and there, and Adam makes steps of full size of small gradients: the
# differences grow with the rate, to 1e-3 of the weights at 2e-4 and to several percent at 1e-3.
LEARNING_RATE = 1e-4
BETAS = (0.5, 0.9)
EPSILON = 1e-8
SAMPLES = 16
# Rounding may lead so far, relatively: half of what the test allows (compare-with-pytorch.ts).
LARGEST_NOISE = {"losses": 5e-5, "gradientNorms": 5e-3, "weights": 5e-4, "movements": 1.5e-2}


def uniform(stream, count):
    """Numbers in [0, 1) of 24 bits: a counter from a place of the stream's own, scrambled as MurmurHash3 does at its end."""
    x = np.arange(count, dtype=np.uint32) + np.uint32(stream * 0x9E3779B1 % 2**32)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return (x >> np.uint32(8)) / 2.0**24


def initial_weights(shapes):
    """Weight number i of the sorted names draws from stream i."""
    weights = {}
    for index, name in enumerate(sorted(shapes)):
        shape = shapes[name]
        u = uniform(index, math.prod(shape))
        kind = name.split("/")[1]
        if kind == "kernel":
            u = (2 * u - 1) * math.sqrt(6 / math.prod(shape[:3]))
            # Small heatmaps and small residuals at first, or errors grow from block to block.
            u *= 0.02 if name == "heatmaps/kernel" else 1
        elif kind == "gamma":
            u = (0.5 + u) * (0.25 if "norm2" in name else 1)
        elif kind in ("beta", "bias"):
            u = 0.2 * (2 * u - 1)
        else:
            u = np.full(len(u), 1.0 if kind == "moving_variance" else 0.0)
        weights[name] = u.astype(np.float32).reshape(shape)
    return weights


def batch(step):
    """Images [faces, size, size, 3], heatmaps [faces, size, size, landmarks + 1], visible [faces, 1, 1, landmarks + 1]."""
    streams = 1000 + 10 * step
    points = (4 + 24 * uniform(streams, FACES * LANDMARKS * 2)).reshape(FACES, 1, 1, LANDMARKS, 2)
    rows, columns = np.mgrid[0:SIZE, 0:SIZE]
    x, y = columns[None, :, :, None], rows[None, :, :, None]
    # Pyramids of height 1 that end 5 pixels from the landmark.
    distance = np.maximum(abs(x - points[..., 0]), abs(y - points[..., 1]))
    peaks = np.maximum(0, 1 - distance / 5)
    background = 1 - peaks.max(axis=3, keepdims=True)
    noise = uniform(streams + 1, FACES * SIZE * SIZE * 3).reshape(FACES, SIZE, SIZE, 3)
    # Colour c shows the landmarks c, c + 3, ...
    light = np.stack([peaks[..., c::3].max(axis=3) for c in range(3)], axis=3)
    images = light + 0.5 * noise - 0.75
    visible = (uniform(streams + 2, FACES * (LANDMARKS + 1)) < 0.9).reshape(FACES, 1, 1, LANDMARKS + 1)
    visible[..., LANDMARKS] = True
    heatmaps = np.concatenate([peaks, background], axis=3)
    return [array.astype(np.float32) for array in (images, heatmaps, visible)]


def channels_first(array, dtype):
    return torch.from_numpy(array).permute(0, 3, 1, 2).to(dtype)


def norm(tensor):
    return tensor.detach().double().norm().item()


def train(dtype):
    network = HeatmapUNet(WIDTHS, LANDMARKS)
    start = initial_weights({name: tuple(tensor.shape) for name, tensor in network.library_tensors()})
    network.load_tensors(start)
    network.to(dtype).train()
    optimiser = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, betas=BETAS, eps=EPSILON)
    losses = []
    for step in range(STEPS):
        images, heatmaps, visible = (channels_first(array, dtype) for array in batch(step))
        optimiser.zero_grad()
        loss = heatmap_loss(heatmaps, network(images), visible)
        loss.backward()
        if step == 0:
            gradient_norms = {name: norm(gradient) for name, gradient in network.library_gradients()}
        optimiser.step()
        losses.append(loss.item())
    weights = {}
    for name, tensor in network.library_tensors():
        values = tensor.detach().contiguous().double().reshape(-1)
        moved = values - torch.from_numpy(start[name]).double().reshape(-1)
        places = [i * len(values) // SAMPLES for i in range(SAMPLES)]
        weights[name] = {
            "norm": norm(values),
            "movedNorm": norm(moved),
            "samples": [values[place].item() for place in places],
        }
    return {"losses": losses, "gradientNorms": gradient_norms, "weights": weights}, network


def noise(single, double, networks):
    """How far single precision led from double, as the test measures differences."""
    losses = max(abs(a - b) / b for a, b in zip(single["losses"], double["losses"]))
    gradients = max(abs(single["gradientNorms"][n] - g) / g for n, g in double["gradientNorms"].items())
    tensors = [dict(network.library_tensors()) for network in networks]
    weights = max(norm(tensors[0][n].double() - t) / norm(t) for n, t in tensors[1].items())
    moved = max(norm(tensors[0][n].double() - t) / double["weights"][n]["movedNorm"] for n, t in tensors[1].items())
    return {"losses": losses, "gradientNorms": gradients, "weights": weights, "movements": moved}


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    single, network = train(torch.float32)
    double, reference = train(torch.float64)
    found = noise(single, double, (network, reference))
    print({**found, "first loss": single["losses"][0], "last loss": single["losses"][-1]})
    if any(found[what] > limit for what, limit in LARGEST_NOISE.items()):
        sys.exit("Rounding leads too far: choose a lower learning rate.")
    fixture = {
        "madeBy": f"make_fixture.py with PyTorch {torch.__version__}, single precision, one thread",
        "network": {"widths": WIDTHS, "landmarks": LANDMARKS, "inputSize": SIZE},
        "faces": FACES,
        "learningRate": LEARNING_RATE,
        "adam": {"beta1": BETAS[0], "beta2": BETAS[1], "epsilon": EPSILON},
        "noise": found,
        **single,
    }
    rounded = json.loads(json.dumps(fixture), parse_float=lambda text: float(f"{float(text):.8g}"))
    (HERE / "fifty-adam-steps.json").write_text(json.dumps(rounded) + "\n")


main()
