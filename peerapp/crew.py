"""How many threads does the server have? As many as are needed at once, up to a number, and never all of them beforehand.

Every thread that has drawn a page keeps a stack of its own, and waitress hands the requests to all of its threads in
turn: two hundred that wait for open pages would be touched by a single reader. Here a thread begins when no other is free.
"""

from waitress.task import Task, ThreadedTaskDispatcher


class Crew(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress publishes no types
    """waitress's own dispatcher with at most so many threads; a single one at first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.set_thread_count(1)

    def add_task(self, task: Task) -> None:
        """Called when a request has come in: somebody who is free takes it, somebody new, or it waits."""
        with self.lock:
            there = len(self.threads) - self.stop_count
            nobody_is_free = len(self.queue) >= there - self.active_count
            if hires := nobody_is_free and there < self.most:
                self.queue.append(task)
        if hires:
            self.set_thread_count(there + 1)  # a new thread looks into the queue first
        else:
            super().add_task(task)
