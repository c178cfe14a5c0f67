"""Opens the quickstart in JupyterLab in headless Chromium and does what a reader does: runs all cells,
looks at pictures, the table and the explorer, moves a slider, interrupts a training and goes on. Then it
opens the explorer that the notebook has saved as a page of its own.

usage: check_lab.py [--screenshots FOLDER] NOTEBOOK

Called by environment/verify, with JUPYTER_PATH naming the kernel. It runs in minimal mode: what is
looked at is that things show and react, not what they say.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from browser import Browser, slider_moves_the_picture

SECONDS = 300
ADDED = [
    'var explorer = Explorer.of(factorVae.model(), heart);\nexplorer.save(Path.of("explorer.html"));\nexplorer',
    "factorVae.run(1_000_000, Progress.every(1));",
    "factorVae.run(3, Progress.every(1));\nfactorVae.step()",
]
# JupyterLab 4.6 says this of every cell that runs in a kernel without a debugger.
NO_DEBUGGER = "No active debugger session"
ARGUMENTS = argparse.Namespace()

# What the cells of the open notebook show, as Jupyter's own model has it.
OUTPUTS = """
return jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === "code")
  .map(cell => ({count: cell.model.executionCount, outputs: cell.model.outputs.toJSON()}));
"""
READY = """
const panel = window.jupyterapp && jupyterapp.shell.currentWidget;
return !!(panel && panel.content && panel.content.widgets && panel.sessionContext
  && panel.sessionContext.session && panel.sessionContext.session.kernel
  && panel.sessionContext.session.kernel.status === "idle");
