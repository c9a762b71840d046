"""How does somebody set their language, time zone, theme and shortcuts?"""

from flask import Blueprint, abort, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, refresh

from peerapp import cookies
from peerapp.access import public, viewer, viewer_or_none
from peerapp.actions import settings
from peerapp.cities import choices
from peerapp.forms.settings import LanguageForm, SettingsForm, ThemeForm
from peerapp.models.people import Theme
from peerapp.rules.next_url import safe_next
from peerapp.web import page

bp = Blueprint("settings", __name__)


@bp.get("/settings")
def show() -> ResponseReturnValue:
    me = viewer()
    return _page(
        {
            "language": me.language,
            "time_zone": me.time_zone,
            "theme": me.theme.value,
            "shortcuts": me.shortcuts_off_since is None,
        }
    )


@bp.post("/settings")
def save() -> ResponseReturnValue:
    form = SettingsForm()
    if not form.validate():
        return _page(form.data, form.errors, 422)
    settings.save(
        viewer(),
        language=form.language.data or "",
        time_zone=form.time_zone.data or "",
        theme=Theme(form.theme.data or ""),
        shortcuts=form.shortcuts.data,
    )
    refresh()
    flash(_("Your settings are saved."), "done")
    return redirect(url_for("settings.show"), 303)


@bp.post("/settings/theme")
@public
def theme() -> ResponseReturnValue:
    form = ThemeForm()
    if not form.validate():
        abort(400)
    response = make_response(redirect(safe_next(form.next.data, request.host) or url_for("home.show"), 303))
    person = viewer_or_none()
    if person is not None:
        settings.set_theme(person, Theme(form.theme.data or ""))
    else:
        cookies.give(response, "theme", form.theme.data or "")
    return response


@bp.post("/settings/language")
@public
def language() -> ResponseReturnValue:
    form = LanguageForm()
    if not form.validate():
        abort(400)
    response = make_response(redirect(safe_next(form.next.data, request.host) or url_for("home.show"), 303))
    person = viewer_or_none()
    if person is not None:
        settings.set_language(person, form.language.data or "")
    cookies.give(response, "language", form.language.data or "")
    return response


def _page(values: dict[str, object], errors: object = None, status: int = 200) -> ResponseReturnValue:
    return page(
        "settings/show.html", status=status, values=values, errors=errors or {}, zones=choices(viewer().time_zone)
    )
