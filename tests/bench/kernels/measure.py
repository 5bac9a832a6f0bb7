"""Measures one kernel through Jupyter's client: `measure.py KERNEL DECLARE ASSIGN`. Prints one object of JSON.

DECLARE is the cell `q0 = 0` of its language, ASSIGN that of the next with {i} and {j} for the numbers.
"""

import json
import os
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

CELLS = 200
EDGE = 20
WAIT_S = 300


def tree_bytes(root: int) -> int:
    """The memory of a process and all below it, what they share counted once."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as stat:
                parents[int(name)] = int(stat.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    tree = {root}
    while more := {pid for pid, parent in parents.items() if parent in tree and pid not in tree}:
        tree |= more
    total = 0
    for pid in tree:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) * 1024
        except OSError:
            continue
    return total


def main(kernel: str, declare: str, assign: str) -> dict:
    began = time.perf_counter()
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel(stderr=sys.stderr, stdout=sys.stderr)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=WAIT_S)
        ready = time.perf_counter() - began

        def cell(code: str) -> float:
            start = time.perf_counter()
            # until the reply alone: stock tslab loses the "idle" of one cell in some hundred
            reply = client.execute(code, reply=True, timeout=WAIT_S)
            if reply["content"]["status"] != "ok":
                raise RuntimeError(f"{kernel}: {code}: {reply['content']}")
            return (time.perf_counter() - start) * 1000

        cell(declare)
        first = time.perf_counter() - began
        time.sleep(3)  # what a kernel reads in the background after its start is no part of a cell
        times = [cell(assign.replace("{i}", str(i)).replace("{j}", str(i - 1))) for i in range(1, CELLS + 1)]
        return {
            "readyMs": ready * 1000,
            "firstResultMs": first * 1000,
            "cellMs": statistics.median(times),
            "beginningMs": statistics.median(times[:EDGE]),
            "endMs": statistics.median(times[-EDGE:]),
            "bytes": tree_bytes(manager.provisioner.process.pid),
        }
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


print(json.dumps(main(*sys.argv[1:4])))
