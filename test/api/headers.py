#!/usr/bin/env python3
"""Finds every name, number and route of the servers' definitions in the public headers.

Usage: headers.py INCLUDE FACTS.json...

INCLUDE is the folder of the public headers; FACTS are the bare definitions of test/data/spec. Ends with one
line of counts, and with exit code 1 if something was not found.
"""

import copy
import json
import pathlib
import re
import sys

RESERVED = {"default", "delete", "friend", "new", "operator", "register", "this"}


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.split(".")[-1]).lower()


def identifier(name):
    return name + "_" if name in RESERVED else name


class Headers:
    """What the headers of one API declare: structs and enums with their numbers, functions with their texts."""

    def __init__(self, folder):
        self.structs = {}  # name: {member: number, or "1.2" for one of a flattened message}
        self.stands_for = {}  # name: the server's, where the documentation gives it
        self.enums = {}  # name: {value: number}
        self.functions = {}  # name: documentation of all that have it
        for path in sorted(folder.rglob("*.hpp")):
            self.read(path.read_text(encoding="utf-8"))

    def read(self, text):
        inside, comment = None, []
        for line in text.splitlines():
            line = line.strip()
            if line.startswith("///"):
                comment.append(line[3:].strip())
                continue
            documentation = " ".join(comment)
            if begun := re.match(r"(struct|enum class) (\w+)[^;]*\{$", line):
                inside = {}
                (self.structs if begun[1] == "struct" else self.enums)[begun[2]] = inside
                self.note_name(begun[2], documentation)
            elif line.startswith("};"):
                inside = None
            elif member := inside is not None and re.match(
                    r"(?:[\w:<>, ]+ )?(\w+)(?: = (-?\w+),|\{\};| = .*;)\s*(?:///< (.*))?$", line):
                number = re.match(r"\[([\d.]+)\]", documentation or member[3] or "")
                inside[member[1]] = member[2] or (number[1] if number else "")
            elif inside is None and (function := re.search(r"(?:awaitable<.*>|listener) (\w+)\(", line)):
                self.functions[function[1]] = self.functions.get(function[1], "") + documentation + " "
                self.note_name(function[1], documentation)
            if not line.startswith("template"):
                comment = []

    def note_name(self, own, documentation):
        if named := re.search(r"The server's `([\w.]+)`\.", documentation):
            self.stands_for[own] = named[1]


