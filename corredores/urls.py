"""Every address of the portal, on one screen."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as key_views
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path, re_path

from .api.v1 import api
from .web import (
    account,
    audit,
    documents,
    health,
    home,
    installments,
    invitations,
    lists,
    management,
    people,
    reports,
    reset,
    sign_in,
    tokens,
    uploads,
)

LISTS = {"cuotas": "installments", "liquidaciones": "settlements", "comprobantes": "vouchers"}
LINES = "(?P<line>generales|vida|salud)"


def addresses_of(slug: str, name: str) -> list[URLPattern]:
    """A list: its page, its filters as a page, and the same search with other endings."""
    page, chosen = f"estados-de-cuenta/{slug}", {"slug": slug}
    return [
        path(f"{page}/", lists.list_page, chosen, name=name),
        path(f"{page}/filtros/", lists.filters_page, chosen, name=f"{name}_filters"),
        re_path(
            rf"^{page}\.(?P<ending>xlsx|pdf|csv|json)$", lists.list_file, chosen,
            name=f"{name}_file",
        ),
    ]  # fmt: skip


# One's own account: our pages around allauth's views, under its names.
ACCOUNT = [
    path("cuenta/", account.account, name="account"),
    path("cuenta/sesiones/cerrar/", account.end_session, name="end_session"),
    path(
        "cuenta/clave/",
        login_required(account_views.password_change),
        name="account_change_password",
    ),
    path("cuenta/confirmar/", account_views.reauthenticate, name="account_reauthenticate"),
    path("cuenta/confirmar/codigo/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path(
        "cuenta/confirmar/llave/",
        key_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("cuenta/segundo-factor/", factor_views.index, name="mfa_index"),
    path("cuenta/segundo-factor/aplicacion/", app_views.activate_totp, name="mfa_activate_totp"),
    path(
        "cuenta/segundo-factor/aplicacion/quitar/",
        app_views.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path(
        "cuenta/segundo-factor/recuperacion/",
        code_views.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "cuenta/segundo-factor/recuperacion/generar/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("cuenta/segundo-factor/llaves/", key_views.list_webauthn, name="mfa_list_webauthn"),
    path("cuenta/segundo-factor/llaves/agregar/", key_views.add_webauthn, name="mfa_add_webauthn"),
    path(
        "cuenta/segundo-factor/llaves/<int:pk>/nombre/",
        key_views.edit_webauthn,
        name="mfa_edit_webauthn",
    ),
    path(
        "cuenta/segundo-factor/llaves/<int:pk>/quitar/",
        key_views.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("estados-de-cuenta/cuotas/<int:pk>/", installments.installment_page, name="installment"),
    *(address for slug, name in LISTS.items() for address in addresses_of(slug, name)),
    path("ingresar/", sign_in.SignIn.as_view(), name="account_login"),
    path("ingresar/codigo/", factor_views.authenticate, name="mfa_authenticate"),
    path("ingresar/llave/", key_views.login_webauthn, name="mfa_login_webauthn"),
    path("salir/", sign_in.sign_out, name="account_logout"),
    path("invitacion/<str:token>/", invitations.follow, name="invitation_link"),
    path("invitacion/", invitations.accept, name="invitation"),
    path("clave/olvidada/", reset.ask, name="account_reset_password"),
    re_path(
        r"^clave/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("clave/lista/", reset.done, name="account_reset_password_from_key_done"),
    *ACCOUNT,
    path("sesion/", account.session_left, name="session_left"),
    path("sesion/seguir/", account.stay, name="session_stay"),
    path("corredora/", home.choose_brokerage, name="choose_brokerage"),
    path("corredora/cambiar/", home.switch_brokerage, name="switch_brokerage"),
    *(
        path(
            f"comprobantes/<int:pk>{ending}",
            documents.voucher_file,
            {"sort": sort},
            name=f"voucher_{sort}",
        )
        for sort, ending in (("pdf", ".pdf"), ("xml", ".xml"), ("cdr", "-cdr.xml"))
    ),
    path("liquidaciones/<str:number>.pdf", documents.settlement_pdf, name="settlement_pdf"),
    path("reportes/", reports.reports, name="reports"),
    re_path(rf"^reportes/{LINES}/$", reports.reports, name="reports_of_line"),
    re_path(rf"^reportes/{LINES}/(?P<slug>[a-z0-9-]+)/$", reports.reports, name="report"),
    re_path(
        rf"^reportes/{LINES}/(?P<slug>[a-z0-9-]+)\.(?P<ending>xlsx|pdf|csv)$",
        reports.report_file,
        name="report_file",
    ),
    path("ayuda/", home.guide, name="help"),
    path("gestion/", management.management, name="management"),
    path("gestion/personas/", people.people, name="people"),
    path("gestion/personas/invitar/", people.invite_person, name="invite_person"),
    path("gestion/personas/<int:pk>/", people.place, name="place"),
    path("gestion/personas/<int:pk>/retirar/", people.remove_person, name="remove_person"),
    path(
        "gestion/invitaciones/<int:pk>/retirar/",
        people.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("gestion/auditoria/", audit.audit, name="audit"),
    re_path(
        r"^gestion/auditoria\.(?P<ending>xlsx|pdf|csv|json)$", audit.audit_file, name="audit_file"
    ),
    path("gestion/cargas/", uploads.uploads, name="uploads"),
    path("gestion/cargas/<int:pk>/", uploads.upload, name="upload"),
    path("gestion/cargas/recibos/<int:pk>/", uploads.receipt, name="receipt"),
    path(
        "gestion/cargas/recibos/<int:pk>/rechazos.csv", uploads.rejected_rows, name="rejected_rows"
    ),
    path("gestion/claves/", tokens.tokens, name="tokens"),
    path("gestion/claves/crear/", tokens.make_token, name="make_token"),
    path("gestion/claves/<int:pk>/revocar/", tokens.revoke_token, name="revoke_token"),
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "corredores.web.errors.bad_request"
handler403 = "corredores.web.errors.forbidden"
handler404 = "corredores.web.errors.not_found"
handler500 = "corredores.web.errors.failed"
