"""Makes sgd.json: python3 test/training/pytorch/make_sgd.py (PyTorch). Twelve steps of torch.optim.SGD, the rate halved after the seventh."""

import json
from pathlib import Path

import torch

torch.manual_seed(3)
MOMENTUM, WEIGHT_DECAY, STEPS = 0.9, 0.05, 12
weights = {"dense/kernel": torch.randn(2, 3), "dense/bias": torch.randn(3)}
parameters = {name: torch.nn.Parameter(weight.clone()) for name, weight in weights.items()}
groups = [
    {"params": [parameter], "weight_decay": WEIGHT_DECAY if name.endswith("kernel") else 0}
    for name, parameter in parameters.items()
]
optimiser = torch.optim.SGD(groups, lr=0.1, momentum=MOMENTUM)
steps = []
for step in range(STEPS):
    rate = 0.1 if step < 7 else 0.05
    for group in optimiser.param_groups:
        group["lr"] = rate
    gradients = {name: torch.randn_like(weight) for name, weight in weights.items()}
    for name, parameter in parameters.items():
        parameter.grad = gradients[name]
    optimiser.step()
    steps.append(
        {
            "learningRate": rate,
            "gradients": {name: gradient.flatten().tolist() for name, gradient in gradients.items()},
            "weights": {name: parameter.detach().flatten().tolist() for name, parameter in parameters.items()},
        }
    )
fixture = {
    "madeBy": f"make_sgd.py with PyTorch {torch.__version__}",
    "sgd": {"momentum": MOMENTUM, "weightDecay": WEIGHT_DECAY},
    "shapes": {name: list(weight.shape) for name, weight in weights.items()},
    "start": {name: weight.flatten().tolist() for name, weight in weights.items()},
    "steps": steps,
}
Path(__file__).with_name("sgd.json").write_text(json.dumps(fixture) + "\n")
