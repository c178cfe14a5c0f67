"""Times a training in a notebook's cell beside the same training in a process of its own.

Called by `environment/bench kernel` with a Python that has jupyter_client. Prints the medians and
`figure kernel.ratio`: steps per second in the cell over those in the process. The two take turns,
because a machine's speed drifts.
"""

import argparse
import os
import re
import statistics
import subprocess

from check_kernel import Cell
from jupyter_client.manager import start_new_kernel

TRAINING = """
import dev.disentangle.Disentangle;
var data = dev.disentangle.bench.KernelTraining.data();
var training = dev.disentangle.bench.KernelTraining.of(data);
training.run(40);
"""
# One block, so that no time goes by between its lines while the next one is compiled.
TIMING = """
{{
  long start = System.nanoTime();
  long first = training.step();
  while (System.nanoTime() - start < {seconds} * 1e9) training.run(10);
  System.out.println("rate " + (training.step() - first) * 1e9 / (System.nanoTime() - start));
}}
"""


def rate(text):
    return float(re.search(r"rate ([0-9.]+)", text)[1])


def in_cell(client, seconds):
    cell = Cell(client, TIMING.format(seconds=seconds)).finish()
    if cell.error:
        raise SystemExit(f"error: the cell failed: {cell.error['evalue']}")
    return rate(cell.streams["stdout"])


def main():
    parser = argparse.ArgumentParser(prog="environment/bench kernel")
    parser.add_argument("--seconds", type=float, default=6, help="length of one timing")
    parser.add_argument("--pairs", type=int, default=5, help="timings of each")
    parser.add_argument("java", nargs="+", help="the command of the process, behind --")
    options = parser.parse_args()
    manager, client = start_new_kernel(kernel_name="java", startup_timeout=60)
    command = [*options.java, "dev.disentangle.bench.KernelTraining", str(options.seconds)]
    # Both have the same settings: those of the kernel's own start are in its environment too.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        try:
            cell = Cell(client, TRAINING).finish()
            if cell.error:
                raise SystemExit(f"error: the cell failed: {cell.error['evalue']}")
            cells, processes = [], []
            for _ in range(options.pairs):
                cells.append(in_cell(client, options.seconds))
                print("go", file=process.stdin, flush=True)
                processes.append(rate(process.stdout.readline()))
            process.stdin.close()
        finally:
            client.stop_channels()
            manager.shutdown_kernel()
    print(f"  beta-VAE 64x64 in a cell      {statistics.median(cells):8.2f} steps/s  {cells}")
    print(f"  the same in a process         {statistics.median(processes):8.2f} steps/s  {processes}")
    ratio = statistics.median(a / b for a, b in zip(cells, processes, strict=True))
    print(f"figure kernel.ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
