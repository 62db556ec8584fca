"""Makes identity-loss.json: python3 test/losses/pytorch/make_identity_loss.py (PyTorch). Its reference is torch.nn.functional.cross_entropy."""

import json
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

torch.manual_seed(7)
cases = []
for faces, identities, scale in [(1, 2, 1), (5, 4, 1), (3, 7, 60)]:
    logits = (scale * torch.randn(faces, identities)).requires_grad_()
    truth = torch.randint(identities, (faces,))
    loss = cross_entropy(logits, truth)
    loss.backward()
    cases.append(
        {
            "shape": [faces, identities],
            "logits": logits.flatten().tolist(),
            "identities": truth.tolist(),
            "loss": loss.item(),
            "gradient": logits.grad.flatten().tolist(),
            "accuracy": (logits.argmax(1) == truth).float().mean().item(),
        }
    )
Path(__file__).with_name("identity-loss.json").write_text(json.dumps({"cases": cases}) + "\n")
