"""PyTorch beside the library: answers the requests of protocol.ts. One thread, single precision."""

import copy
import json
import os
import struct
import sys
import time
from pathlib import Path

import numpy as np
import torch
from heatmap_unet import HeatmapUNet, heatmap_loss

ANSWERED_STEPS = 3
TRIALS = 5
LAYOUTS = {"contiguous": torch.contiguous_format, "channels last": torch.channels_last}


def read_safetensors(path):
    """Tensors by name, and the metadata."""
    content = Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(content[start:end], "<f4").reshape(entry["shape"]).copy()
    return tensors, metadata


def open_network(folder):
    tensors, metadata = read_safetensors(f"{folder}/weights.safetensors")
    config = json.loads(metadata["config"])
    network = HeatmapUNet(config["widths"], config["landmarks"], config["inputChannels"])
    network.load_tensors(tensors)
    return network


def open_batch(job):
    """Tensors [faces, channels, ...] of the job's batch."""
    tensors, _ = read_safetensors(f"{job['folder']}/{job['task'].replace(' ', '-')}-{job['faces']}.safetensors")
    return {name: torch.from_numpy(values).permute(0, 3, 1, 2).contiguous() for name, values in tensors.items()}


class Forward:
    """From an array of faces to heatmaps, in whichever way is fastest here."""

    def __init__(self, job):
        images = open_batch(job)["images"]
        networks = {"module": open_network(job["folder"]).eval(), "folded": open_network(job["folder"]).eval().fold()}
        ways = {}
        with torch.inference_mode():
            for layout, memory_format in LAYOUTS.items():
                x = images.contiguous(memory_format=memory_format)
                modules = {name: copy.deepcopy(m).to(memory_format=memory_format) for name, m in networks.items()}
                traced = torch.jit.trace(modules["folded"], x, check_trace=False)
                modules["folded and traced"] = torch.jit.freeze(traced)
                # Without it, single faces on one thread go past oneDNN.
                modules["optimized for inference"] = torch.jit.optimize_for_inference(traced)
                for name, module in modules.items():
                    ways[f"{name}, {layout}"] = lambda module=module, x=x: module(x)
            self.note, self.apply = fastest(ways)

    def once(self):
        with torch.inference_mode():
            return self.apply().numpy()

    def answer(self, output):
        np.ascontiguousarray(self.once().transpose(0, 2, 3, 1)).tofile(output)
        return []


class Training:
    """A step: forward, loss, gradients, Adam, the loss read."""

    def __init__(self, job):
        self.job = job
        ways = {layout: self.start(memory_format) for layout, memory_format in LAYOUTS.items()}
        self.note, _ = fastest(ways)
        self.once = self.start(LAYOUTS[self.note])

    def start(self, memory_format):
        batch = {k: v.contiguous(memory_format=memory_format) for k, v in open_batch(self.job).items()}
        network = open_network(self.job["folder"]).to(memory_format=memory_format).train()
        optimiser = torch.optim.Adam(network.parameters(), lr=2e-4, betas=(0.5, 0.9), eps=1e-8)

        def step():
            optimiser.zero_grad(set_to_none=True)
            loss = heatmap_loss(batch["heatmaps"], network(batch["images"]), batch["visible"])
            loss.backward()
            optimiser.step()
            return loss.item()

        return step

    def answer(self, _output):
        return [self.once() for _ in range(ANSWERED_STEPS)]


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fastest(ways):
    """The name and the function of the one that takes least; the first run of each does not count."""
    trials = {name: min([seconds(work) for _ in range(TRIALS + 1)][1:]) for name, work in ways.items()}
    name = min(trials, key=trials.get)
    return name, ways[name]


class Peer:
    def __init__(self):
        self.jobs = {}

    def describe(self, _request):
        return {"PyTorch": torch.__version__, "Python": sys.version.split()[0]}

    def prepare(self, request):
        job = (Forward if request["task"] == "forward" else Training)(request)
        self.jobs[self.key(request)] = job
        return job.note

    def answer(self, request):
        return self.jobs[self.key(request)].answer(request["output"])

    def turn(self, request):
        job, times = self.jobs[self.key(request)], []
        while not times or sum(times) < request["milliseconds"]:
            times.append(1000 * seconds(job.once))
        return times

    @staticmethod
    def key(request):
        return request["folder"], request["task"], request["faces"]


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    # What libraries print must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = Peer()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": getattr(peer, request["method"])(request)}
        except Exception as error:  # The other side decides what to do.
            answer = {"error": f"PyTorch: {error!r}"}
        print(json.dumps(answer), file=answers, flush=True)


main()
