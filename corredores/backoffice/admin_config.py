"""Django's admin with our site as the default one."""

from django.contrib.admin.apps import AdminConfig


class ManagementConfig(AdminConfig):
    default_site = "corredores.backoffice.site.Management"
