"""Runs notebooks in a Jupyter kernel with live progress, and writes them as pages.

Called by environment/run with a Python that has nbclient and nbconvert.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter

from progress import ProgressWriter, settle_carriage_returns

FIGURE = re.compile(r"^figure \S+ \S+.*$", re.MULTILINE)
JAVA_OUT_OF_MEMORY = 3  # Java's exit status with -XX:+ExitOnOutOfMemoryError
EXIT_CALLED = "This cell called System.exit"  # what the kit's kernel says before it ends
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
LANGUAGE = {
    "codemirror_mode": "java",
    "file_extension": ".jshell",
    "mimetype": "text/x-java-source",
    "name": "java",
    "pygments_lexer": "java",
}


class Failure(Exception):
    """A notebook that did not run to its end, in words for the terminal."""


class LiveClient(NotebookClient):
    """Runs the cells and shows on the terminal what they print while they run."""

    def __init__(self, notebook, writer, **options):
        super().__init__(notebook, record_timing=False, timeout=None, **options)
        self.writer = writer
        self.interrupted = False
        self.exit_status = None
        self.exit_called = False
        code = [i for i, cell in enumerate(notebook.cells) if _runs(cell)]
        self.rank = {index: k + 1 for k, index in enumerate(code)}

    async def async_execute_cell(self, cell, cell_index, *arguments, **options):
        if not _runs(cell):
            return await super().async_execute_cell(cell, cell_index, *arguments, **options)
        self._stop_on_signals()
        label = f"cell {self.rank[cell_index]} of {len(self.rank)}"
        self.writer.line(f"{label}: {_first_line(cell.source)}")
        begin = time.monotonic()
        try:
            return await super().async_execute_cell(cell, cell_index, *arguments, **options)
        except DeadKernelError:
            process = getattr(self.km.provisioner, "process", None)
            self.exit_status = process.poll() if process else None
            raise
        finally:
            self.writer.line(f"{label}: {time.monotonic() - begin:.1f} s")

    def _stop_on_signals(self):
        """Ends the run, and the kernel with it; nbclient's own handlers leave the run waiting."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, self._interrupt, task)
            except NotImplementedError:  # Windows
                pass

    def _interrupt(self, task):
        self.interrupted = True
        task.cancel()

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        if msg["msg_type"] == "stream":
            self.exit_called |= EXIT_CALLED in content["text"]
            self.writer.write(content["text"])
        elif msg["msg_type"] == "update_display_data" and set(content["data"]) == {"text/plain"}:
            self.writer.progress(content["data"]["text/plain"])
        return super().process_message(msg, cell, cell_index)


def _runs(cell):
    return cell.cell_type == "code" and cell.source.strip() != ""


def _first_line(source):
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("import ", "//"))] or lines
    return telling[0] if len(telling[0]) <= 70 else telling[0][:67] + "..."


def execute(notebook, folder, kernel, writer):
    """Runs all cells; the outputs up to a failure are kept in the notebook."""
    client = LiveClient(
        notebook, writer, kernel_name=kernel, resources={"metadata": {"path": str(folder)}}
    )
    try:
        client.execute()
    except CellExecutionError:
        raise Failure(_failed_cell(notebook)) from None
    except NoSuchKernel:
        known = ", ".join(sorted(KernelSpecManager().find_kernel_specs())) or "none"
        raise Failure(f"there is no kernel named {kernel}; installed: {known}") from None
    except (DeadKernelError, asyncio.CancelledError):
        if client.interrupted:
            raise KeyboardInterrupt from None
        raise Failure(death(client.exit_status, client.exit_called)) from None
    except (RuntimeError, TimeoutError) as problem:
        raise Failure(
            f"the kernel did not start ({problem}): environment/doctor says what is missing"
        ) from None
    finally:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = join_streams(cell.outputs)


def join_streams(outputs):
    """Makes one output of the pieces that a cell printed, as it looks in the end."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else None
        if output.output_type == "stream" and last and last.get("name") == output.name:
            last.text += output.text
        else:
            joined.append(output)
    for output in joined:
        if output.output_type == "stream":
            output.text = settle_carriage_returns(output.text)
    return joined


def death(status, exit_called):
    """Why a kernel has gone, from its exit status and whether it said that a cell ended it."""
    if exit_called:
        return f"a cell called System.exit({status}), which ends the kernel: leave the call out"
    if status is not None and status < 0:
        return (
            f"the kernel was killed by {signal.Signals(-status).name}, often for lack of memory:"
            " close other programs or use --quick"
        )
    if status == JAVA_OUT_OF_MEMORY:
        return (
            "the kernel ended with Java's status for a lack of memory: keep less in variables, or"
            " use --quick"
        )
    return (
        f"the kernel ended by itself with exit status {status}: look at the lines above for what"
        " Java says, and run it again"
    )


def _failed_cell(notebook):
    code = [cell for cell in notebook.cells if _runs(cell)]
    for number, cell in enumerate(code, start=1):
        for output in cell.outputs:
            if output.output_type == "error":
                source = "\n".join("    " + line for line in cell.source.splitlines())
                trace = ESCAPE.sub("", "\n".join(output.traceback))
                return f"cell {number} of {len(code)} failed\n{source}\n{trace}"
    return "a cell failed"


def figures(notebook):
    """The lines 'figure KEY VALUE' that the cells printed, in order."""
    text = "".join(
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stdout"
    )
    return FIGURE.findall(text)


def write_page(notebook, path):
    page, _ = HTMLExporter().from_notebook_node(
        notebook, resources={"metadata": {"name": path.stem}}
    )
    path.write_text(page, encoding="utf-8")


def run_one(path, arguments, writer):
    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError:
        raise
    except Exception as problem:  # nbformat raises what its validator and its converters raise
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise Failure(f"this is not a notebook: {reason}") from None
    writer.line(f"run {path.name}")
    begin = time.monotonic()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    page = out / f"{path.stem}.html"
    failure = None
    try:
        execute(notebook, path.resolve().parent, arguments.kernel, writer)
    except Failure as problem:
        failure = problem
    # The same notebook gives the same file on every machine and Java release.
    notebook.metadata["language_info"] = LANGUAGE
    nbformat.write(notebook, out / path.name)
    write_page(notebook, page)
    if failure:
        raise failure
    if arguments.in_place:
        nbformat.write(notebook, path)
    for line in figures(notebook):
        writer.line(line)
    writer.line(f"page of {path.name} after {time.monotonic() - begin:.0f} s: {page}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the executed notebooks")
    parser.add_argument("--kernel", default="java", help="name of an installed kernel")
    parser.add_argument("--in-place", action="store_true", help="write the outputs back as well")
    parser.add_argument("notebooks", type=Path, nargs="+")
    arguments = parser.parse_args()
    writer = ProgressWriter(sys.stdout)
    failed = 0
    for path in arguments.notebooks:
        try:
            run_one(path, arguments, writer)
        except Failure as problem:
            writer.line("")
            print(f"error: {path.name}: {problem}", file=sys.stderr)
            failed += 1
        except OSError as problem:
            print(f"error: {path.name}: {problem}", file=sys.stderr)
            failed += 1
        except KeyboardInterrupt:
            print(f"error: {path.name}: interrupted", file=sys.stderr)
            return 130
    return 1 if failed else 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Old releases of nbclient clean up a kernel that never started once more at exit, and fail.
    os._exit(status)
