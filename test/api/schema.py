#!/usr/bin/env python3
"""Checks the descriptions in gen/api against their schema.

Usage: schema.py FOLDER

FOLDER holds schema.json and the descriptions. Ends with exit code 1, and says where and why, if one is not as
the schema says.
"""

import copy
import json
import pathlib
import sys

import jsonschema


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def complaints(schema, description):
    errors = jsonschema.Draft7Validator(schema).iter_errors(description)
    return ["/".join(map(str, error.absolute_path)) + ": " + error.message[:200] for error in errors]


def broken(description):
    """Copies of a description, each with a mistake of its own."""

    def with_change(change):
        changed = copy.deepcopy(description)
        change(changed)
        return changed

    operation = lambda of: of["operations"][0]
    field = lambda of: next(type["fields"][0] for type in of["types"] if type["fields"])
    yield "a member misspelt", with_change(lambda of: operation(of).update(idempotnet=True))
    yield "a member missing", with_change(lambda of: operation(of).pop("auth"))
    yield "unknown credentials", with_change(lambda of: operation(of).update(auth="cookie"))
    yield "no documentation", with_change(lambda of: operation(of).update(doc=""))
    yield "no route", with_change(lambda of: operation(of).update(routes=[]))
    yield "a path without slash", with_change(lambda of: operation(of)["routes"][0].update(path="v2/x"))
    yield "number 0", with_change(lambda of: field(of).update(number=0))
    yield "an unknown shape", with_change(lambda of: field(of).update(shape="set"))
    yield "a unit of nothing", with_change(
        lambda of: (field(of).update(unit="bytes"), field(of).pop("min", 0), field(of).pop("max", 0)))


def main():
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if len(sys.argv) == 2 else 2
    folder = pathlib.Path(sys.argv[1])
    schema = load(folder / "schema.json")
    jsonschema.Draft7Validator.check_schema(schema)

    failed = False
    descriptions = sorted(path for path in folder.glob("*.json") if path.name != "schema.json")
    for path in descriptions:
        for complaint in complaints(schema, load(path)):
            print(f"{path.name}: {complaint}")
            failed = True
    for mistake, description in broken(load(folder / "nakama.json")):
        if not complaints(schema, description):
            print(f"the schema allows {mistake}")
            failed = True
    if not failed:
        print(f"{len(descriptions)} descriptions are as the schema says")
    return 1 if failed or not descriptions else 0


sys.exit(main())
