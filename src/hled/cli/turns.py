"""Commands that go on until they are stopped: what they say, what they do about trouble, and how they end.

They run beside a node for months, so trouble is said once, not at every turn, and what may pass is tried
again. It serves every work-plan line.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from hled.cli.output import write
from hled.language import Bilingual, DialogueError, Language

AFTER_TROUBLE: Final = 5.0
_TROUBLE: Final = Bilingual(
    "The disk or the database does not do its work ({why}); trying again.",
    "El disco o la base de datos no responde ({why}); se intenta de nuevo.",
)


@dataclass(slots=True)
class Turns:
    """Takes turns until SIGTERM or SIGINT, each said in `language` where it has something to say."""

    language: Language
    _stop: threading.Event = field(default_factory=threading.Event)
    _said: dict[str, str] = field(default_factory=dict)

    def run(self, turn: Callable[[], Iterable[str]], pause: float) -> None:
        """Take a turn every `pause` seconds; a turn gives what it has to say.

        An error in both languages is said once, and the next turn comes a little later.
        """
        from django.db import DatabaseError, connection

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        while not self._stop.is_set():
            try:
                for line in turn():
                    write(line)
                self.settle("")
                wait = pause
            except DialogueError as error:
                self.complain("", error.message)
                wait = max(pause, AFTER_TROUBLE)
            except (OSError, DatabaseError) as error:
                connection.close()
                self.complain("", _TROUBLE.format(why=str(error).partition("\n")[0] or type(error).__name__))
                wait = max(pause, AFTER_TROUBLE)
            self._stop.wait(wait)

    def complain(self, about: str, message: Bilingual) -> None:
        """Say what is wrong about something, unless it was the last that was said about it."""
        text = message.text(self.language)
        if self._said.get(about) != text:
            self._said[about] = text
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()

    def settle(self, about: str) -> None:
        """Note that nothing is wrong about something any more."""
        self._said.pop(about, None)


def end_with(process: int) -> None:
    """Have this process end soon after its parent, even when nothing had time to stop it."""

    def watch() -> None:
        while os.getppid() == process:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
