"""Logits of the bundled network on bundled digits, from PyTorch in f64, for tests/it/weights.rs.

    pip install torch==2.15.0 safetensors==0.8.0 numpy && python3 tests/oracles/sheet_network.py
"""

import gzip
from pathlib import Path

import numpy
import torch
from safetensors.torch import load_file

ASSETS = Path(__file__).parents[2] / "assets"
weights = {name: tensor.double() for name, tensor in load_file(ASSETS / "sheet-network.safetensors").items()}
network = torch.nn.Sequential(
    torch.nn.Conv2d(1, 20, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Linear(2880, 100), torch.nn.ReLU(),
    torch.nn.Linear(100, 10),
).double()


class Flattened(torch.nn.Linear):
    """The dense layer reads (map, row, column) in one row."""

    def forward(self, x):
        return super().forward(x.flatten(1))


network[3].__class__ = Flattened
network.load_state_dict(weights)
raw = gzip.decompress((ASSETS / "digits.idx.gz").read_bytes())
pixels = numpy.frombuffer(raw, numpy.uint8, offset=10_024).reshape(10_000, 1, 28, 28)
for example in (6000, 6001, 9999):
    # The page's pixels are byte / 255 in f32.
    image = torch.tensor(pixels[example : example + 1].astype(numpy.float32) / numpy.float32(255)).double()
    with torch.no_grad():
        logits = network(image)[0]
    print(f"({example}, [{', '.join(f'{value:.6f}' for value in logits)}]),")
