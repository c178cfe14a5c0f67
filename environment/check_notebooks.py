"""Checks committed notebooks: outputs present and free of errors, nothing that one kernel only knows,
headings in order, every number of the text in an output.

usage: check_notebooks.py [--executed FOLDER] NOTEBOOK...

With --executed it looks instead at what a later run has left in that folder: no cell failed, and every
cell that shows something in the committed notebook shows something of that kind there too.
"""

import argparse
import base64
import binascii
import re
import statistics
import sys
from pathlib import Path

import nbformat

from notebook_numbers import numbers_without_source

KERNEL_ONLY = re.compile(
    r"io\.github\.spencerpark|org\.dflib\.jjava|dev\.disentangle\.kernel"
    r"|\b(?:IJava|JJava)\b|(?<![.\w])(?:render|display|updateDisplay)\s*\("
)
MAGIC = re.compile(r"^\s*%{1,2}\w")
ABSOLUTE_PATH = re.compile(r"(?:^|[\s\"'(=])/(?:home|root|Users|tmp|work)/")
HEADING = re.compile(r"^(#{1,6})\s+(\S.*)$", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")
CODE_BLOCK = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
END_OF_PNG = b"IEND\xaeB`\x82"
SHOWN = ("image/png", "image/gif", "image/svg+xml", "text/html")
MAX_BYTES = 5_000_000


def problems_of_source(source):
    """What ties a cell to one kernel or one machine."""
    for number, line in enumerate(source.splitlines(), start=1):
        code = line.split("//")[0]
        if MAGIC.match(line):
            yield f"line {number} is a magic: {line.strip()}"
        elif KERNEL_ONLY.search(code):
            yield f"line {number} needs one particular kernel: {line.strip()}"
        if ABSOLUTE_PATH.search(line):
            yield f"line {number} names a path of one machine: {line.strip()}"


def problems_of_outputs(cell):
    """Errors, and output that gives a machine away."""
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"the output is an error: {output.ename}: {output.evalue}"
        if output.output_type == "stream" and ABSOLUTE_PATH.search(output.text):
            yield "the output names a path of one machine"


def problems_of_pictures(cell):
    """PNG files that do not open, which a renderer may have cut off."""
    for output in cell.outputs:
        encoded = output.get("data", {}).get("image/png")
        if encoded is None:
            continue
        try:
            png = base64.b64decode(encoded)
        except binascii.Error:
            png = b""
        if not (png.startswith(b"\x89PNG") and png.endswith(END_OF_PNG)):
            yield "the picture is not whole"


def problems_of_counts(notebook):
    """Outputs that are not all of one run from the first cell to the last."""
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if None in counts:
        missing = [str(i) for i, count in enumerate(counts, start=1) if count is None]
        yield f"not executed: cell {', '.join(missing)} (environment/run --in-place does it)"
    elif counts != list(range(1, len(counts) + 1)):
        yield "the outputs are not of one run of all cells (environment/run --in-place gives one)"


def problems_of_headings(notebook):
    """One title, first of all; behind it no level without the one above it."""
    text = "\n\n".join(
        CODE_BLOCK.sub("", cell.source) for cell in notebook.cells if cell.cell_type == "markdown"
    )
    headings = [(len(marks), title) for marks, title in HEADING.findall(text)]
    if not headings or headings[0][0] != 1:
        yield "the first heading must be the title (# ...)"
    for (before, _), (level, title) in zip(headings, headings[1:]):
        if level == 1:
            yield f"there is a second title: {title}"
        elif level > before + 1:
            yield f"the heading '{title}' skips a level"


def problems_of_links(notebook, folder):
    """Pictures of the text that are not there."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for target in PICTURE.findall(cell.source):
                if "://" in target:
                    yield f"the picture {target} is somewhere else, and missing offline"
                elif not target.startswith(("data:", "attachment:")) and not (folder / target).is_file():
                    yield f"the picture {target} is missing"


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def problems(path):
    """All that is wrong with one committed notebook, as text."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as problem:  # nbformat raises many kinds
        yield f"{path.name}: not a valid notebook: {problem}"
        return
    if path.stat().st_size > MAX_BYTES:
        yield f"{path.name}: {path.stat().st_size} bytes, at most {MAX_BYTES} are allowed"
    name = notebook.metadata.get("kernelspec", {}).get("name")
    if name != "java":
        yield f"{path.name}: the kernel is {name}, it must be java"
    for number, cell in enumerate(code_cells(notebook), start=1):
        for problem in [
            *problems_of_source(cell.source),
            *problems_of_outputs(cell),
            *problems_of_pictures(cell),
        ]:
            yield f"{path.name}: cell {number}: {problem}"
    for problem in [
        *problems_of_counts(notebook),
        *problems_of_headings(notebook),
        *problems_of_links(notebook, path.parent),
        *numbers_without_source(notebook),
    ]:
        yield f"{path.name}: {problem}"


def problems_of_run(path, folder):
    """What a later run of a notebook no longer shows."""
    executed = folder / path.name
    if not executed.is_file():
        yield f"{path.name}: {executed} is missing: the notebook was not run"
        return
    before = code_cells(nbformat.read(path, as_version=4))
    after = code_cells(nbformat.read(executed, as_version=4))
    if [cell.source for cell in before] != [cell.source for cell in after]:
        yield f"{path.name}: {executed} is a run of other cells"
        return
    for number, (old, new) in enumerate(zip(before, after), start=1):
        for problem in [*problems_of_outputs(new), *problems_of_pictures(new)]:
            yield f"{path.name}: run again, cell {number}: {problem}"
        for kind in SHOWN:
            if _count(new, kind) < _count(old, kind):
                yield f"{path.name}: run again, cell {number}: {kind} is missing"


def _count(cell, kind):
    return sum(kind in output.get("data", {}) for output in cell.outputs)


def figures(paths):
    """How many notebooks there are, and how many lines of code their cells have."""
    lines = [
        len([line for line in cell.source.splitlines() if line.strip()])
        for path in paths
        for cell in code_cells(nbformat.read(path, as_version=4))
    ]
    yield f"figure notebooks.count {len(paths)}"
    yield f"figure notebooks.median_lines {statistics.median(lines or [0]):g}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--executed", type=Path, help="folder of executed notebooks to check")
    parser.add_argument("notebooks", type=Path, nargs="+")
    arguments = parser.parse_args()
    found = [
        problem
        for path in arguments.notebooks
        for problem in (
            problems_of_run(path, arguments.executed) if arguments.executed else problems(path)
        )
    ]
    for problem in found:
        print(problem, file=sys.stderr)
    if not found and not arguments.executed:
        print(*figures(arguments.notebooks), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
