"""Every address of the portal, on one screen."""

from allauth.account.views import LoginView
from django.contrib import admin
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from .web import documents, home, installments, lists, reports, sign_in

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


urlpatterns = [
    path("", home.home, name="home"),
    path("ingresar/", LoginView.as_view(), name="account_login"),
    path("salir/", sign_in.sign_out, name="account_logout"),
    path("corredora/", home.choose_brokerage, name="choose_brokerage"),
    path("corredora/cambiar/", home.switch_brokerage, name="switch_brokerage"),
    path("estados-de-cuenta/cuotas/<int:pk>/", installments.installment_page, name="installment"),
    *(address for slug, name in LISTS.items() for address in addresses_of(slug, name)),
    path("comprobantes/<int:pk>.pdf", documents.voucher_pdf, name="voucher_pdf"),
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
    path("gestion/", RedirectView.as_view(pattern_name="admin:index"), name="management"),
    path("admin/", admin.site.urls),
]

handler400 = "corredores.web.errors.bad_request"
handler403 = "corredores.web.errors.forbidden"
handler404 = "corredores.web.errors.not_found"
handler500 = "corredores.web.errors.failed"
