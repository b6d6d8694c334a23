"""The server does not start with a declaration that cannot work."""

import dataclasses

import pytest
from django.core.management.base import SystemCheckError

from corredores.console import serve
from corredores.installments.listing import CUOTAS
from corredores.web import declarations


def test_a_misspelt_order_stops_the_server_not_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = dataclasses.replace(CUOTAS, order=("-fecha_pagado",))
    monkeypatch.setattr(declarations, "OFFERED", (broken,))
    with pytest.raises(SystemCheckError, match="cuotas: no column fecha_pagado"):
        serve.main([])
