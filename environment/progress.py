"""Output that redraws its last line, on terminals and in logs."""

import time

LOG_SECONDS = 10.0


def settle_carriage_returns(text):
    """What a terminal shows in the end: of each line, the part behind its last carriage return.

    The blanks at the end of a redrawn line go too; they only wipe a longer one before it.
    """
    return "\n".join(_settle(line) for line in text.split("\n"))


def _settle(line):
    if "\r" not in line:
        return line
    parts = [part.rstrip() for part in line.split("\r") if part.strip()]
    return parts[-1] if parts else ""


class ProgressWriter:
    """Writes lines, and one line in progress: redrawn on a terminal, now and then into a log."""

    def __init__(self, stream, clock=time.monotonic):
        self.stream = stream
        self.clock = clock
        self.terminal = stream.isatty()
        self.pending = ""
        self.drawn = ""
        self.logged = clock()

    def line(self, text):
        """Ends the line in progress and writes a whole line."""
        self._end_pending()
        self.stream.write(text + "\n")
        self.stream.flush()

    def progress(self, text):
        """Replaces the line in progress."""
        self.write("\r" + text.splitlines()[0] if text else "\r")

    def write(self, text):
        """Takes a piece of a cell's output, which may end in the middle of a line."""
        for piece in _pieces(text):
            if piece == "\n":
                self._end_pending()
            elif piece == "\r":
                self._keep_in_place()
            else:
                self.pending += piece
        if self.terminal:
            self._draw()

    def _end_pending(self):
        if self.pending or self.drawn:
            self._draw() if self.terminal else self.stream.write("  " + self.pending.rstrip())
            self.stream.write("\n")
            self.stream.flush()
        self.pending = ""
        self.drawn = ""

    def _keep_in_place(self):
        if self.terminal:
            self._draw()
        elif self.pending and self.clock() - self.logged >= LOG_SECONDS:
            self.logged = self.clock()
            self.stream.write("  " + self.pending.rstrip() + "\n")
            self.stream.flush()
        self.pending = ""

    def _draw(self):
        if self.pending and self.pending != self.drawn:
            wipe = " " * max(0, len(self.drawn) - len(self.pending))
            self.stream.write("\r  " + self.pending + wipe)
            self.stream.flush()
            self.drawn = self.pending


def _pieces(text):
    start = 0
    for i, char in enumerate(text):
        if char in "\r\n":
            if i > start:
                yield text[start:i]
            yield char
            start = i + 1
    if start < len(text):
        yield text[start:]
