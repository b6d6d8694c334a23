"""A web process that asks itself many things at once, as people of two brokerages.

Run by test_pooler.py with a pooler as its database. Prints how many, and how many were wrong.
"""

import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

THREADS = 8
ADDRESSES = (
    "/estados-de-cuenta/cuotas.json?desde=&hasta=",
    "/estados-de-cuenta/cuotas.csv?desde=&hasta=",
    "/estados-de-cuenta/cuotas/?desde=&hasta=&orden=poliza",
    "/estados-de-cuenta/cuotas.json?desde=&hasta=&orden=-poliza",
    "/gestion/auditoria.json",
)


def main(requests: int) -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415 - Django must be set up first

    from corredores.accounts.models import User  # noqa: PLC0415

    clients = []
    for name in ("todo-A", "todo-B", "vida-A", "vida-B"):
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(username=name))
        clients.append((name, client.cookies))

    def ask(task: tuple[tuple[str, Any], str]) -> tuple[int, int]:
        """(1 if a foreign row was shown, 1 if the answer was none)"""
        (name, cookies), address = task
        client = Client(raise_request_exception=False)
        client.cookies = cookies
        answer = client.get(address, secure=True, HTTP_HOST="localhost")
        text = answer.getvalue().decode()
        lines, code = name.split("-")
        other = "B" if code == "A" else "A"
        foreign = f"Corredora {other}" in text or f"POLIZA{other}" in text
        if lines == "vida":
            foreign = foreign or '"GENERALES"' in text or "Seguros Generales;" in text
        if "auditoria" in address and lines == "vida":
            return int(foreign), int(answer.status_code != 404)
        own = "auditoria" in address or f"POLIZA{code}" in text
        return int(foreign), int(answer.status_code != 200 or not own)

    tasks = itertools.islice(itertools.cycle(itertools.product(clients, ADDRESSES)), requests)
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ask, tasks))
    foreign, failed = (sum(column) for column in zip(*found, strict=True))
    sys.stdout.write(f"{len(found)} requests {foreign} foreign {failed} failed\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
