"""Reads what `gargalo run --weights --codes` leaves behind, with NumPy and
PyTorch, and computes the codes again from the weights.

    python3 scripts/read_export.py target/release/gargalo

Needs numpy, torch and safetensors. The program itself needs none of them;
nothing of this runs in the tests.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file as load_numpy
from safetensors.torch import load_file


def run(program, folder, cell, *knobs):
    """Trains a cell and reads its weights, with both libraries, and codes."""
    weights, codes = folder / "w.safetensors", folder / "c.npy"
    command = [program, "run", cell, "--json"]
    command += ["--weights", str(weights), "--codes", str(codes)]
    for knob in knobs:
        command += ["--set", knob]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    tensors, arrays = load_file(weights), load_numpy(weights)
    assert tensors.keys() == arrays.keys()
    for name, tensor in tensors.items():
        assert np.array_equal(tensor.numpy(), arrays[name]), name
    return tensors, np.load(codes)


def linear(tensors, name):
    """A PyTorch layer with the weights of a layer of ours."""
    weights = tensors[f"{name}.weights"]
    layer = torch.nn.Linear(*weights.shape)
    layer.weight.data = weights.T.contiguous()
    layer.bias.data = tensors[f"{name}.bias"].flatten()
    return layer


def main(program):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tensors, codes = run(
            program, folder, "autoencoder/onehot",
            "states=8", "code-size=3", "epochs=50",
        )
        assert codes.dtype == np.float32 and codes.shape == (8, 3)
        encoder = torch.nn.Sequential(linear(tensors, "code"),
                                      torch.nn.Sigmoid())
        again = encoder(torch.eye(8)).detach().numpy()
        gap = np.abs(again - codes).max()
        print(f"one-bit states, 8-3-8: codes differ by at most {gap:.1e}")
        assert gap < 1e-6

        tensors, codes = run(program, folder, "variational/digits8",
                             "epochs=2", "examples=300")
        print("variational:", {k: tuple(v.shape) for k, v in tensors.items()})
        print("codes:", codes.shape)
        assert codes.shape == (360, 2)

        tensors, codes = run(program, folder, "convolutional/digits8",
                             "epochs=1", "examples=300")
        print("convolutional:", {k: tuple(v.shape) for k, v in tensors.items()})
        print("codes:", codes.shape)
        assert np.isfinite(codes).all() and codes.shape[0] == 360


if __name__ == "__main__":
    main(sys.argv[1])