"""


class Lab:
    """JupyterLab on a free port with settings and a workspace of its own."""

    def __init__(self, folder, notebook):
        self.folder = folder
        self.token = secrets.token_hex(16)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.work = folder / "work"
        self.work.mkdir()
        nbformat.write(notebook, self.work / "notebook.ipynb")
        settings = folder / "config/lab/user-settings/@jupyterlab"
        for extension, values in {
            # All cells stand in the page, seen or not.
            "notebook-extension/tracker": {"windowingMode": "none"},
            "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        }.items():
            file = settings / f"{extension}.jupyterlab-settings"
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(values))
        self.log = open(folder / "lab.log", "w+b")
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
                "--expose-app-in-browser", f"--port={self.port}", "--ServerApp.ip=127.0.0.1",
                f"--IdentityProvider.token={self.token}", f"--ServerApp.root_dir={self.work}",
            ],
            env=dict(
                os.environ,
                DISENTANGLE_MODE="minimal",
                JUPYTER_CONFIG_DIR=str(folder / "config"),
                JUPYTERLAB_WORKSPACES_DIR=str(folder / "workspaces"),
            ),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip

    def url(self, path):
        return f"http://127.0.0.1:{self.port}/{path}?token={self.token}"

    def wait(self):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.url("api/status"), timeout=5).close()
                return
            except OSError:
                time.sleep(0.5)
        self.log.seek(0)
        raise RuntimeError("JupyterLab did not start: " + self.log.read().decode()[-2000:])

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


class LabTest(unittest.TestCase):
    """The tests go on where the one before them ended, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        notebook = nbformat.read(ARGUMENTS.notebook, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        cls.cells = sum(cell.cell_type == "code" for cell in notebook.cells)
        notebook.cells += [new_code_cell(source) for source in ADDED]
        scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.addClassCleanup(scratch.cleanup)
        cls.lab = Lab(Path(scratch.name), notebook)
        cls.addClassCleanup(cls.lab.close)
        cls.lab.wait()
        cls.browser = Browser().__enter__()
        cls.addClassCleanup(cls.browser.__exit__)
        cls.driver = cls.browser.driver
        cls.driver.get(cls.lab.url("lab/tree/notebook.ipynb"))
        cls.until("the kernel is ready", lambda: cls.driver.execute_script(READY))

    @classmethod
    def until(cls, what, condition):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            time.sleep(0.3)
        cls.shoot("failure")
        raise TimeoutError(f"waited in vain until {what}; outputs: {str(cls.outputs())[-2000:]}")

    @classmethod
    def outputs(cls):
        return cls.driver.execute_script(OUTPUTS)

    @classmethod
    def shoot(cls, name):
        if ARGUMENTS.screenshots:
            cls.browser.screenshot(ARGUMENTS.screenshots / f"lab-{name}.png")

    def foreign_requests(self):
        """What was asked of anyone but this JupyterLab."""
        own = (f"http://127.0.0.1:{self.lab.port}/", f"ws://127.0.0.1:{self.lab.port}/")
        return [url for url in self.browser.requests() if not url.startswith(own)]

    def command(self, name):
        self.driver.execute_script("jupyterapp.commands.execute(arguments[0])", name)

    def select(self, index):
        """Makes one code cell the active one and brings it into view."""
        self.driver.execute_script(
            "const content = jupyterapp.shell.currentWidget.content;"
            "const cells = content.widgets.map((w, i) => [w, i]).filter(([w]) => w.model.type === 'code');"
            "const [cell, place] = cells[arguments[0]];"
            "content.activeCellIndex = place; content.deselectAll();"
            "cell.node.scrollIntoView({block: 'start'});",
            index,
        )

    def texts(self, index):
        parts = []
        for output in self.outputs()[index]["outputs"]:
            parts.append("".join(output.get("text", "")) + output.get("evalue", ""))
            parts.append("".join(output.get("data", {}).get("text/plain", "")))
        return "".join(parts)

    def errors(self):
        return [
            output["evalue"]
            for cell in self.outputs()
            for output in cell["outputs"]
            if output["output_type"] == "error"
        ]

    def test_1_all_cells_run_up_to_the_training_without_end(self):
        last = self.cells + 1
        self.command("notebook:run-all-cells")
        self.until(
            "the last training is under way", lambda: "step" in self.texts(last) or self.errors()
        )
        self.assertEqual([], self.errors())
        counts = [cell["count"] for cell in self.outputs()[: last]]
        self.assertEqual(list(range(1, last + 1)), counts)

    def test_2_an_interrupted_training_says_where_it_stopped_and_goes_on(self):
        training, behind = self.cells + 1, self.cells + 2
        self.command("notebook:interrupt-kernel")
        self.until("the training has stopped", self.errors)
        self.assertIn("interrupted after step", self.errors()[0])
        self.assertIn("step", self.texts(training))
        self.select(behind)
        self.command("notebook:run-cell")
        self.until(
            "the training has gone on",
            lambda: "execute_result" in str(self.outputs()[behind]) or len(self.errors()) > 1,
        )
        self.assertEqual(1, len(self.errors()))
        stopped = int(self.errors()[0].split("after step ")[1].split(";")[0].replace(",", ""))
        self.assertTrue(self.texts(behind).strip().endswith(str(stopped + 3)), self.texts(behind))
        self.shoot("interrupted")

    def test_3_pictures_and_the_table_are_seen(self):
        committed = nbformat.read(ARGUMENTS.notebook, as_version=4)
        data = [o.get("data", {}) for c in committed.cells for o in c.get("outputs", [])]
        pictures = sum("image/png" in forms for forms in data)
        # The explorer is HTML too.
        tables = sum("<table" in forms.get("text/html", "") for forms in data)
        self.assertGreater(pictures, 0)
        seen = "return [...document.querySelectorAll(arguments[0])].filter(e => e.offsetHeight > 20).length"
        picture = ".jp-OutputArea-output.jp-RenderedImage img"
        table = ".jp-OutputArea-output.jp-RenderedHTMLCommon table"
        self.until(
            "all pictures are drawn", lambda: self.driver.execute_script(seen, picture) >= pictures
        )
        self.assertGreaterEqual(self.driver.execute_script(seen, table), tables)
        self.assertEqual([], self.browser.broken_pictures())
        self.select(3)
        self.shoot("pictures")

    def test_4_the_explorers_slider_moves_its_picture(self):
        self.select(self.cells)
        self.assertTrue(slider_moves_the_picture(self.driver))
        self.shoot("explorer")

    def test_5_the_console_is_quiet_and_nothing_is_asked_of_another_machine(self):
        said = [message for message in self.browser.errors() if NO_DEBUGGER not in message]
        self.assertEqual([], said)
        self.assertEqual([], self.foreign_requests())

    def test_6_the_explorer_works_from_its_own_file(self):
        self.driver.switch_to.new_window("tab")
        self.driver.get((self.lab.work / "explorer.html").as_uri())
        self.browser.requests()
        self.assertTrue(slider_moves_the_picture(self.driver))
        self.assertEqual([], self.browser.broken_pictures())
        self.assertEqual([], self.browser.errors())
        # JupyterLab's own tab is still open and now and then asks its server for the folder.
        self.assertEqual([], self.foreign_requests())
        self.shoot("explorer-file")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--screenshots", type=Path)
    parser.add_argument("notebook", type=Path)
    parser.parse_args(namespace=ARGUMENTS)
    unittest.main(argv=sys.argv[:1], verbosity=1, failfast=True)
