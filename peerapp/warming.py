"""What is done only once is done before somebody waits for it: the pages that a pair opens are compiled beforehand.

The first view of a session would take a quarter of a second longer than the next, and with it whatever comes meanwhile.
One by one and with pauses, so that nobody who is there already waits for this.
"""

import threading
from time import sleep

from flask import Flask

from peerapp import heaps

PAGES = ("base", "_", "home/", "board/", "goals/", "journal/", "sessions/", "help/keyboard")
PAUSE = 0.03


def begin(app: Flask) -> None:
    threading.Thread(target=compile_pages, args=(app, PAUSE), name="warming", daemon=True).start()


def compile_pages(app: Flask, pause: float) -> None:
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(PAGES)):
        app.jinja_env.get_template(name)
        sleep(pause)
    heaps.give_back()
