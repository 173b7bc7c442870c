"""Renders with oTree's own engine: JSON lines as render_template.cpp reads them, answered alike. Runs in
oTree's environment, in a folder that has a settings.py."""

import json
import os
import pathlib
import sys

import otree.settings  # noqa: F401  what the rest is built on
from otree.currency import Currency
from otree.templating import ibis_loader
from otree.templating.template import Template

MODELS = {"player", "group", "subsession", "participant", "session"}


class Model:
    """As oTree's database objects: reading a null is an error."""

    def __init__(self, values):
        self.__dict__.update(values)

    def __getattribute__(self, name):
        value = super().__getattribute__(name)
        if value is None:
            raise TypeError(f"{name} is None")
        return value

    def field_maybe_none(self, name):
        return self.__dict__[name]


def value_of(value):
    if isinstance(value, list):
        return [value_of(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$money" in value:
        return Currency(value["$money"])
    return {key: value_of(item) for key, item in value.items()}


def context_of(values):
    return {key: Model(value_of(value)) if key in MODELS and isinstance(value, dict) else value_of(value)
            for key, value in values.items()}


def render(asked):
    ibis_loader.cache.clear()
    for name, text in {"app/Page.html": asked["template"], **asked["files"]}.items():
        path = pathlib.Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    try:
        return {"output": Template(asked["template"], "app/Page.html").render(context_of(asked["context"]))}
    except Exception as error:  # whatever goes wrong is an error of the template
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        for name in asked["files"]:
            os.remove(name)


for line in sys.stdin:
    print(json.dumps(render(json.loads(line))), flush=True)
