"""The full reload: the tables are built beside and take the place of the old ones at once.

All of it is one transaction, so whatever ends it half way leaves everything as it was. The files
are loaded as always, but into temporary tables that hide the real ones by their names. Then
new tables are written in their order, get their indexes, and are swapped in, which takes the
readers' time of a few milliseconds.
"""

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection, transaction

from .faults import FAULTS, problem_of
from .history import keep_history_of_all
from .kinds import BROKERAGES, INSTALLMENTS, VOUCHERS
from .one_file import one_at_a_time
from .problems import Problem, RefusedError
from .receipts import forget_contents
from .reports import FileReport
from .shape import Kind
from .twins import build, columns_of, fill, finish, prepare, swap

PATIENCE = 600.0  # seconds to wait for a moment between the readers
PAUSE = 1.0  # seconds between two tries
_MOMENT = "200ms"  # how long new readers may have to wait behind us
_WITH_FILES = "(pdf, xml, cdr, answer) <> ('', '', '', '')"


@contextmanager
def replacing(kinds: Collection[Kind], reports: Collection[FileReport]) -> Iterator[None]:
    """What is loaded inside becomes all there is of these kinds; brokerages are merged as always.

    One refused report refuses all of them. A voucher whose legal files are kept stays: an
    issued document does not vanish.
    """
    tables = [kind for kind in kinds if kind is not BROKERAGES]
    try:
        with transaction.atomic():
            one_at_a_time()
            for kind in tables:
                _hide(kind)
            forget_contents(tables)
            yield
            _refuse_all_or_none(tables, reports)
            _replace(tables)
    except RefusedError as refusal:
        _take_back(reports, refusal.problems)
    except FAULTS as fault:
        _take_back(reports, (problem_of(fault),))


def study(kind: Kind) -> None:
    """Tell the planner what has been loaded so far."""
    _execute(f"analyze {kind.table}")


def _take_back(reports: Collection[FileReport], problems: Sequence[Problem]) -> None:
    for report in reports:
        if not report.refused:
            report.take_back(*problems)


def _hide(kind: Kind) -> None:
    """A temporary table in front of the real one, in which a row known there has its id."""
    table, own = kind.table, ", ".join(f"new.{field}" for field in kind.key)
    _execute(
        f"""create temp table {table} (like public.{table} including defaults including generated,
            unique (id), unique ({", ".join(kind.key)})) on commit drop"""
    )
    _execute(
        f"""alter table pg_temp.{table} alter id
            set default nextval(pg_get_serial_sequence('public.{table}', 'id'))"""
    )
    _execute(
        f"""create or replace function pg_temp.known_{table}() returns trigger language plpgsql as
            $$ begin
                new.id := coalesce((select id from public.{table}
                                     where ({", ".join(kind.key)}) = ({own})), new.id);
                return new;
            end $$"""
    )
    _execute(
        f"""create trigger known before insert on pg_temp.{table}
            for each row execute function pg_temp.known_{table}()"""
    )
    if kind is VOUCHERS:
        columns = ", ".join(columns_of(table))
        _execute(
            f"insert into pg_temp.{table} ({columns}) "
            f"select {columns} from public.{table} where {_WITH_FILES}"
        )
    study(kind)


def _refuse_all_or_none(kinds: Collection[Kind], reports: Collection[FileReport]) -> None:
    if any(report.refused for report in reports):
        message = "otro archivo de la misma carga fue rechazado; no se reemplazó nada"
        raise RefusedError(Problem("no_reemplazado", message))
    for kind in kinds:
        with connection.cursor() as cursor:
            cursor.execute(f"select from pg_temp.{kind.table} limit 1")
            if not cursor.rowcount:
                message = f"no hay filas de {kind.name}, y por nada no se reemplaza lo que hay"
                raise RefusedError(Problem("reemplazo_vacio", message))


def _replace(kinds: Collection[Kind]) -> None:
    if INSTALLMENTS in kinds:
        keep_history_of_all()
    prepare()
    for kind in kinds:
        build(kind.table)
        fill(kind.table, kind.order)
        finish(kind.table)
    # Checks that wait for the end would stand in the way of the swap.
    _execute("set constraints all immediate")
    tables = [kind.table for kind in kinds]
    wait_for_a_moment(", ".join(f"public.{table}" for table in tables))
    swap(tables)


def wait_for_a_moment(names: str) -> None:
    """Lock when nobody reads; tried in small bites, so that nobody waits behind us."""
    deadline = time.monotonic() + PATIENCE
    _execute(f"set local lock_timeout = '{_MOMENT}'")
    while not _locked(names):
        if time.monotonic() > deadline:
            message = "siempre hay alguien leyendo; inténtelo a otra hora"
            raise RefusedError(Problem("ocupado", message))
        time.sleep(PAUSE)


def _locked(names: str) -> bool:
    try:
        with transaction.atomic():
            _execute(f"lock table {names} in access exclusive mode")
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            return False
        raise
    return True


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
