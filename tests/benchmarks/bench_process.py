"""A contestant of the benchmark runs in a process of its own, and idles while the others are measured.

It reads one JSON task a line and answers each with one JSON line. Imports the standard library only, since it runs in
both environments.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore", "KERAS_BACKEND": "tensorflow"}


class Contestant:
    """The handle of a contestant's process.

    Args:
        script: File name in this folder.
        python: The interpreter of the environment that it needs.
        arguments: For the script.
        variables: Of its environment, besides those of this process.
    """

    def __init__(self, script: str, python: Path, *arguments: str, **variables: str) -> None:
        paths = [str(FOLDER.parents[1]), str(FOLDER.parent / "engine")]
        environment = {**os.environ, **QUIET, **variables, "PYTHONPATH": os.pathsep.join(paths)}
        self.log = Path(os.environ.get("CNNVIZ_BENCH_LOG", os.devnull))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [python, FOLDER / script, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=environment,
            )

    def ask(self, **task: object) -> dict[str, Any]:
        """Sets a task and waits for the answer; one that fails answers with "error"."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except OSError as error:
            return {"error": str(error)}
        if not answer:
            return {"error": f"its process ended with {self._process.wait()}"}
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        """Ends the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answers tasks until there are no more: a contestant's main loop."""
    # Whatever a library prints must not be taken for an answer.
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            found = answer(json.loads(line))
        # A library that fails is shown as such; the benchmark goes on.
        except Exception as error:  # noqa: BLE001
            found = {"error": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
        print(json.dumps(found), file=out, flush=True)


def rate_of(run: Callable[[], int], seconds: float) -> float:
    """Runs something that says how much it did until some time has passed; returns how much a second."""
    done, begin = 0, time.perf_counter()
    while True:
        done += run()
        passed = time.perf_counter() - begin
        if passed >= seconds:
            return done / passed
