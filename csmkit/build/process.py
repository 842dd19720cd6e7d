# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A worker process as the build sees it: requests in, files or an error out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from csmkit.build.failure import TaskFailed
from csmkit.build.files import Files, check_files
from csmkit.build.frames import BadFrame, Message, read_message, write_message
from csmkit.errors import CsmError

TAIL = 8192  # bytes of a worker's stderr that an error report keeps


class WorkerProcess:
    """A running worker and the end of what it printed.

    Args:
        command: starts it; see `csmkit.build.worker`.
        environment: all its variables.
    Raises: TaskFailed: the command can't be started.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                env=environment,
                cwd=Path(sys.executable).anchor,  # the same on every machine, and holds no user's files
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise TaskFailed(f"{command[0]} could not be started: {error.strerror}") from error
        self._is_killed = False
        self._is_late = False
        self._printed = bytearray()
        self._printing = threading.Thread(target=self._keep_tail, daemon=True)
        self._printing.start()

    @property
    def has_ended(self) -> bool:
        """Whether it can take no more requests."""
        return self._is_killed or self._process.poll() is not None

    def ask(self, request: Message, timeout_s: float | None, max_bytes: int) -> Files:
        """Send a request and wait for the answer.

        Raises: CsmError, TaskFailed: see `WorkerPool.submit`.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._printed.clear()
        timer = threading.Timer(timeout_s or 0, self._give_up)
        timer.daemon = True
        if timeout_s is not None:
            timer.start()
        try:
            write_message(self._process.stdin, request)
            answer = read_message(self._process.stdout, max_bytes)
        except BadFrame as error:
            self.kill()
            raise TaskFailed(f"its worker sent a malformed answer: {error}", self._tail()) from None
        except (EOFError, OSError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            raise self._death(timeout_s)
        return self._result(answer)

    def _result(self, answer: Message) -> Files:
        try:
            if answer.head.get("error") == "CsmError":
                data = answer.head["data"]
                assert isinstance(data, dict)
                error: Exception = CsmError.from_data(data)
            elif "error" in answer.head:
                trace = str(answer.head.get("traceback", ""))
                error = TaskFailed(_one_line(answer.head.get("problem", "")), trace + self._tail())
            else:
                return check_files(answer.files["result"])
        except (AssertionError, LookupError, TypeError, ValueError) as bad:
            self.kill()
            raise TaskFailed(f"its worker sent a malformed answer: {_one_line(bad)}", self._tail()) from None
        raise error

    def kill(self) -> None:
        """End the process now."""
        self._is_killed = True  # before it is: a dying process still looks alive for a moment
        self._process.kill()

    def close(self) -> None:
        """Wait for the end of a killed process and free its pipes."""
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            try:
                stream.close()
            except OSError:  # unsent bytes of a request that nobody reads any more
                continue

    def _give_up(self) -> None:
        self._is_late = True
        self.kill()

    def _death(self, timeout_s: float | None) -> TaskFailed:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:  # it closed its pipe and lives on
            self.kill()
            code = self._process.wait()
        if self._is_late:
            problem = f"took longer than its limit of {timeout_s:g} s and was stopped"
        elif code < 0:
            problem = f"its worker was killed by {_signal_name(-code)}"
        else:
            problem = f"its worker ended with exit code {code}"
        return TaskFailed(problem, self._tail())

    def _tail(self) -> str:
        self._printing.join(timeout=0.1 if self._process.poll() is None else 1)
        printed = bytes(self._printed).decode(errors="replace")
        return f"\nprinted by the worker:\n{printed}" if printed else ""

    def _keep_tail(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            while chunk := os.read(stream.fileno(), TAIL):
                self._printed += chunk
                del self._printed[:-TAIL]


def _one_line(text: object) -> str:
    return " ".join(str(text).split())[:1000]


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
