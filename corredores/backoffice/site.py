"""The admin site: one sign-in for the whole portal, a second factor where one is asked for."""

from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from corredores.accounts.models import User
from corredores.accounts.second_factor import missing
from corredores.accounts.viewer import NOBODY, staff_role_of

from .trail import written


class Management(AdminSite):
    """Who works at the insurer enters; what is seen there, each page's role says."""

    site_header = "Administración de Somos Corredores"
    site_title = "Administración"
    index_title = "Corredoras, personas y datos"

    def has_permission(self, request: HttpRequest) -> bool:
        user = person(request)
        if user is None or not staff_role_of(user):
            return False
        return not missing(request.session, user, NOBODY)

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """The portal's own door: no brake and no second step is missing at another one."""
        user = person(request)
        if user is not None:
            return redirect("mfa_index" if staff_role_of(user) else "home")
        back = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
        return redirect(f"{reverse('account_login')}?{back}")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: object = None
    ) -> HttpResponse:
        written(request, "SALIDA", "")
        logout(request)
        return redirect("account_login")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: object = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def person(request: HttpRequest) -> User | None:
    """The signed-in person, or None."""
    user = request.user
    return user if isinstance(user, User) else None
