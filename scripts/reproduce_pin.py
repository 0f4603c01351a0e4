"""Writes the table of src/train/reproduce/pins.rs.

    cargo build --release
    python3 scripts/reproduce_pin.py [ROW...]

Runs the rows of `gargalo reproduce` with seeds 1 to 5 and puts their numbers
beside those of scripts/reproduce_peer.json, quantity by quantity. A row that
was interrupted is pinned by the seeds there are.
What was measured here before is kept in scripts/reproduce_here.json.
"""

import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
OWN, PEER = HERE / "reproduce_here.json", HERE / "reproduce_peer.json"
PINS = ROOT / "src" / "train" / "reproduce" / "pins.rs"
PROGRAM = pathlib.Path(os.environ.get("GARGALO", ROOT / "target" / "release" / "gargalo"))
SEEDS = ["1", "2", "3", "4", "5"]
# Rows that take long: pinned by the other program as long as it has to be.
PINNED = ["K-VAE2", "TF-B", "U-STACK", "WTA-DIG"]


def measure(row, seed):
    """What the program says about one row and one seed."""
    command = [PROGRAM, "reproduce", row, "--seed", seed, "--seeds", "1", "--json"]
    said = subprocess.run(command, capture_output=True, text=True)
    [found] = json.loads(said.stdout)
    return {f["what"]: f["measured"] for f in found["findings"]}


def main():
    own = json.loads(OWN.read_text()) if OWN.exists() else {}
    peer = json.loads(PEER.read_text())
    for row in sys.argv[1:]:
        for seed in SEEDS:
            for what, x in measure(row, seed).items():
                own.setdefault(row, {}).setdefault(what, {})[seed] = x
            OWN.write_text(json.dumps(own, indent=1, sort_keys=True) + "\n")
    lines = []
    for row in sorted(peer):
        known = own.get(row, {})
        if not any(what in known for what in peer[row]) and row not in PINNED:
            continue
        for what in sorted(peer[row]):
            if known and what not in known or what == "codes better by":
                continue
            runs = known.get(what, {}), peer[row][what]
            here, other = ([round(float(p[s]), 6) for s in SEEDS if s in p] for p in runs)
            lines.append(f'    Pin {{ row: "{row}", what: "{what}", here: &{here}, peer: &{other} }},')
    text = PINS.read_text()
    start = text.index("pub const PINS")
    end = text.index("];", start)
    table = "pub const PINS: &[Pin] = &[\n" + "\n".join(lines) + "\n"
    PINS.write_text(text[:start] + table + text[end:])
    subprocess.run(["rustfmt", "--edition", "2024", PINS], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
