"""Runs a command and writes what it and its children cost: timed.py REPORT COMMAND..."""

import json
import resource
import subprocess
import sys
import time

started = time.monotonic()
code = subprocess.run(sys.argv[2:], check=False).returncode
wall = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as report:
    cost = {"code": code, "cpuMs": (used.ru_utime + used.ru_stime) * 1000, "wallMs": wall * 1000}
    json.dump(cost | {"peakBytes": used.ru_maxrss * 1024}, report)
