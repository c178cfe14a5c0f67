"""Checks committed notebooks: outputs present and free of errors, nothing that one kernel only knows.

usage: check_notebooks.py NOTEBOOK...
"""

import re
import sys
from pathlib import Path

import nbformat

KERNEL_ONLY = re.compile(
    r"io\.github\.spencerpark|org\.dflib\.jjava|dev\.disentangle\.kernel"
    r"|\b(?:IJava|JJava)\b|(?<![.\w])(?:render|display|updateDisplay)\s*\("
)
MAGIC = re.compile(r"^\s*%{1,2}\w")
ABSOLUTE_PATH = re.compile(r"(?:^|[\s\"'(=])/(?:home|root|Users|tmp|work)/")
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


def problems(path):
    """All that is wrong with one notebook, as text."""
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
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(code, start=1):
        for problem in [*problems_of_source(cell.source), *problems_of_outputs(cell)]:
            yield f"{path.name}: cell {number}: {problem}"
        if cell.execution_count is None:
            yield f"{path.name}: cell {number}: not executed (environment/run --in-place does it)"


def main(paths):
    found = [problem for path in paths for problem in problems(Path(path))]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
