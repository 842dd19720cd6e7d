# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A process that runs tasks: `python -m csmkit.build.worker`, spoken to over its stdin and stdout."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import traceback
from queue import SimpleQueue
from typing import BinaryIO

from csmkit.build.files import call
from csmkit.build.frames import BadFrame, Message, read_message, write_message
from csmkit.errors import CsmError


def main() -> None:
    """Answer requests until stdin closes, which it also does when the build is killed.

    What a design prints goes to stderr, so that it cannot mix with the answers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends its workers
    faulthandler.enable()
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    queue: SimpleQueue[Message] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, queue), daemon=True).start()
    while True:
        answer = respond(queue.get())
        sys.stdout.flush()
        sys.stderr.flush()
        write_message(answers, answer)


def respond(request: Message) -> Message:
    """Run the task of a request; its error, if it has one, becomes plain data."""
    function, params = request.head["function"], request.head["params"]
    assert isinstance(function, str)
    assert isinstance(params, dict)
    try:
        return Message({}, {"result": call(function, params, request.files)})
    except CsmError as error:
        return Message({"error": "CsmError", "data": error.as_data()})
    except BaseException as error:  # noqa: BLE001  a design may raise anything, SystemExit too
        problem = traceback.format_exception_only(error)[-1].strip()
        return Message({"error": "other", "problem": problem, "traceback": traceback.format_exc()})


def _listen(requests: BinaryIO, queue: SimpleQueue[Message]) -> None:
    """Pass requests on; a thread, so that a busy worker also notices the end of the build."""
    try:
        while request := read_message(requests):
            queue.put(request)
    except (BadFrame, EOFError, OSError):
        traceback.print_exc()
    finally:
        os._exit(0)  # no destructors: native libraries may crash in theirs


if __name__ == "__main__":
    main()
