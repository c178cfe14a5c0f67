"""Tests of check_notebooks.py and notebook_numbers.py. Called by environment/verify."""

import base64
import tempfile
import unittest
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from check_notebooks import END_OF_PNG, problems, problems_of_run
from notebook_numbers import prose_numbers

PNG = base64.b64encode(b"\x89PNG" + END_OF_PNG).decode()
CUT_PNG = base64.b64encode(b"\x89PNG").decode()


def code(source, *outputs, count=1):
    return new_code_cell(source, execution_count=count, outputs=list(outputs))


def printed(text):
    return new_output("stream", name="stdout", text=text)


def shown(**data):
    return new_output(
        "display_data", {kind.replace("_", "/"): value for kind, value in data.items()}
    )


class NotebookTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def save(self, *cells, under="."):
        notebook = new_notebook(cells=list(cells), metadata={"kernelspec": {"name": "java", "display_name": "Java"}})
        path = self.folder / under / "n.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)
        return path

    def found(self, *cells):
        return [problem.removeprefix("n.ipynb: ") for problem in problems(self.save(*cells))]

    def test_a_good_notebook_has_no_problems(self):
        self.assertEqual(
            [],
            self.found(
                new_markdown_cell("# Title\n\nBy 0.81, `0.123`, $x = 0.5$, section 3.14."),
                new_markdown_cell("## Part\n\n```\n# a comment\n```\n\n### Below\n\n## Part"),
                code("f(0.25)", printed("score 0.8054\n"), shown(image_png=PNG)),
            ),
        )

    def test_numbers_need_an_output(self):
        text = "# T\n\nFrom 0.80 to -0.25, 1,234.5 and 12.5 %."
        cells = [code("g(12.5)", printed("-0.2501"), shown(text_html="<td>1234.51</td>"))]
        self.assertEqual(
            ["the text has 0.80, which no output has"], self.found(new_markdown_cell(text), *cells)
        )
        source = "\n<!-- not from an output: 0.80 (a file) -->"
        self.assertEqual([], self.found(new_markdown_cell(text + source), *cells))
        other = "\n<!-- not from an output: 0.81 (a file) -->"
        self.assertEqual(1, len(self.found(new_markdown_cell(text + other), *cells)))

    def test_numbers_of_pages_do_not_count_as_outputs(self):
        cell = code("x", shown(text_html="<style>p { width: 0.77em }</style><p>0.88</p>"))
        self.assertEqual(
            ["the text has 0.77, which no output has"],
            self.found(new_markdown_cell("# T\n\n0.77 and 0.88"), cell),
        )

    def test_what_counts_as_a_number_of_the_text(self):
        self.assertEqual(["0.5", "\u22123.25"], prose_numbers("0.5 nats, \u22123.25, 64 or 2018"))
        self.assertEqual(
            [], prose_numbers("Sections 3.1 and 4.2, Table 2.1, [a](b-0.9.png), $$\n0.7\n$$ v1.0.2")
        )

    def test_headings_have_an_order(self):
        self.assertEqual(
            ["the heading 'Deep' skips a level", "there is a second title: Again"],
            self.found(new_markdown_cell("# T\n\n### Deep\n\n# Again")),
        )
        self.assertEqual(
            ["the first heading must be the title (# ...)"], self.found(new_markdown_cell("## T"))
        )

    def test_outputs_are_of_one_run(self):
        title = new_markdown_cell("# T")
        self.assertEqual([], self.found(title, code("1"), code("2", count=2)))
        self.assertIn("not of one run", self.found(title, code("1"), code("2", count=7))[0])
        self.assertIn("not executed: cell 2", self.found(title, code("1"), code("2", count=None))[0])

    def test_pictures_are_there_and_whole(self):
        self.assertEqual(
            ["cell 1: the picture is not whole", "the picture none.png is missing"],
            self.found(
                new_markdown_cell("# T\n\n![none](none.png)"), code("p", shown(image_png=CUT_PNG))
            ),
        )

    def test_a_later_run_shows_what_the_committed_one_does(self):
        path = self.save(code("p", shown(image_png=PNG)), code("t", shown(text_html="<b>")))
        again = self.save(code("p", shown(image_png=PNG)), code("t", printed("b")), under="out")
        self.assertEqual(
            ["n.ipynb: run again, cell 2: text/html is missing"],
            list(problems_of_run(path, again.parent)),
        )
        error = new_output("error", ename="E", evalue="why", traceback=[])
        self.save(code("p", shown(image_png=PNG)), code("t", error), under="out")
        self.assertIn(
            "n.ipynb: run again, cell 2: the output is an error: E: why",
            list(problems_of_run(path, again.parent)),
        )
        self.assertIn("is missing", next(problems_of_run(path, self.folder / "none")))


if __name__ == "__main__":
    unittest.main()
