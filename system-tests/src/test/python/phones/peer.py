"""Shared code of the tests' phones: they write one JSON object per line, read one command per line, and report the tones they hear."""
import glob
import json
import os
import queue
import struct
import sys
import threading
import time

import numpy as np

# Libraries and child processes write to standard output before they can be configured not to.
OUT = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

LOUD = 300
CLEAR = 0.7
WINDOWS_A_SECOND = 10
WAV_HEADER = 44
BETWEEN_LOOKS = 0.05
_one_line = threading.Lock()


def say(what, **more):
    with _one_line:
        print(json.dumps({"event": what, **more}), file=OUT, flush=True)


def strongest(window, rate):
    """Returns the strongest frequency of a window in Hz, and the share of the energy near it."""
    spectrum = np.abs(np.fft.rfft(window * np.hanning(len(window)))) ** 2
    total = spectrum.sum()
    if total <= 0:
        return 0, 0.0
    peak = int(np.argmax(spectrum))
    near = spectrum[max(0, peak - 3):peak + 4].sum()
    return round(peak * rate / len(window)), float(near / total)


class Windows:
    """Reports each 100 ms window in which one frequency stands out."""

    def __init__(self, rate):
        self.rate = rate
        self.length = rate // WINDOWS_A_SECOND
        self.held = np.zeros(0)

    def take(self, samples):
        self.held = np.concatenate([self.held, samples.astype(np.float64)])
        while len(self.held) >= self.length:
            window, self.held = self.held[:self.length], self.held[self.length:]
            hertz, share = strongest(window, self.rate)
            if np.sqrt(np.mean(window**2)) > LOUD and share > CLEAR:
                say("tone", hertz=hertz)


class GrowingFile:
    """A growing 16-bit WAV file. Its header may be written last: then `rate` gives the sample rate. Only the first channel is evaluated."""

    def __init__(self, path, rate):
        self.file = open(path, "rb")
        self.rate = rate
        self.channels = 1
        self.windows = None
        self.odd = b""

    def read(self):
        if self.windows is None:
            header = self.file.read(WAV_HEADER)
            if len(header) < WAV_HEADER:
                self.file.seek(0)
                return
            self.channels = struct.unpack_from("<H", header, 22)[0] or 1
            self.windows = Windows(struct.unpack_from("<I", header, 24)[0] or self.rate)
        data = self.odd + self.file.read()
        frame = 2 * self.channels
        even = len(data) // frame * frame
        self.odd = data[even:]
        if even:
            self.windows.take(np.frombuffer(data[:even], dtype=np.int16)[::self.channels])


def hear(pattern, rate):
    """Reports the tones that appear in the files that match a pattern, for as long as the program runs."""

    def follow():
        files = {}
        while True:
            for path in glob.glob(pattern):
                if path not in files:
                    files[path] = GrowingFile(path, rate)
                files[path].read()
            time.sleep(BETWEEN_LOOKS)

    threading.Thread(target=follow, daemon=True).start()


def commands():
    """Returns a queue of the lines of standard input; None marks its end."""
    lines = queue.SimpleQueue()

    def read():
        for line in sys.stdin:
            lines.put(line.strip())
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines
