"""Drives the kernel named java over Jupyter's own protocol, as a front end does.

Called by environment/verify. What the evaluator does is tested in Java, in kernel/src/test; this is
what only a connection shows: streams, pictures, interrupts, cells that wait behind a failed one.
"""

import base64
import os
import time
import unittest

from jupyter_client.manager import start_new_kernel

SECONDS = 60


class Cell:
    """What the kernel sent back for one cell."""

    def __init__(self, client, source=None, message=None):
        self.client = client
        self.message = message or client.execute(source)
        self.streams = {"stdout": "", "stderr": ""}
        self.shown = []
        self.displays = []
        self.updates = []
        self.result = None
        self.error = None

    def finish(self):
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            if message["parent_header"].get("msg_id") == self.message:
                if message["content"].get("execution_state") == "idle":
                    return self
                self._take(message["msg_type"], message["content"])
        raise TimeoutError("the cell did not end")

    def _take(self, kind, content):
        self.shown.append((kind, content))
        if kind == "stream":
            self.streams[content["name"]] += content["text"]
        elif kind == "display_data":
            self.displays.append(content)
        elif kind == "update_display_data":
            self.updates.append(content)
        elif kind == "execute_result":
            self.result = content["data"]
        elif kind == "error":
            self.error = content


class KernelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name="java", startup_timeout=SECONDS)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def run_cell(self, source):
        return Cell(self.client, source).finish()

    def reply_to(self, message):
        while True:
            reply = self.client.get_shell_msg(timeout=SECONDS)
            if reply["parent_header"]["msg_id"] == message:
                return reply["content"]

    def test_values_and_streams(self):
        cell = self.run_cell('System.out.println("out");\nSystem.err.println("err");\n6 * 7')
        self.assertIsNone(cell.error)
        self.assertEqual("out\n", cell.streams["stdout"])
        self.assertEqual("err\n", cell.streams["stderr"])
        self.assertEqual("42", cell.result["text/plain"])

    def test_lines_arrive_whole_and_in_few_messages(self):
        cell = self.run_cell(
            'for (int i = 0; i < 20_000; i++) System.out.printf("%d%s", i, "\\n");'
        )
        self.assertEqual([str(i) for i in range(20_000)], cell.streams["stdout"].split())
        # JupyterLab shows at most 1,000 messages a second, for three seconds.
        self.assertLess(len([kind for kind, _ in cell.shown if kind == "stream"]), 1_000)

    def test_fifty_megabytes_arrive(self):
        cell = self.run_cell(
            'for (int i = 0; i < 500_000; i++) System.out.println("x".repeat(99));'
        )
        self.assertEqual(50_000_000, len(cell.streams["stdout"]))

    def test_order_of_streams_displays_and_the_answer_stays(self):
        cell = self.run_cell(
            'System.out.print("a"); System.err.print("b"); System.out.print("c");\n'
            'display("d");\nSystem.out.print("e");\n"f"'
        )
        told = []
        for kind, content in cell.shown:
            if kind == "stream":
                told.append(content["name"][3:] + content["text"])
            elif "data" in content:
                told.append(content["data"]["text/plain"])
        self.assertEqual(["outa", "errb", "outc", "d", "oute", "f"], told)

    def test_output_shows_while_the_cell_runs(self):
        cell = Cell(self.client, 'System.out.print("now");\nThread.sleep(600_000);')
        while cell.streams["stdout"] == "":
            message = self.client.get_iopub_msg(timeout=SECONDS)
            cell._take(message["msg_type"], message["content"])
        self.manager.interrupt_kernel()
        self.assertEqual("Interrupted", cell.finish().error["ename"])

    def test_pictures_are_whole(self):
        cell = self.run_cell(
            "new java.awt.image.BufferedImage(101, 67, java.awt.image.BufferedImage.TYPE_INT_RGB)"
        )
        png = base64.b64decode(cell.result["image/png"], validate=True)
        self.assertTrue(png.startswith(b"\x89PNG"))
        self.assertTrue(png.endswith(b"IEND\xaeB`\x82"), "the end of the file is missing")

    def test_html(self):
        cell = self.run_cell('class H { public String toHtml() { return "<i>h</i>"; } }\nnew H()')
        self.assertEqual("<i>h</i>", cell.result["text/html"])
        cell = self.run_cell('display("<b>x</b>", "text/html");')
        self.assertEqual("<b>x</b>", cell.displays[0]["data"]["text/html"])
        cell = self.run_cell('display("<p>" + "x".repeat(10_000), "text/html");')
        self.assertEqual("text/html of 10003 characters", cell.displays[0]["data"]["text/plain"])

    def test_values_of_the_kit(self):
        cell = self.run_cell(
            'tech.tablesaw.api.Table.create("t",\n'
            'tech.tablesaw.api.StringColumn.create("a<b", "x"),\n'
            'tech.tablesaw.api.DoubleColumn.create("number", 2.0 / 3))'
        )
        self.assertIn(">a&lt;b</th>", cell.result["text/html"])
        self.assertIn(">0.66667</td>", cell.result["text/html"])
        self.assertIn("0.6666666666666666", cell.result["text/plain"])
        cell = self.run_cell('Notebook.html("<p>" + "x".repeat(10_000))')
        self.assertEqual("page of 10003 characters", cell.displays[0]["data"]["text/plain"])
        self.assertEqual("shown above", cell.result["text/plain"])

    def test_displays_are_updated(self):
        cell = self.run_cell('var id = display("first");\nupdateDisplay(id, "second");')
        shown, updated = cell.displays[0], cell.updates[0]
        self.assertEqual("first", shown["data"]["text/plain"])
        self.assertEqual("second", updated["data"]["text/plain"])
        self.assertEqual(shown["transient"]["display_id"], updated["transient"]["display_id"])

    def test_errors_name_the_exception_and_its_cause(self):
        cell = self.run_cell(
            'throw new IllegalStateException("outer", new java.io.IOException("inner"));'
        )
        self.assertEqual("IllegalStateException", cell.error["ename"])
        self.assertEqual("outer", cell.error["evalue"])
        self.assertIn("Caused by: java.io.IOException: inner", "\n".join(cell.error["traceback"]))

    def test_completion_inspection_and_completeness(self):
        reply = self.reply_to(self.client.complete('"abc".toUpp', 11))
        self.assertTrue(reply["matches"][0].startswith("toUpperCase("), reply["matches"])
        self.assertEqual((6, 11), (reply["cursor_start"], reply["cursor_end"]))
        reply = self.reply_to(self.client.inspect("Math.max(", 9))
        self.assertIn("int Math.max(int a, int b)", reply["data"]["text/plain"])
        for source, status in [("int x = 1;", "complete"), ("while (true) {", "incomplete")]:
            self.assertEqual(status, self.reply_to(self.client.is_complete(source))["status"])

    def interrupt(self, body):
        cell = Cell(self.client, 'System.out.println("begun");\n' + body)
        while cell.streams["stdout"] == "":
            message = self.client.get_iopub_msg(timeout=SECONDS)
            cell._take(message["msg_type"], message["content"])
        begin = time.monotonic()
        self.manager.interrupt_kernel()
        cell.finish()
        self.assertEqual("Interrupted", cell.error["ename"])
        # The kernel grants half a second before it uses force; the rest is for a busy machine.
        self.assertLess(time.monotonic() - begin, 5)
        self.assertEqual("2", self.run_cell("1 + 1").result["text/plain"])

    def test_interrupts_stop_a_cell_and_the_next_one_works(self):
        self.interrupt("Thread.sleep(600_000);")
        self.interrupt("long n = 0; while (true) n++;")
        self.interrupt("while (true) { try { Thread.sleep(9); } catch (Exception e) { } }")

    def test_a_cell_can_print_and_show_after_its_interrupt(self):
        """Ten times, because the interrupt may meet any line of a loop that prints."""
        for _ in range(10):
            cell = Cell(
                self.client,
                '{ System.out.println("begun");\n'
                "int n = 0;\n"
                "while (!Thread.currentThread().isInterrupted()) System.out.println(n++);\n"
                'System.out.println("last words");\n'
                'display("shown");\n'
                "if (!Thread.interrupted()) throw new IllegalStateException();\n"
                'throw new java.util.concurrent.CancellationException("after step 7"); }',
            )
            while cell.streams["stdout"] == "":
                message = self.client.get_iopub_msg(timeout=SECONDS)
                cell._take(message["msg_type"], message["content"])
            self.manager.interrupt_kernel()
            cell.finish()
            self.assertEqual("after step 7", cell.error["evalue"])
            self.assertTrue(cell.streams["stdout"].endswith("last words\n"))
            self.assertEqual("shown", cell.displays[0]["data"]["text/plain"])

    def test_cells_behind_a_failed_one_do_not_run(self):
        failing = self.client.execute('Thread.sleep(300);\nthrow new RuntimeException("stop");')
        waiting = self.client.execute("int mustNotExist = 1;")
        self.assertEqual("error", self.reply_to(failing)["status"])
        self.assertEqual("aborted", self.reply_to(waiting)["status"])
        time.sleep(0.2)
        self.assertEqual("CompilationError", self.run_cell("mustNotExist").error["ename"])

    def test_the_kit_comes_with_the_session(self):
        cell = self.run_cell("FactorSpace.class.getName()")
        self.assertEqual("dev.disentangle.data.FactorSpace", cell.result["text/plain"])


