"""Losses, three steps of each optimizer, penalties, and two steps of a small CNN, from PyTorch 2.

Run: python3 tests/oracles/learning.py
"""
import torch
import torch.nn.functional as F
from layers import wave

labels = torch.tensor([2, 0, 3])
one_hot = F.one_hot(labels, 4).float()
losses = {
    "cross entropy": lambda z: F.cross_entropy(z, labels),
    "sigmoid cross entropy": lambda z: F.binary_cross_entropy_with_logits(z, one_hot, reduction="sum") / 3,
    "quadratic": lambda z: 0.5 * ((z - one_hot) ** 2).sum() / 3,
}
for name, loss in losses.items():
    z = (wave(3, 4) * 2).requires_grad_()
    value = loss(z)
    value.backward()
    print(f"{name}: {value.item():.7}, gradient [{', '.join(f'{g:.7}' for g in z.grad.flatten().tolist())}]")


def dense_steps(optimizer, l1=0.0):
    """Three full-batch steps of one dense layer 5 -> 4 on three examples; the layer's numbers afterwards."""
    x = wave(3, 5)
    w, b = wave(4, 5, step=0.9).requires_grad_(), wave(4, step=1.3).requires_grad_()
    rule = optimizer(w, b)
    for _ in range(3):
        rule.zero_grad()
        (F.cross_entropy(F.linear(x, w, b), labels) + l1 * w.abs().sum()).backward()
        rule.step()
    return ", ".join(f"{v:.7}" for v in torch.cat([w.flatten()[[0, 7, 19]], b[[0, 3]]]).tolist())


optim = torch.optim
print("sgd:", dense_steps(lambda *p: optim.SGD(p, lr=0.5)))
print("momentum:", dense_steps(lambda *p: optim.SGD(p, lr=0.5, momentum=0.9)))
print("nesterov:", dense_steps(lambda *p: optim.SGD(p, lr=0.5, momentum=0.9, nesterov=True)))
print("adam:", dense_steps(lambda *p: optim.Adam(p, lr=0.05)))
groups = lambda w, b: [{"params": [w], "weight_decay": 0.3}, {"params": [b]}]
print("sgd, l2 0.3:", dense_steps(lambda w, b: optim.SGD(groups(w, b), lr=0.5)))
print("nesterov, l2 0.3:", dense_steps(lambda w, b: optim.SGD(groups(w, b), lr=0.5, momentum=0.9, nesterov=True)))
print("adam, l2 0.3:", dense_steps(lambda w, b: optim.Adam(groups(w, b), lr=0.05)))
print("sgd, l1 0.2:", dense_steps(lambda *p: optim.SGD(p, lr=0.5), l1=0.2))

# conv 3x3, 4 maps -> ReLU -> max-pool 2x2 -> dense 6 -> tanh -> dense 4, on 3 images 2x8x9; odd width: a column is dropped.
p = [
    wave(4, 2, 3, 3, step=0.9), wave(4, step=1.3),
    wave(6, 36, step=1.1) * 0.3, wave(6, step=0.4),
    wave(4, 6, step=1.7), wave(4, step=0.6),
]
p = [t.requires_grad_() for t in p]
x = wave(3, 2, 8, 9, step=0.37)
rule = optim.SGD(p, lr=0.1)
for step in range(2):
    rule.zero_grad()
    h = F.max_pool2d(F.relu(F.conv2d(x, p[0], p[1])), 2).flatten(1)
    z = F.linear(torch.tanh(F.linear(h, p[2], p[3])), p[4], p[5])
    loss = F.cross_entropy(z, labels)
    loss.backward()
    rule.step()
    print(f"cnn step {step}: loss {loss.item():.7}")
print("cnn sums:", ", ".join(f"{t.detach().double().sum().item():.7}" for t in p))
print("cnn first:", ", ".join(f"{t.detach().flatten()[0].item():.7}" for t in p))
