"""Django's admin with our site as the default one."""

from django.apps import apps
from django.contrib.admin.apps import AdminConfig

_ROOMS = {"accounts": "Corredoras y personas", "loading": "Cargas", "portfolio": "Cartera"}


class ManagementConfig(AdminConfig):
    default_site = "corredores.backoffice.site.Management"

    def ready(self) -> None:
        super().ready()
        for room, name in _ROOMS.items():
            apps.get_app_config(room).verbose_name = name
