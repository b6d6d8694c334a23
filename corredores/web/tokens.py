"""/gestion/claves/: tokens for the insurer's programs; a new one is shown once."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from corredores.accounts.models import StaffRole
from corredores.accounts.viewer import staff_role_of
from corredores.tokens.actions import MOST_DAYS, issue, revoke
from corredores.tokens.models import Scope, Token

from .lists import frame
from .person import Person, entered
from .trail import actor


class TokenForm(forms.Form):
    """What a new token is for, what it may do, and for how long."""

    name = forms.CharField(label="Para qué", max_length=80, help_text="Como «Carga nocturna».")
    scopes = forms.MultipleChoiceField(
        label="Permisos",
        choices=Scope.choices,
        initial=Scope.values,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label="Días que vale", min_value=1, max_value=MOST_DAYS, initial=180,
        help_text=f"Hasta {MOST_DAYS}.",
    )  # fmt: skip


def may_make_tokens(person: Person) -> bool:
    return staff_role_of(person.user) == StaffRole.ADMINISTRATOR


@require_safe
@entered
def tokens(request: HttpRequest, person: Person) -> HttpResponse:
    """The tokens there are, and the form for another. Who may not finds nothing."""
    _administrator_or_404(person)
    return _page(request, person, TokenForm())


@require_POST
@entered
def make_token(request: HttpRequest, person: Person) -> HttpResponse:
    """A new token: its secret stands on this answer and nowhere else."""
    _administrator_or_404(person)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form, status=422)
    issued = issue(actor(request, person.user), **form.cleaned_data)
    return _page(request, person, TokenForm(), secret=issued.secret)


@require_POST
@entered
def revoke_token(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """End a token now."""
    _administrator_or_404(person)
    try:
        revoked = revoke(actor(request, person.user), pk)
    except Token.DoesNotExist:
        raise Http404 from None
    request.session["said"] = f"La clave «{revoked.name}» ya no sirve."
    return redirect("tokens")


def _page(
    request: HttpRequest, person: Person, form: TokenForm, *, secret: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **frame(person, "management"),
        "form": form,
        "secret": secret,
        "said": request.session.pop("said", ""),
        "tokens": [(it, [Scope(scope).label for scope in it.scopes]) for it in Token.objects.all()],
    }
    return render(request, "tokens/page.html", context, status=status)


def _administrator_or_404(person: Person) -> None:
    if not may_make_tokens(person):
        raise Http404
