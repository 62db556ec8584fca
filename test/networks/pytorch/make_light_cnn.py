"""Makes light-cnn.json: python3 test/networks/pytorch/make_light_cnn.py (PyTorch). A small LightCNN-29 written from the description in Wu et al. 2018."""

import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import max_pool2d

torch.manual_seed(29)
INPUT_SIZE, WIDTHS, BLOCKS, EMBEDDING_SIZE, FACES = 8, [3, 4, 5, 4], [1, 2, 0, 1], 5, 2
# The first two of the four max-poolings are off.
POOLED = ["group2", "group4"]


class MaxFeatureMap(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        first, second = self.layer(x).chunk(2, dim=1)
        return torch.maximum(first, second)


class LightCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleDict()
        self.convolution("stem", 3, WIDTHS[0], 5)
        for group, (width, blocks) in enumerate(zip(WIDTHS, BLOCKS), start=1):
            for block in range(1, blocks + 1):
                self.convolution(f"group{group}_block{block}_conv1", width, width, 3)
                self.convolution(f"group{group}_block{block}_conv2", width, width, 3)
            self.convolution(f"group{group}_mix", width, width, 1)
            self.convolution(f"group{group}_widen", width, (WIDTHS + WIDTHS[-1:])[group], 3)
        self.final = INPUT_SIZE // 4
        self.layers["embedding"] = MaxFeatureMap(nn.Linear(self.final**2 * WIDTHS[-1], 2 * EMBEDDING_SIZE))

    def convolution(self, name, inputs, outputs, size):
        self.layers[name] = MaxFeatureMap(nn.Conv2d(inputs, 2 * outputs, size, padding=size // 2))

    def forward(self, x):
        x = self.layers["stem"](x)
        for group, blocks in enumerate(BLOCKS, start=1):
            name = f"group{group}"
            for block in range(1, blocks + 1):
                residual = self.layers[f"{name}_block{block}_conv2"](self.layers[f"{name}_block{block}_conv1"](x))
                x = x + residual
            x = self.layers[f"{name}_widen"](self.layers[f"{name}_mix"](x))
            if name in POOLED:
                x = max_pool2d(x, 2, ceil_mode=True)
        return self.layers["embedding"](x.flatten(1))


def to_tfjs(weight):
    """HWIO and [inputs, outputs], the inputs of the dense layer in the order height, width, channels."""
    if weight.dim() == 4:
        return weight.permute(2, 3, 1, 0)
    if weight.dim() == 1:
        return weight
    channels_first = weight.reshape(len(weight), WIDTHS[-1], network.final, network.final)
    return channels_first.permute(2, 3, 1, 0).reshape(-1, len(weight))


def numbers(tensor):
    return [float(f"{value:.7g}") for value in tensor.detach().flatten().tolist()]


network = LightCnn()
images = (2 * torch.rand(FACES, 3, INPUT_SIZE, INPUT_SIZE) - 1).requires_grad_()
embeddings = network(images)
projection = torch.randn(FACES, EMBEDDING_SIZE)
(embeddings * projection).sum().backward()
weights, gradients = {}, {}
for name, layer in network.layers.items():
    for ours, parameter in (("kernel", layer.layer.weight), ("bias", layer.layer.bias)):
        weight = to_tfjs(parameter)
        weights[f"{name}/{ours}"] = {"shape": list(weight.shape), "data": numbers(weight)}
        gradients[f"{name}/{ours}"] = numbers(to_tfjs(parameter.grad))
fixture = {
    "madeBy": f"make_light_cnn.py with PyTorch {torch.__version__}",
    "config": {
        "inputSize": INPUT_SIZE,
        "widths": WIDTHS,
        "blocks": BLOCKS,
        "embeddingSize": EMBEDDING_SIZE,
        "poolings": len(POOLED),
    },
    "weights": weights,
    "images": {"shape": [FACES, INPUT_SIZE, INPUT_SIZE, 3], "data": numbers(images.permute(0, 2, 3, 1))},
    "embeddings": numbers(embeddings),
    "projection": numbers(projection),
    "gradients": gradients,
    "imageGradient": numbers(images.grad.permute(0, 2, 3, 1)),
}
Path(__file__).with_name("light-cnn.json").write_text(json.dumps(fixture) + "\n")