class Search:
    def __init__(self, headers, facts):
        self.headers, self.facts = headers, facts
        self.types = {type["name"]: type for type in facts["types"]}
        self.missing = []
        self.counts = dict.fromkeys(("operations", "routes", "types", "fields", "values"), 0)
        self.requests = {}  # type: operations
        for operation in facts["operations"]:
            self.requests.setdefault(operation["request"].split(".", 1)[-1], []).append(snake(operation["name"]))
        self.flattened = set()

    def candidates(self, name, among):
        last = snake(name)
        names = [identifier(last), last + "_request", identifier(last) + "_"]
        names += [operation + "_request" for operation in self.requests.get(name, [])]
        names += [own for own, server in self.headers.stands_for.items() if server == name]
        return [among[each] for each in names if each in among]

    def has(self, structs, field, prefix=""):
        wanted = prefix + str(field["number"]) if "number" in field else ""
        return any(struct.get(identifier(field["name"]), None) == wanted for struct in structs)

    def flattens(self, name, structs, field):
        called = field.get("type", "").removeprefix("api.")
        inner = self.types.get(called) or self.types.get(name + "." + called)
        if not inner or field.get("repeated"):
            return False
        if not all(self.has(structs, each, f"{field['number']}.") for each in inner["fields"]):
            return False
        self.flattened.add(inner["name"])
        return True

    def in_text(self, name, field):
        wanted = f"`{field['name']}`" + (f" [{field['number']}]" if "number" in field else "")
        return any(wanted in self.headers.functions.get(each, "") for each in self.requests.get(name, []))

    def run(self):
        for operation in self.facts["operations"]:
            self.counts["operations"] += 1
            renamed = [own for own, server in self.headers.stands_for.items() if server == operation["name"]]
            texts = [self.headers.functions.get(each) for each in renamed or [snake(operation["name"])]]
            text = " ".join(each for each in texts if each)
            if not text:
                self.missing.append(f"operation {operation['name']}")
            for route in operation["http"]:
                self.counts["routes"] += 1
                if f"`{route['method']} {route['path']}`" not in text:
                    self.missing.append(f"{operation['name']}: route {route['method']} {route['path']}")
        for type in self.facts["types"]:
            self.find_type(type)
        for enum in self.facts["enums"]:
            found = self.candidates(enum["name"], self.headers.enums)
            for value, number in enum["values"]:
                self.counts["values"] += 1
                # An error code of 0 would read as success.
                if value == "RUNTIME_EXCEPTION":
                    number = 1000
                if not any(each.get(identifier(value.lower())) == str(number) for each in found):
                    self.missing.append(f"{enum['name']}: value {value} = {number}")
        homeless = [name for name in self.without_struct if name not in self.flattened]
        self.missing += [f"type {name}" for name in homeless]
        return self

    without_struct = ()

    def find_type(self, type):
        self.counts["types"] += 1
        if type["name"] == "Envelope":
            self.find_envelope(type)
            return
        structs = self.candidates(type["name"], self.headers.structs)
        # Requests whose fields all come from the session, and messages without fields, need no struct.
        if not structs and not all(self.in_text(type["name"], field) for field in type["fields"]):
            self.without_struct = (*self.without_struct, type["name"])
            self.counts["fields"] += len(type["fields"])
            return
        for field in type["fields"]:
            self.counts["fields"] += 1
            if not (self.has(structs, field) or self.flattens(type["name"], structs, field) or self.in_text(type["name"], field)):
                self.missing.append(f"{type['name']}: field {field['name']}" +
                                    (f" = {field['number']}" if "number" in field else ""))

    def find_envelope(self, type):
        texts = self.headers.functions
        everything = " ".join(texts.values())
        for field in type["fields"]:
            self.counts["fields"] += 1
            name, number = field["name"], f"[{field['number']}]"
            begins = any(f"{number} " in texts.get(each, "") for each in (name, "on_" + name))
            if not (begins or f"`{name}` {number}" in everything or name == "cid"):
                self.missing.append(f"message {name} = {field['number']}")


def search(include, facts):
    api = facts["package"].split(".")[0]
    return Search(Headers(include / api), facts).run()


def altered(facts):
    """Copies of the facts, each with one thing that no header has."""
    for section, change in (
            ("operations", lambda of: of[0].update(name="Surprise")),
            ("operations", lambda of: of[0]["http"][0].update(path="/v2/surprise")),
            ("types", lambda of: of[-1]["fields"][-1].update(name="surprise")),
            ("types", lambda of: of[-1]["fields"][-1].update(number=99)),
            ("types", lambda of: of.append({"name": "Surprise", "fields": [{"name": "a", "number": 1}]})),
            ("enums", lambda of: of[0]["values"][0].__setitem__(1, 99))):
        if facts[section]:
            changed = copy.deepcopy(facts)
            change(changed[section])
            yield changed


def main():
    if len(sys.argv) < 3 or sys.argv[1] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if sys.argv[1:2] in (["-h"], ["--help"]) else 2
    include = pathlib.Path(sys.argv[1])
    missing, counts = [], {}
    for path in sys.argv[2:]:
        facts = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        result = search(include, facts)
        missing += [f"{pathlib.Path(path).name}: {each}" for each in result.missing]
        for what, count in result.counts.items():
            counts[what] = counts.get(what, 0) + count
        for changed in altered(facts):
            if len(search(include, changed).missing) <= len(result.missing):
                missing.append(f"{pathlib.Path(path).name}: an alteration was not noticed")
    print(*missing, sep="\n", end="\n" if missing else "")
    print(", ".join(f"{count} {what}" for what, count in counts.items()) + f": {len(missing)} not found")
    return 1 if missing else 0


sys.exit(main())
