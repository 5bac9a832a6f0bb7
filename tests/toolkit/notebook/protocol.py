"""Drives a kernel by jupyter_client, as Jupyter does: one command a line of JSON on stdin, one answer a line on stdout."""

import json
import sys
import time

from jupyter_client.manager import KernelManager

WAIT_S = 120


class Driver:
    def start(self, cwd: str, kernel: str = "daybook", names_parent: bool = True) -> dict:
        """Without names_parent the kernel is started as VS Code does: it has no JPY_PARENT_PID."""
        began = time.monotonic()
        self.manager = KernelManager(kernel_name=kernel)
        self.manager.start_kernel(cwd=cwd, stderr=sys.stderr, independent=not names_parent)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=WAIT_S)
        return {"ready_ms": round((time.monotonic() - began) * 1000), "pid": self.manager.provisioner.process.pid}

    def execute(self, codes: list, interrupt_after: str | None = None, stop_on_error: bool = True, silent: bool = False) -> list:
        """Sends all cells at once, and gathers what belongs to each until all have ended.

        With interrupt_after, interrupts when that text has been printed; "" for when the first cell is busy.
        """
        cells = {self.client.execute(code, stop_on_error=stop_on_error, silent=silent): self._empty() for code in codes}
        first = next(iter(cells))
        waits = interrupt_after is not None
        while not all(cell["reply"] and cell["idle"] for cell in cells.values()):
            for channel in (self.client.iopub_channel, self.client.shell_channel):
                while channel.msg_ready():
                    self._take(channel.get_msg(timeout=WAIT_S), cells)
            text = cells[first]["stdout"]
            if waits and ((interrupt_after == "" and cells[first]["busy"]) or (interrupt_after and interrupt_after in text)):
                waits = False
                self.manager.interrupt_kernel()
            if not self.manager.is_alive():
                raise RuntimeError("the kernel ended")
            time.sleep(0.002)
        return list(cells.values())

    def send(self, code: str) -> dict:
        """A cell whose end nobody waits for: returns when it is busy."""
        request = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=WAIT_S)
            if message["parent_header"].get("msg_id") == request:
                return {}

    @staticmethod
    def _empty() -> dict:
        return {"reply": None, "busy": False, "idle": False, "stdout": "", "stderr": "", "outputs": [], "input": None, "order": [], "messages": 0, "began": time.monotonic()}

    @staticmethod
    def _take(message: dict, cells: dict) -> None:
        cell = cells.get(message["parent_header"].get("msg_id"))
        if cell is None:
            return
        kind, content = message["msg_type"], message["content"]
        cell["messages"] += 1
        if kind == "stream":
            cell[content["name"]] += content["text"]
            cell["order"].append(content["name"])
        elif kind == "status":
            cell[content["execution_state"]] = True
        elif kind == "execute_reply":
            cell["reply"] = content
            cell["ms"] = (time.monotonic() - cell["began"]) * 1000
        elif kind == "execute_input":
            cell["input"] = content["execution_count"]
        else:
            cell["order"].append(kind)
            cell["outputs"].append({"type": kind, **content})

    def control(self, kind: str) -> list:
        """Asks on the control channel, as VS Code does: what came on iopub until the kernel was idle again, and the reply."""
        message = self.client.session.msg(kind, {})
        request = message["header"]["msg_id"]
        self.client.control_channel.send(message)
        seen = []
        while "idle" not in seen:
            status = self.client.get_iopub_msg(timeout=WAIT_S)
            if status["parent_header"].get("msg_id") == request:
                seen.append(status["content"]["execution_state"])
        reply = self.client.get_control_msg(timeout=WAIT_S)
        return [*seen, reply["msg_type"], reply["content"]["status"]]

    def ask(self, kind: str, content: dict) -> dict:
        message = self.client.session.msg(kind, content)
        self.client.shell_channel.send(message)
        return self._answer(message["header"]["msg_id"])

    def _answer(self, request: str) -> dict:
        while True:
            reply = self.client.get_shell_msg(timeout=WAIT_S)
            if reply["parent_header"].get("msg_id") == request:
                return {"type": reply["msg_type"], **reply["content"]}

    def late(self, until: str) -> str:
        """What is printed after a cell has ended, until a text is there."""
        text = ""
        while until not in text:
            message = self.client.get_iopub_msg(timeout=WAIT_S)
            if message["msg_type"] == "stream":
                text += message["content"]["text"]
        return text

    def restart(self) -> dict:
        self.manager.restart_kernel(now=False)
        self.client.wait_for_ready(timeout=WAIT_S)
        return {}

    def shutdown(self) -> dict:
        self.client.stop_channels()
        process = self.manager.provisioner.process
        self.manager.shutdown_kernel()
        return {"code": process.returncode if process else None}


driver = Driver()
for line in sys.stdin:
    command = json.loads(line)
    try:
        answer = {"ok": getattr(driver, command.pop("do"))(**command)}
    except Exception as fault:  # the test shows it
        answer = {"fault": f"{type(fault).__name__}: {fault}"}
    print(json.dumps(answer), flush=True)
