"""Writes the sales of one brokerage into the files, giving out ids and voucher numbers."""

from collections import Counter
from typing import NamedTuple

from corredores.generation import installments, settlements
from corredores.generation import vouchers as voucher_rows
from corredores.generation.charges import Charge
from corredores.generation.files import CsvFile
from corredores.generation.installments import Entry, id_of
from corredores.generation.invoicing import Invoicing, Voucher
from corredores.generation.policies import Policy
from corredores.generation.premiums import Premium, split
from corredores.generation.sales import sales
from corredores.generation.scene import Scene


class Files(NamedTuple):
    """Where the three kinds of rows go."""

    installments: CsvFile
    settlements: CsvFile
    vouchers: CsvFile


class Book:
    """`amounts`: cents charged so far, by currency. Sequences restart with each brokerage."""

    def __init__(self, scene: Scene, files: Files) -> None:
        self.amounts: Counter[str] = Counter()
        self._scene, self._files = scene, files
        self._invoicing = Invoicing(scene)
        self._installments = self._settlements = 0

    def write(self, rows: int) -> None:
        """Exactly `rows` cuotas, with their settlements and vouchers."""
        for policy, charges in sales(self._scene, rows):
            first: Voucher | None = None
            for charge in charges:
                vouchers = self._invoicing.draw_vouchers(policy, charge, first)
                first = first or (vouchers[0] if vouchers else None)
                self._write_charge(policy, charge, vouchers)

    def _write_charge(self, policy: Policy, charge: Charge, vouchers: list[Voucher]) -> None:
        main = vouchers[0] if vouchers else None
        settlement = self._write_settlement(policy, charge, main) if charge.kind else ""
        parts = split(charge.premium, len(policy.certificates))
        entries = [
            self._entry(charge, part, certificate, settlement, main)
            for part, certificate in zip(parts, policy.certificates, strict=True)
        ]
        for entry in entries:
            self.amounts[policy.currency] += entry.premium.total
            self._files.installments.add(installments.row(self._scene, policy, charge, entry))
        for voucher in vouchers:
            self._files.vouchers.add(
                voucher_rows.row(self._scene, policy, charge, voucher, entries[0])
            )

    def _write_settlement(self, policy: Policy, charge: Charge, main: Voucher | None) -> str:
        self._settlements += 1
        number = settlements.number_of(self._scene.brokerage.rank, self._settlements)
        self._files.settlements.add(settlements.row(self._scene, policy, charge, number, main))
        return number

    def _entry(
        self, charge: Charge, part: Premium, certificate: str, settlement: str,
        main: Voucher | None,
    ) -> Entry:  # fmt: skip
        self._installments += 1
        rank = self._scene.brokerage.rank
        return Entry(
            id_of(rank, self._installments), part, certificate, settlement, main,
            replaced_by=id_of(rank, self._installments + 1) if charge.replaced else "",
        )  # fmt: skip
