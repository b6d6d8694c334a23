"""corredores: the brokerages, key `codigo`."""

from corredores.accounts.models import Brokerage
from corredores.loading.cells import Choice, Several, Text
from corredores.loading.shape import Column, Kind

from .shared import LINES, RUC, UPDATED_AT

BROKERAGES = Kind(
    name="corredores",
    table="accounts_brokerage",
    key=("code",),
    identity=("s.codigo",),
    known_by=("s.codigo",),
    sealed=False,
    columns=(
        Column("codigo", "code", Text(64), required=True),
        Column("codigo_sbs", "sbs_code", Text(20)),
        Column("ruc", "ruc", RUC, required=True),
        Column("nombre", "name", Text(1500), required=True),
        Column("correo", "email", Text(254)),
        Column("lineas", "lines", Several(LINES), required=True),
        Column("estado", "status", Choice(tuple(Brokerage.Status.values)), required=True),
        UPDATED_AT,
    ),
)
