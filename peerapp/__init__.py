"""Peer mentoring for the company intranet: two colleagues, a shared goals board and a session journal."""

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from peerapp import (
    access,
    assets,
    config,
    counting,
    db,
    errors,
    first_run,
    header,
    languages,
    live,
    markdown,
    one_process,
    passwords,
    requests,
    routes,
    seats,
    times,
    ui,
    web,
)

__all__ = ["create_app"]


def create_app(settings: config.Config | None = None) -> Flask:
    """The application for these settings; without any, for the instance folder named by PEERAPP_INSTANCE."""
    settings = settings or config.load(config.instance_folder())
    if not settings.testing:
        one_process.hold(settings)
    app = requests.PeerApp(__name__, instance_path=str(settings.instance), static_folder=None)
    app.config.from_mapping(
        PEERAPP=settings,
        TESTING=settings.testing,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=db.engine_options(settings.database_url, settings.threads),
        SESSION_COOKIE_NAME="__Host-peerapp" if settings.https else "peerapp",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        TRUSTED_HOSTS=settings.hosts,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # Sec-Fetch-Site says more than a referrer
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        BABEL_DEFAULT_LOCALE=settings.language,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in (db, passwords, requests, languages, times, markdown, assets, web, header):
        part.init_app(app)
    CSRFProtect(app)
    for part in (first_run, access, ui, routes, live, errors):
        part.init_app(app)
    app.wsgi_app = seats.Seats(app.wsgi_app, settings.threads)  # type: ignore[method-assign]  # Flask's documented way
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)  # type: ignore[method-assign]  # Flask's documented way
    counting.init_app(app)
    return app
