"""Every blueprint, one a noun."""

from flask import Flask

from peerapp.routes import (
    agenda,
    decisions,
    emails,
    first,
    forgotten,
    health,
    help_pages,
    home,
    import_files,
    imports,
    journal,
    link,
    notes,
    open_actions,
    people_admin,
    plans,
    private_notes,
    programme,
    roles,
    sessions,
    settings,
    sign_ins,
    signin,
    system,
)

BLUEPRINTS = (
    agenda.bp,
    decisions.bp,
    emails.bp,
    first.bp,
    forgotten.bp,
    health.bp,
    help_pages.bp,
    home.bp,
    import_files.bp,
    imports.bp,
    journal.bp,
    link.bp,
    notes.bp,
    open_actions.bp,
    people_admin.bp,
    plans.bp,
    private_notes.bp,
    programme.bp,
    roles.bp,
    sessions.bp,
    settings.bp,
    sign_ins.bp,
    signin.bp,
    system.bp,
)


def init_app(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
