#!/usr/bin/env python3
"""What an open screen costs: the same run without a screen and in the notebook.

    cargo build --release
    python3 scripts/screen_cost.py [--rounds 3] [--program target/release/gargalo]

Trains 784-32-784 on 10,000 digits with one thread, for many epochs and for few, with
`gargalo run` and in the notebook, which draws on a terminal of 80 x 24. Compared is the
processor time of the thread that trains, many epochs less few, so that neither loading
the data nor what else the machine does counts. For Linux.
"""
import argparse
import fcntl
import os
import pty
import resource
import select
import shutil
import statistics
import struct
import subprocess
import tempfile
import termios
import time

LESSON = """(format: 1, id: "L90", title: "Speed", summary: "A run of some seconds.",
slide: "", minutes: 5, cells: [Model(id: "net", text: "A run of some seconds.",
model: Autoencoder, data: Digits, settings: {CodeSize: 32, Epochs: %d, BatchSize: 64,
Examples: 10000, Loss: "bce"}, knobs: [],
panels: [Reconstructions, LossCurve, CodeMap, Filters])])
"""
MANY, FEW = 160, 10


def headless(program, lessons, env):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    argv = [program, "run", "L90/net", "--lessons", lessons, "--threads", "1"]
    subprocess.run(argv, env=env, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def trainer(pid):
    """Processor seconds of the thread that trains; None if there is none."""
    folder = f"/proc/{pid}/task"
    try:
        for thread in os.listdir(folder):
            with open(f"{folder}/{thread}/comm") as comm:
                if comm.read().strip() != "trainer":
                    continue
            with open(f"{folder}/{thread}/schedstat") as spent:
                return int(spent.read().split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        pass
    return None


def on_screen(program, lessons, env):
    pid, screen = pty.fork()
    if pid == 0:
        os.execve(program, [program, "--lessons", lessons], env)
    size = struct.pack("HHHH", 24, 80, 0, 0)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, size)
    start, pressed, drawn, spent = time.time(), False, 0, None
    while time.time() - start < 600:
        if select.select([screen], [], [], 0.004)[0]:
            try:
                drawn += len(os.read(screen, 65536))
            except OSError:
                break
        if not pressed and time.time() - start > 1.5:
            os.write(screen, b" ")
            pressed = True
        now = trainer(pid)
        if now is None and spent is not None:
            break
        spent = now if now is not None else spent
    os.kill(pid, 15)
    os.close(screen)
    os.waitpid(pid, 0)
    return spent, drawn


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", default="target/release/gargalo")
    asked = parser.parse_args()
    program = os.path.abspath(asked.program)
    folder = tempfile.mkdtemp()
    env = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor")
    env["GARGALO_HOME"] = os.path.join(folder, "home")
    lessons = {}
    for epochs in [MANY, FEW]:
        lessons[epochs] = os.path.join(folder, str(epochs))
        os.mkdir(lessons[epochs])
        with open(os.path.join(lessons[epochs], "90-speed.ron"), "w") as f:
            f.write(LESSON % epochs)
    ratios = []
    for _ in range(asked.rounds):
        without = [headless(program, lessons[n], env) for n in (MANY, FEW)]
        seen = [on_screen(program, lessons[n], env) for n in (MANY, FEW)]
        alone = without[0] - without[1]
        drawing = seen[0][0] - seen[1][0]
        ratios.append(drawing / alone)
        print(f"headless {alone:.2f} s, on screen {drawing:.2f} s, "
              f"{seen[0][1] / 1e6:.1f} MB drawn: {100 * (ratios[-1] - 1):+.1f} %", flush=True)
    print(f"median {100 * (statistics.median(ratios) - 1):+.1f} %")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
