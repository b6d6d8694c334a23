"""People who ask: as fast as they are answered, or so many a second."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle

from .serving import HOST

ASKED_AS = "Accept-Encoding: br, gzip\r\nUser-Agent: bench\r\nSec-Fetch-Site: same-origin\r\n"
_PATIENCE = 120  # seconds


def flood(
    port: int, addresses: Sequence[str], cookie: str, seconds: float, people: int = 6
) -> float:
    """Answers a second: all ask for one address after the other, each again as soon as answered.
    All must be 200."""
    following = cycle(addresses)
    with ThreadPoolExecutor(people) as pool:
        counts = pool.map(lambda _n: _ask_again(port, following, cookie, seconds), range(people))
        return sum(counts) / seconds


def _ask_again(port: int, addresses: Iterator[str], cookie: str, seconds: float) -> int:
    """A bare socket: a client library would cost more than the view that does nothing."""
    rest = f" HTTP/1.1\r\nHost: {HOST}:{port}\r\nCookie: {cookie}\r\n{ASKED_AS}\r\n"
    count, until = 0, time.monotonic() + seconds
    with socket.create_connection((HOST, port), _PATIENCE) as link:
        while time.monotonic() < until:
            link.sendall(f"GET {next(addresses)}{rest}".encode())
            _read_answer(link)
            count += 1
    return count


def _read_answer(link: socket.socket) -> None:
    got = bytearray()
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(link)
    head = bytes(got[:end]).lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head[:60].decode())
    length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
    missing = length - (len(got) - end - 4)
    while missing > 0:
        missing -= len(_more(link))


def _more(link: socket.socket) -> bytes:
    if piece := link.recv(1 << 18):
        return piece
    raise RuntimeError("the server closed the connection")


@dataclass
class Log:
    """What people saw: seconds per answer by kind, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def p95(self, kind: str) -> float:
        took = sorted(self.seconds.get(kind, ()))
        return took[int(len(took) * 0.95)] if took else float("inf")


def paced(
    port: int,
    cookie: str,
    a_second: float,
    seconds: float,
    choose: Callable[[int], tuple[str, str]],
) -> Log:
    """Requests at an even pace, whether or not earlier ones are answered; a wait in the queue is
    part of the time. `choose(n)` gives the kind and the address of the n-th."""
    log, start, here = Log(), time.monotonic() + 0.1, threading.local()

    def one(number: int) -> None:
        due = start + number / a_second
        time.sleep(max(0.0, due - time.monotonic()))
        kind, address = choose(number)
        try:
            status, _size = ask(_link(here, port), address, cookie)
        except OSError as error:
            log.errors.append(f"{kind}: {error!r}")
            return
        log.seconds.setdefault(kind, []).append(time.monotonic() - due)
        if status != 200:
            log.errors.append(f"{kind}: {status}")

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(one, range(int(a_second * seconds))))
    return log


def _link(here: threading.local, port: int) -> HTTPConnection:
    if not hasattr(here, "link"):
        here.link = HTTPConnection(HOST, port, timeout=_PATIENCE)
    link: HTTPConnection = here.link
    return link


def ask(link: HTTPConnection, address: str, cookie: str, **headers: str) -> tuple[int, int]:
    """Status and bytes on the wire of one answer, its heads included."""
    sent = {"Cookie": cookie, "Accept-Encoding": "br, gzip", **headers}
    link.request("GET", address, headers=sent)
    answer = link.getresponse()
    size = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    while piece := answer.read(1 << 18):
        size += len(piece)
    return answer.status, size


@contextmanager
def beside(actions: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Each action again and again, in a thread of its own, while the block runs."""
    stop = threading.Event()

    def again(action: Callable[[], object]) -> None:
        while not stop.is_set():
            action()

    with ThreadPoolExecutor(len(actions)) as pool:
        running = [pool.submit(again, action) for action in actions]
        try:
            yield
        finally:
            stop.set()
    for ended in running:
        ended.result()  # raises what went wrong


def cycle_of(mix: Sequence[tuple[str, str]]) -> Callable[[int], tuple[str, str]]:
    return lambda number: mix[number % len(mix)]
