"""The plain page: what a careful beginner would write with the same libraries. Everything else is a ratio to it.

Bare Flask, one row by Flask-SQLAlchemy, the signed-in user by Flask-Login, a Jinja page of 30 rows and a WTForms
form with its CSRF token. The reference of the live check is a bare route of the same app (`/bare`), which reads one
indexed row by sqlite3 as text; beside it stands what the same row costs by Flask-SQLAlchemy alone (`make_bare_orm`).
"""

import sqlite3
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask_login import LoginManager, UserMixin, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import SelectField, StringField, TextAreaField

ROWS = 30
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="{{ url_for('static', filename='app.css') }}"></head><body><header><a href="/">Home</a></header>
<main><h1>{{ title }}</h1><table>{% for row in rows %}<tr class="{{ loop.cycle('odd', 'even') }}"><td>{{ row.id }}</td>
<td><a href="{{ url_for('page') }}?row={{ row.id }}">{{ row.title }}</a></td><td>{{ row.owner }}</td><td>{{ row.due }}</td></tr>
{% endfor %}</table><form method="post">{{ form.hidden_tag() }}{% for field in form if field.name != 'csrf_token' %}
<p>{{ field.label }} {{ field(class='input') }}{% for error in field.errors %}<em>{{ error }}</em>{% endfor %}</p>{% endfor %}
<button>Save</button></form></main></body></html>"""


class Base(DeclarativeBase):
    pass


def make(folder: Path) -> Flask:
    """The plain application with one user and one row."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": PAGE})  # compiled once, as a file would be
    file = folder / "plain.sqlite"
    app.config.update(SECRET_KEY="plain", SQLALCHEMY_DATABASE_URI=f"sqlite:///{file}")
    db = SQLAlchemy(model_class=Base)

    class User(UserMixin, db.Model):  # type: ignore[name-defined,misc]  # Flask-SQLAlchemy's own way
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    class Item(db.Model):  # type: ignore[name-defined,misc]  # Flask-SQLAlchemy's own way
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    class Form(FlaskForm):
        title = StringField("Title")
        owner = SelectField("Owner", choices=[("me", "Me"), ("you", "You"), ("both", "Both")])
        why = TextAreaField("Why")

    db.init_app(app)
    CSRFProtect(app)
    manager = LoginManager(app)
    manager.user_loader(lambda key: db.session.get(User, int(key)))
    rows = [{"id": n, "title": f"Goal number {n}", "owner": "Ana", "due": "4 Dec"} for n in range(ROWS)]

    @app.get("/")
    @login_required
    def page() -> str:
        item = db.session.execute(db.select(Item).where(Item.id == 1)).scalar_one()
        return render_template("page.html", title=item.title, rows=rows, form=Form())

    connection = sqlite3.connect(file, check_same_thread=False)

    @app.get("/bare")
    def bare() -> str:
        return str(connection.execute("SELECT id FROM item WHERE id = 1").fetchone()[0])

    with app.app_context():
        db.create_all()
        db.session.add_all([User(id=1, name="Ana"), Item(id=1, title="A plain page")])
        db.session.commit()
    return app


def make_bare_orm(folder: Path) -> Flask:
    """A route of an app that has only Flask-SQLAlchemy, as its manual shows it."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'bare-orm.sqlite'}"
    db = SQLAlchemy(app, model_class=_bare_base())

    class Item(db.Model):  # type: ignore[name-defined,misc]  # Flask-SQLAlchemy's own way
        id: Mapped[int] = mapped_column(primary_key=True)
        version: Mapped[int]

    @app.get("/<int:item>")
    def version(item: int) -> str:
        return str(db.session.execute(db.select(Item).where(Item.id == item)).scalar_one().version)

    with app.app_context():
        db.create_all()
        db.session.add(Item(id=1, version=7))
        db.session.commit()
    return app


def _bare_base() -> type[DeclarativeBase]:
    """A base of its own: two applications of one process share no tables."""

    class Bare(DeclarativeBase):
        pass

    return Bare


def signed_in(app: Flask) -> Any:
    """A client with the user in its session."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1"
        session["_fresh"] = True
    return client
