"""honcho, with one difference: a process that dies is started again instead of taking the others down."""

import multiprocessing
import signal
import subprocess
import time
from collections.abc import Mapping
from typing import Any

from honcho.manager import Manager
from honcho.process import Process

QUICK_DEATH = 5.0  # seconds: a process that realised shorter probably cannot start at all
QUICK_DEATHS_TO_GIVE_UP = 5
LONGEST_PAUSE = 15.0


class RestartingProcess(Process):  # type: ignore[misc]  # honcho is untyped
    """A Procfile line that is kept running until the manager stops."""

    stopping: Any = None  # a multiprocessing.Event, shared with the manager

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Run the command again and again; tell the manager of a stop only when it is meant, or hopeless."""
        quick_deaths = 0
        self._events = events
        while True:
            begun = time.monotonic()
            returncode = self._run_once(ignore_signals)
            quick_deaths = quick_deaths + 1 if time.monotonic() - begun < QUICK_DEATH else 0
            if self.stopping.is_set() or quick_deaths >= QUICK_DEATHS_TO_GIVE_UP:
                self._send_message({"returncode": returncode}, type="stop")
                return
            self._send_message(f"ended with code {returncode}; starting it again\n".encode())
            if self.stopping.wait(min(2.0**quick_deaths / 2, LONGEST_PAUSE)):
                self._send_message({"returncode": returncode}, type="stop")
                return

    def _run_once(self, ignore_signals: bool) -> int:

        self._child: subprocess.Popen[bytes] = self._child_ctor(self.cmd, env=self.env, cwd=self.cwd)
        self._send_message({"pid": self._child.pid}, type="start")
        if ignore_signals:  # the wrapper ends when its child does
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if self._child.stdout is not None:
            for line in iter(self._child.stdout.readline, b""):
                self._send_message(line)
            self._child.stdout.close()
        return int(self._child.wait())


class Supervisor(Manager):  # type: ignore[misc]  # honcho is untyped
    """Runs the lines of the Procfile until Ctrl-C or SIGTERM."""

    def __init__(self) -> None:
        super().__init__()
        self.stopping = multiprocessing.Event()
        self._process_ctor = RestartingProcess

    def add(self, name: str, command: str, *, env: Mapping[str, str], cwd: str) -> None:
        """Add one line."""
        process = self.add_process(name, command, env=dict(env), cwd=cwd)
        process.stopping = self.stopping

    @property
    def stopped_on_request(self) -> bool:
        """Whether it ended by Ctrl-C or SIGTERM, not because a process could not be kept running."""
        return self.returncode in {130, 143}

    def terminate(self) -> None:
        """Stop everything, and start nothing again."""
        self.stopping.set()
        super().terminate()

    def _system_print(self, data: str) -> None:
        """Say only what a person needs: pids are noise."""
        if "received" not in data and "sending" not in data and "(rc=0)" not in data and "started" not in data:
            super()._system_print(data)
