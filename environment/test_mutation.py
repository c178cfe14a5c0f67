"""Tests of mutation.py: what counts as noticed, and for which figure. Called by environment/verify."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import mutation

CHANGE = (
    "<mutation detected='{told}' status='{status}'><mutatedClass>dev.disentangle.{place}</mutatedClass>"
    "<mutatedMethod>of</mutatedMethod><lineNumber>7</lineNumber>"
    "<mutator>org.pitest.{mutator}</mutator><description>{text}</description></mutation>"
)


def output(*changes, survivors=False, text="changed it"):
    """What the script prints for a report of changes (status, place, mutator)."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "mutations.xml")
        lines = [CHANGE.format(told="x", status=s, place=p, mutator=m, text=text) for s, p, m in changes]
        report.write_text("<mutations>" + "".join(lines) + "</mutations>")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            mutation.main([str(report)] + (["--survivors"] if survivors else []))
    return printed.getvalue().splitlines()


class MutationTest(unittest.TestCase):
    def test_figures_by_package(self):
        lines = output(
            ("KILLED", "metric.count.Shuffle", "MathMutator"),
            ("TIMED_OUT", "metric.DciScore", "MathMutator"),
            ("SURVIVED", "metric.DciScore$1", "MathMutator"),
            ("NO_COVERAGE", "objective.FactorVae", "experimental.NakedReceiverMutator"),
            ("NON_VIABLE", "objective.FactorVae", "MathMutator"),
        )
        self.assertIn("figure mutation.all 50.0", lines)
        self.assertIn("figure mutation.metric 66.7", lines)
        self.assertIn("figure mutation.objective 0.0", lines)
        self.assertIn("figure mutation.dropped_calls 0.0", lines)
        self.assertIn("metric: 2 of 3 changes noticed", lines)

    def test_survivors_are_named(self):
        change = ("SURVIVED", "metric.count.Shuffle", "MathMutator")
        self.assertIn("metric.count.Shuffle:7 of: changed it (survived)", output(change, survivors=True))
        self.assertNotIn("metric.count.Shuffle", "\n".join(output(change)))

    def test_a_dropped_parallel_is_no_change(self):
        change = ("SURVIVED", "metric.SapScore", "experimental.NakedReceiverMutator")
        with self.assertRaises(SystemExit):
            output(change, text="replaced call to java/util/stream/IntStream::parallel with receiver")

    def test_an_empty_report_is_an_error(self):
        with self.assertRaises(SystemExit):
            output()


if __name__ == "__main__":
    unittest.main()