class EndTest(unittest.TestCase):
    """How a kernel ends. Java leaves with the same status when a cell says exit(3)."""

    def test_a_cell_that_exits_is_named(self):
        manager, client = start_new_kernel(kernel_name="java", startup_timeout=SECONDS)
        try:
            cell = Cell(client, '1 + 1;\nSystem.out.print("before ");\nSystem.exit(3);')
            self.assertEqual(3, manager.provisioner.process.wait(timeout=SECONDS))
            while "exit" not in cell.streams["stderr"]:
                message = client.get_iopub_msg(timeout=SECONDS)
                cell._take(message["msg_type"], message["content"])
            self.assertEqual("before ", cell.streams["stdout"])
            self.assertIn("This cell called System.exit", cell.streams["stderr"])
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    def test_a_kernel_without_memory_ends_instead_of_falling_silent(self):
        manager, client = start_new_kernel(
            kernel_name="java",
            startup_timeout=SECONDS,
            env=dict(os.environ, JAVA_TOOL_OPTIONS="-Xmx128m"),
        )
        try:
            client.execute(
                "var hoard = new java.util.ArrayList<long[]>();\n"
                "while (true) hoard.add(new long[1 << 17]);"
            )
            self.assertEqual(3, manager.provisioner.process.wait(timeout=SECONDS))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    unittest.main(verbosity=1)
