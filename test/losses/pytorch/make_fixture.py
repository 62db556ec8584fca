"""Makes losses.json, the values and gradients that the losses are held to: python3 test/losses/pytorch/make_fixture.py (PyTorch)."""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(11)
fixture = {}


def entry(name, inputs, compute):
    """Values of a loss's terms, and the gradients of its total with respect to each input."""
    leaves = {key: value.clone().requires_grad_() for key, value in inputs.items()}
    terms = compute(**leaves)
    terms["total"].backward()
    fixture[name] = {
        "inputs": {key: {"shape": list(value.shape), "data": value.flatten().tolist()} for key, value in inputs.items()},
        "terms": {key: value.item() for key, value in terms.items()},
        "gradients": {key: value.grad.flatten().tolist() for key, value in leaves.items()},
    }


def hinge_discriminator(real, fake):
    terms = {"real": F.relu(1 - real).mean(), "fake": F.relu(1 + fake).mean()}
    return {**terms, "total": terms["real"] + terms["fake"]}


def sum_channels(a, b, visible):
    return (((a - b) ** 2) * visible).sum(-1).mean()


heatmaps = (2, 3, 3, 4)
visible = torch.ones(2, 1, 1, 4)
visible[1, 0, 0, 2] = 0

entry("hingeDiscriminator", {"real": torch.randn(5, 1) + 0.5, "fake": torch.randn(4, 1) - 0.5}, hinge_discriminator)
entry("hingeGenerator", {"fake": torch.randn(5, 1)}, lambda fake: {"total": -fake.mean()})
entry(
    "pixel",
    {"subsampled": torch.rand(2, 3, 3, 3), "generated": torch.rand(2, 3, 3, 3)},
    lambda subsampled, generated: {"total": F.mse_loss(generated, subsampled)},
)
entry(
    "highToLow",
    {"gan": torch.tensor(-0.7), "pixel": torch.tensor(0.3)},
    lambda gan, pixel: {"weightedGan": 0.05 * gan, "weightedPixel": 2.0 * pixel, "total": 0.05 * gan + 2.0 * pixel},
)
entry(
    "reconstruction",
    {"heatmaps": torch.rand(heatmaps), "reconstruction": torch.rand(heatmaps)},
    lambda heatmaps, reconstruction: {"total": sum_channels(heatmaps, reconstruction, visible)},
)
entry(
    "heatmapDiscriminator",
    {"real": torch.tensor(1.25), "fake": torch.tensor(0.5)},
    lambda real, fake: {"total": real - 0.3 * fake},
)


def confidence_discriminator(truth, generated, real):
    terms = {
        "real": F.mse_loss(truth, torch.ones_like(truth)),
        "fakeGenerated": F.mse_loss(generated, torch.zeros_like(generated)),
        "fakeReal": F.mse_loss(real, torch.zeros_like(real)),
    }
    return {**terms, "total": sum(terms.values())}


scores = {"truth": torch.randn(3, 1), "generated": torch.randn(3, 1), "real": torch.randn(4, 1)}
entry("confidenceDiscriminator", scores, confidence_discriminator)
entry(
    "confidenceGenerator",
    {key: scores[key] for key in ("generated", "real")},
    lambda generated, real: {"total": F.mse_loss(torch.cat([generated, real]), torch.ones(7, 1))},
)
entry(
    "semiSupervised",
    {"mse": torch.tensor(1.5), "keypoint": torch.tensor(0.8), "confidence": torch.tensor(0.6)},
    lambda mse, keypoint, confidence: {"total": mse + 0.05 * keypoint + 0.005 * confidence},
)


def heatmap_loss(prediction, truth):
    squared = ((truth - prediction) ** 2 * visible).sum((0, 1, 2)) / (2 * 3 * 3)
    return {"total": squared.sum(), "landmarks": squared[:-1].sum(), "background": squared[-1]}


# Eq. 10, and Eq. 11 with a D2 of one 1x1 convolution, so that the heatmaps are in two places.
entry("heatmap", {"truth": torch.rand(heatmaps), "prediction": torch.rand(heatmaps)}, heatmap_loss)
entry(
    "keypoint",
    {"heatmaps": torch.rand(heatmaps), "kernel": torch.randn(4, 4)},
    lambda heatmaps, kernel: {"total": sum_channels(heatmaps, heatmaps @ kernel, visible)},
)
Path(__file__).with_name("losses.json").write_text(json.dumps(fixture) + "\n")
