"""Answers each case of cases.py with oTree's own form classes; run by oTree's Python, in a folder with settings.py.

Prints a JSON list: {"accepted": …, "value": …}, or {"crashed": …} where oTree throws.
"""

import json
import os
import sys
import types
from decimal import Decimal

sys.path.insert(0, os.getcwd())

import sqlalchemy.orm
from starlette.datastructures import FormData

from otree import database
from otree.decimal import DecimalUnit
from otree.forms import widgets
from otree.forms.forms import get_form


class Post(FormData):
    """As wtforms wants it, and as starlette gives it."""

    def getlist(self, key):
        return [value for name, value in self.multi_items() if name == key]


def unit_of(places):
    return type("Unit", (DecimalUnit,), {"storage_places": places, "input_places": places, "output_min_places": 0,
                                         "output_max_places": places})


def declared(case):
    options = dict(case["options"])
    if "widget" in options:
        options["widget"] = getattr(widgets, options["widget"])
    if case["type"] == "Decimal":
        options["unit"] = unit_of(options.pop("places"))
    return getattr(database, case["type"] + "Field")(**options)


def plain(value):
    return str(Decimal(value)) if isinstance(value, Decimal) else value


def answer(number, case, Asked):
    name = f"f{number}"
    player = Asked()
    player._is_frozen = False
    if case["now"] is not None:
        setattr(player, name, case["now"])
    form = get_form(player, [name], types.SimpleNamespace(), Post([(name, raw) for raw in case["raw"] or []]))
    try:
        accepted = form.validate()
        form.populate_obj(player)
    except Exception as error:
        return {"crashed": repr(error)}
    player._is_frozen = False
    return {"accepted": accepted, "value": plain(getattr(player, name)) if accepted else None}


def safe_answer(number, case, Asked):
    try:
        return answer(number, case, Asked)
    except Exception as error:
        return {"crashed": repr(error)}


def main():
    cases = json.load(sys.stdin)
    fields = {f"f{number}": declared(case) for number, case in enumerate(cases)}
    fields["get_folder_name"] = classmethod(lambda cls: "asked")
    fields["get_user_defined_target"] = classmethod(lambda cls: types.SimpleNamespace())
    Asked = type("Asked", (database.SPGModel,), fields)
    sqlalchemy.orm.configure_mappers()
    print(json.dumps([safe_answer(number, case, Asked) for number, case in enumerate(cases)]))


main()
