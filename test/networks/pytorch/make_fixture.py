"""Makes spectral-norm.json: python3 test/networks/pytorch/make_fixture.py (PyTorch). Its reference is torch.nn.utils.spectral_norm."""

import json
from pathlib import Path

import torch
from torch.nn.utils import spectral_norm

torch.manual_seed(5)
outputs, inputs, size, steps = 5, 3, 3, 5
convolution = torch.nn.Conv2d(inputs, outputs, size)
# HWIO, as tfjs has it; torch's rows are in the order I, H, W, which no singular value depends on.
kernel = convolution.weight.detach().permute(2, 3, 1, 0).contiguous()
spectral_norm(convolution, n_power_iterations=1, eps=1e-12)
weight_of_loss = torch.randn(outputs, inputs, size, size)
u = convolution.weight_u.clone()
iterations = []
image = torch.randn(1, inputs, 8, 8)
for _ in range(steps):
    # torch estimates v from u and u from v with W; one forward in training mode is one power iteration.
    convolution.zero_grad()
    convolution(image)
    normalized = convolution.weight
    (normalized * weight_of_loss).sum().backward()
    matrix = convolution.weight_orig.detach().flatten(1)
    sigma = convolution.weight_u @ matrix @ convolution.weight_v
    iterations.append(
        {
            "u": convolution.weight_u.tolist(),
            "sigma": sigma.item(),
            "normalized": normalized.detach().permute(2, 3, 1, 0).flatten().tolist(),
            "gradient": convolution.weight_orig.grad.permute(2, 3, 1, 0).flatten().tolist(),
        }
    )
fixture = {
    "shape": [size, size, inputs, outputs],
    "kernel": kernel.flatten().tolist(),
    "u": u.tolist(),
    "weightOfLoss": weight_of_loss.permute(2, 3, 1, 0).flatten().tolist(),
    "iterations": iterations,
    "largestSingularValue": torch.linalg.svdvals(kernel.reshape(-1, outputs))[0].item(),
}
Path(__file__).with_name("spectral-norm.json").write_text(json.dumps(fixture) + "\n")
