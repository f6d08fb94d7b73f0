"""The homework sheet's network in PyTorch, eager, one thread. For each line on standard input it runs one round of all its
cases and answers with one line of JSON: [{"name", "batch", "samples_per_second"}]. `tests/browser/bench/peers.mjs` asks."""

import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
torch.manual_seed(1)

EXAMPLES = 512
LEAST_SECONDS = 0.15

# Made-up images of which four fifths of the pixels are 0, as in digits: the engine's own workload.
example, pixel = torch.meshgrid(torch.arange(EXAMPLES), torch.arange(784), indexing="ij")
bright = (example * 131 + pixel * 17) % 101
IMAGES = torch.where(bright < 20, bright / 20, 0.0).to(torch.float32).reshape(EXAMPLES, 1, 28, 28)
LABELS = (torch.arange(EXAMPLES) * 7) % 10


def sheet_network():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(2880, 100), nn.ReLU(), nn.Linear(100, 10)
    )


class Training:
    """Mini-batches of a shuffled epoch; plain SGD with cross-entropy."""

    def __init__(self, name, batch, channels_last, fused):
        layout = torch.channels_last if channels_last else torch.contiguous_format
        self.name, self.batch = name, batch
        self.images = IMAGES.to(memory_format=layout)
        self.network = sheet_network().to(memory_format=layout)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01, fused=fused)
        self.loss = nn.CrossEntropyLoss()

    def run(self):
        order = torch.randperm(EXAMPLES)
        for chosen in order.split(self.batch):
            self.optimizer.zero_grad()
            self.loss(self.network(self.images[chosen]), LABELS[chosen]).backward()
            self.optimizer.step()
        return EXAMPLES


class Predicting:
    """Forward passes without gradients."""

    def __init__(self, name, batch):
        self.name, self.batch = name, batch
        self.network, self.images = sheet_network(), IMAGES[:batch]

    def run(self):
        with torch.inference_mode():
            for _ in range(max(1, EXAMPLES // self.batch)):
                self.network(self.images)
        return max(1, EXAMPLES // self.batch) * self.batch


def rate(case):
    start, samples = time.perf_counter(), 0
    while time.perf_counter() - start < LEAST_SECONDS:
        samples += case.run()
    return samples / (time.perf_counter() - start)


cases = []
for batch in (10, 32, 128):
    cases.append(Training("train", batch, channels_last=False, fused=False))
    cases.append(Training("train, channels-last", batch, channels_last=True, fused=False))
    cases.append(Training("train, fused SGD", batch, channels_last=False, fused=True))
    cases.append(Training("train, channels-last, fused SGD", batch, channels_last=True, fused=True))
for batch in (1, 256):
    cases.append(Predicting("predict", batch))
for case in cases:
    rate(case)  # Caches of kernels and memory are filled before the first round.
print(json.dumps({"ready": f"PyTorch {torch.__version__.split('+')[0]}, eager, native, 1 thread"}), flush=True)
for _ in sys.stdin:
    print(json.dumps([{"name": c.name, "batch": c.batch, "samples_per_second": rate(c)} for c in cases]), flush=True)
