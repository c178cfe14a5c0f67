"""Tests of progress.py. Called by environment/verify."""

import io
import unittest

from progress import ProgressWriter, settle_carriage_returns


class Terminal(io.StringIO):
    def isatty(self):
        return True


class ProgressTest(unittest.TestCase):
    def setUp(self):
        self.now = 0.0

    def write(self, stream, pieces, seconds=1.0):
        writer = ProgressWriter(stream, clock=lambda: self.now)
        for piece in pieces:
            writer.write(piece)
            self.now += seconds
        writer.line("end")
        return stream.getvalue()

    def test_settles_to_what_a_terminal_shows(self):
        self.assertEqual("a\nc\n", settle_carriage_returns("a\n\rb\rc\n"))
        self.assertEqual("done", settle_carriage_returns("\r1 %\r2 %\rdone\r"))
        self.assertEqual("plain  \ntext", settle_carriage_returns("plain  \ntext"))
        self.assertEqual("\nabc\n", settle_carriage_returns("\n\rlonger\rabc   \n"))

    def test_logs_hold_whole_lines_and_the_last_state(self):
        self.assertEqual(
            "  half a line\n  step 3\nend\n",
            self.write(io.StringIO(), ["half a", " line\n", "\rstep 1", "\rstep 2", "\rstep 3"]),
        )

    def test_logs_show_progress_now_and_then(self):
        text = self.write(io.StringIO(), [f"\rstep {i}" for i in range(30)], seconds=1.0)
        self.assertEqual(["  step 9", "  step 19", "  step 29", "end"], text.splitlines()[-4:])

    def test_logs_hold_no_blanks_that_wipe(self):
        text = self.write(io.StringIO(), ["\rlonger", "\rabc   \n"])
        self.assertEqual("  abc\nend\n", text)

    def test_terminals_redraw_and_wipe_longer_text(self):
        text = self.write(Terminal(), ["\rlonger", "\rabc"])
        self.assertEqual("\r  longer\r  abc   \nend\n", text)


if __name__ == "__main__":
    unittest.main()
