"""Values of every layer, from PyTorch 2: forward outputs and gradients of sum(output * projection).

Every number is a small formula of its index, so that the Rust test builds the same inputs without a file.
Run: python3 tests/oracles/layers.py
"""
import torch
import torch.nn.functional as F


def wave(*shape, step=0.7, shift=0.1):
    """sin(step * i + shift) for i = 0, 1, ... in row-major order, computed in f64, rounded to f32."""
    n = 1
    for s in shape:
        n *= s
    return torch.sin(torch.arange(n, dtype=torch.float64) * step + shift).float().reshape(shape)


def show(name, output, *leaves):
    projection = wave(*output.shape, step=0.3, shift=0.5)
    (output * projection).sum().backward()
    print(name)
    for label, t in [("output", output)] + [(f"gradient {i}", leaf.grad) for i, leaf in enumerate(leaves)]:
        flat = t.detach().flatten()
        picks = [0, len(flat) // 3, len(flat) - 1]
        total = flat.double().sum().item()
        print(f"  {label}: [{', '.join(f'{flat[i].item():.7}' for i in picks)}], sum {total:.7}")


def leaf(*shape, **kw):
    return wave(*shape, **kw).requires_grad_()


x, w, b = leaf(3, 5), leaf(4, 5, step=0.9), leaf(4, step=1.3)
show("dense", F.linear(x, w, b), x, w, b)
x, w, b = leaf(2, 2, 6, 7), leaf(3, 2, 3, 3, step=0.9), leaf(3, step=1.3)
show("convolution stride 2 padding 1", F.conv2d(x, w, b, stride=2, padding=1), x, w, b)
x, w, b = leaf(2, 2, 6, 7), leaf(3, 2, 3, 3, step=0.9), leaf(3, step=1.3)
show("convolution plain", F.conv2d(x, w, b), x, w, b)
# Locally connected: unfold gives (example, kernel weight, cell); weights (map, kernel weight, cell).
x, w, b = leaf(2, 2, 5, 6), leaf(3, 18, 12, step=0.9), leaf(3, 12, step=1.3)
show("locally connected", torch.einsum("eqo,mqo->emo", F.unfold(x, 3), w) + b, x, w, b)
x = leaf(2, 2, 5, 7)
show("max pool 2", F.max_pool2d(x, 2), x)
x = leaf(2, 2, 5, 7)
show("max pool 3 stride 2", F.max_pool2d(x, 3, 2), x)
x = leaf(2, 2, 5, 7)
show("average pool 3 stride 2", F.avg_pool2d(x, 3, 2), x)
for name, f in [
    ("relu", F.relu),
    ("leaky relu 0.1", lambda x: F.leaky_relu(x, 0.1)),
    ("sigmoid", torch.sigmoid),
    ("tanh", torch.tanh),
]:
    x = leaf(2, 6)
    show(name, f(x * 3), x)
