"""What PostgreSQL plans for the queries of a page, under the reader's own eyes."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.installments.listing import CUOTAS
from corredores.listings.page import Page
from tests.people import search

BIG = "installments_installment"
Node = dict[str, Any]


def plans(viewer: Viewer, query: str = "") -> tuple[list[Node], list[Node]]:
    """The plans of the totals and of the rows of one page: each as the list of its nodes."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, parameters: Any, *rest: Any) -> Any:
        asked.append((sql.removeprefix("copy (").removesuffix(") to stdout"), parameters))
        return execute(sql, parameters, *rest)

    with viewing(viewer):
        found = search(CUOTAS, viewer, query)
        assert found.problems == []
        with connection.execute_wrapper(note):
            page = Page(found, 50)
            assert page.count
            _rows = page.body
        totals, rows = asked
        return [*explained(*totals)], [*explained(*rows)]


def explained(sql: str, parameters: Any) -> Iterator[Node]:
    with connection.cursor() as cursor:
        cursor.execute(f"explain (format json) {sql}", parameters)
        row = cursor.fetchone()
    assert row is not None
    answer = row[0] if isinstance(row[0], list) else json.loads(row[0])
    yield from _nodes(answer[0]["Plan"])


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def indexes(nodes: list[Node]) -> set[str]:
    return {node["Index Name"] for node in nodes if "Index Name" in node}


def whole_table_scans(nodes: list[Node]) -> list[Node]:
    return [
        it for it in nodes if it["Node Type"] == "Seq Scan" and it.get("Relation Name") == BIG
    ]  # fmt: skip


def sorted_rows(nodes: list[Node]) -> int:
    """The most rows that any sort of the plan expects."""
    return max((it["Plan Rows"] for it in nodes if "Sort" in it["Node Type"]), default=0)
