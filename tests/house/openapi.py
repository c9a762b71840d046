"""What does the house take? An OpenAPI description made from the url map, from the forms that views name, and from what
they read of a request.

`python -m tests.house.openapi` prints it.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType
from typing import Any

from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.routing import Rule
from wtforms import Field, fields
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange

from peerapp.version import VERSION

READ = re.compile(r"request\.(form|args|values|files)(?:\.get|\.getlist)?[(\[]\"(\w+)\"")
TYPES: dict[type[Field], dict[str, Any]] = {
    fields.IntegerField: {"type": "integer"},
    fields.DateField: {"type": "string", "format": "date"},
    fields.TimeField: {"type": "string", "format": "time"},
    fields.BooleanField: {"type": "string", "enum": ["1", ""]},
    fields.FileField: {"type": "string", "format": "binary"},
    fields.SelectMultipleField: {"type": "array", "items": {"type": "string"}},
}
EXAMPLES: dict[str, Any] = {
    "version": 1, "seen": "1", "code": "AAAA-AAAA-AAAA-AAAA", "email": "ana.rivera@example.com", "next": "/help",
    "password": "correct horse battery staple", "old": "correct horse battery staple", "time_zone": "Europe/Berlin",
    "language": "en", "column": "next", "owner": "me", "areas": ["time"], "due_on": "2026-12-01", "day": "2026-12-01",
    "at": "14:30", "minutes": 60, "done": "1", "by": "up", "after": "", "goal": "", "session": "", "then": "plan",
    "person": "00000000-0000-4000-8000-000000000000", "change": "", "to": "goal", "kept": "", "room": 2, "once": "",
    "purpose": "myself", "minimum": 5, "need": "coach",
}  # fmt: skip


def description(app: Flask) -> dict[str, Any]:
    """The whole of it, in OpenAPI 3.1."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        operations = paths.setdefault(_path(rule), {})
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            operations[method.lower()] = _operation(app, rule, method)
    return {"openapi": "3.1.0", "info": {"title": "peerapp", "version": VERSION}, "paths": paths}


def fields_of(app: Flask, endpoint: str) -> dict[str, dict[str, Any]]:
    """What a POST of this endpoint takes, by name, each as a schema."""
    return _fields(app.view_functions[endpoint])


def filled_in(app: Flask, endpoint: str) -> dict[str, Any]:
    """A form of this endpoint with something fitting in every field."""
    return {name: example(name, schema) for name, schema in fields_of(app, endpoint).items()}


def example(name: str, schema: dict[str, Any]) -> Any:
    if name in EXAMPLES:
        return EXAMPLES[name]
    if "enum" in schema:
        return next(iter(schema["enum"]))
    if schema.get("format") in {"date", "time"}:
        return {"date": "2026-12-01", "time": "14:30"}[schema["format"]]
    return {"array": [], "integer": 1}.get(schema["type"], "Some words")


@cache
def _fields(view: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for function in _reached_from(inspect.unwrap(view)):
        for name in function.__code__.co_names:
            value = function.__globals__.get(name)
            if isinstance(value, type) and issubclass(value, FlaskForm):
                found |= _form(value)
        for where, name in READ.findall(inspect.getsource(function)):
            if where != "args":
                found.setdefault(name, {"type": "string"})
    return found


def _reached_from(view: FunctionType, seen: frozenset[FunctionType] = frozenset()) -> Iterator[FunctionType]:
    """The view and the functions of its own module that it calls."""
    yield view
    for name in view.__code__.co_names:
        called = view.__globals__.get(name)
        is_ours = isinstance(called, FunctionType) and called.__module__ == view.__module__
        if is_ours and called not in seen and called is not view:
            yield from _reached_from(called, seen | {view})


@cache
def _form(form: type[FlaskForm]) -> dict[str, dict[str, Any]]:
    return {field.name: _schema(field) for field in form(formdata=None)}


def _schema(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for kind, known in TYPES.items():
        if isinstance(field, kind):
            schema = dict(known)
    choices = getattr(field, "choices", None)
    if choices:
        values = [str(choice[0] if isinstance(choice, tuple) else choice) for choice in choices]
        schema = schema | ({"items": {"type": "string", "enum": values}} if "items" in schema else {"enum": values})
    for validator in field.validators:
        if isinstance(validator, Length) and validator.max >= 0:
            schema["maxLength"] = validator.max
        if isinstance(validator, NumberRange) and schema["type"] == "integer":
            schema |= {"minimum": validator.min or 0} | ({"maximum": validator.max} if validator.max else {})
        if isinstance(validator, AnyOf):
            schema["enum"] = [str(value) for value in validator.values]
        if isinstance(validator, InputRequired):
            schema["x-required"] = True
    return schema


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def _operation(app: Flask, rule: Rule, method: str) -> dict[str, Any]:
    inside = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"} | ({"format": "uuid"} if kind else {}),
        }
        for kind, name in re.findall(r"<(uuid:)?(?:path:)?(\w+)>", rule.rule)
    ]
    asked = [
        {"name": name, "in": "query", "schema": {"type": "string"}} for name in sorted(asked_of(app, rule.endpoint))
    ]
    operation: dict[str, Any] = {"operationId": f"{method} {rule.endpoint} {rule.rule}", "parameters": inside + asked}
    if method == "POST":
        schema = {"type": "object", "properties": fields_of(app, rule.endpoint)}
        operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
    return operation | {"responses": {"default": {"description": "A page, or a redirect to one."}}}


def asked_of(app: Flask, endpoint: str) -> set[str]:
    """What a view reads from the query."""
    view = inspect.unwrap(app.view_functions[endpoint])
    sources = (inspect.getsource(function) for function in _reached_from(view))
    return {name for source in sources for where, name in READ.findall(source) if where in {"args", "values"}}
