"""The contestant PyTorch: eager, a whole batch of filters at a time, ResNet50 up to the layer and no further.

python bench_torch.py
"""

from __future__ import annotations

import time
from typing import Any

import torch
from bench_process import rate_of, serve
from torch import nn

STAGES = ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2))


class Block(nn.Module):
    """A bottleneck block, with the stride in its first convolution as keras.applications has it."""

    def __init__(self, inputs: int, width: int, stride: int, *, shortcut: bool) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, width, 1, stride), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, padding=1), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1), nn.BatchNorm2d(4 * width)
        self.shortcut = (
            nn.Sequential(nn.Conv2d(inputs, 4 * width, 1, stride), nn.BatchNorm2d(4 * width)) if shortcut else None
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = torch.relu(self.bn1(self.conv1(x)))
        y = torch.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return torch.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class UpTo(nn.Module):
    """ResNet50 up to the output of one of the tutorial's four layers."""

    def __init__(self, layer: str) -> None:
        super().__init__()
        steps: list[nn.Module] = [nn.Conv2d(3, 64, 7, 2, 3)]
        if layer != "conv1_conv":
            stage, block = (int(part[-1]) for part in layer.split("_")[:2])
            part = int(layer.split("_")[2])
            steps += [nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
            channels = 64
            for number, (width, count, stride) in enumerate(STAGES, 2):
                for repeat in range(1, count + 1):
                    if (number, repeat) == (stage, block):
                        made = Block(channels, width, stride if repeat == 1 else 1, shortcut=repeat == 1)
                        inside = [made.conv1, made.bn1, nn.ReLU(), made.conv2, made.bn2, nn.ReLU(), made.conv3]
                        steps += inside[: 3 * part - 2]
                        break
                    steps.append(Block(channels, width, stride if repeat == 1 else 1, shortcut=repeat == 1))
                    channels = 4 * width
                else:
                    continue
                break
        self.steps = nn.Sequential(*steps)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.steps(x)


def measure(task: dict[str, Any]) -> dict[str, Any]:
    """Steps times pictures a second."""
    if task["network"] != "ResNet50":
        raise NotImplementedError("only ResNet50 is written for PyTorch here")
    torch.manual_seed(0)
    layout = torch.channels_last if task.get("channels_last") else torch.contiguous_format
    network = UpTo(task["layer"]).eval().requires_grad_(requires_grad=False).to(memory_format=layout)
    batch, size = task["batch"], task["size"]
    x = (torch.rand(batch, 3, size, size) * 20 + 128).to(memory_format=layout)
    rows = torch.arange(batch)

    def step() -> int:
        nonlocal x
        x = x.detach().requires_grad_(requires_grad=True)
        score = network(x)[rows, rows].mean((1, 2)).sum()
        (gradient,) = torch.autograd.grad(score, x)
        rms = gradient.square().mean((1, 2, 3), keepdim=True).sqrt()
        x = x.detach() + gradient / (rms + 1e-5)
        return batch

    step()
    step()
    begin = time.perf_counter()
    return {"rate": rate_of(step, task["seconds"]), "seconds": time.perf_counter() - begin}


if __name__ == "__main__":
    serve(measure)
