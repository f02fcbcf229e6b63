"""What a profile may hold, and the contract that it must keep."""

from __future__ import annotations

import json
from typing import Any

from plfkit.profiles import manifest_schema
from plfkit.testing import CHECKS, Check


def list_keys() -> str:
    """List every key of profile.toml from the schema that editors use."""
    schema = manifest_schema()
    lines = [
        "# Profiles",
        "",
        "What `profile.toml` may hold. Whatever else it holds is refused, with line, path and the",
        'nearest known key. Texts are tables `{ da = "…", en = "…" }`, both languages required.',
        "[Add a municipality](../howto/add-a-municipality.md) shows how to write one,",
        "[the contract](contract.md) what it must keep.",
        "",
        "Editors that know JSON Schema complete and check what you write: `plfkit schema` prints",
        "[the schema](../_static/profile.schema.json).",
        "",
        *_keys(schema),
        "",
        "A default stands in brackets. A period is a school year (`2018/19`), a day, or",
        "`start/end`: the first day, and the day after the last (`2024-08-01/2026-08-01`), either left",
        "open if it is not known. With",
        "`extends` a profile takes over all that another declares and adds to it. Of what is there it",
        "may set the `question`, the `rule`, `leading` and `matrix` of a goal, the `target`,",
        "`baseline`, `steps` and `note` of an indicator, `standards` and the keys of `purpose`;",
        "thresholds of `privacy` may rise.",
        "",
        "## Vocabulary",
        "",
        "Entries of `vocabulary.SECTION.ID`. A kind that the vocabulary has takes a new `label`, more",
        "`aliases`, `minimum_members` if it is a level and `reversed` items if it is a framework, and",
        "nothing else; a new one needs what is required here.",
    ]
    sections = schema["properties"]["vocabulary"]["properties"]
    for name, section in sections.items():
        if "additionalProperties" in section:
            lines += ["", f"### vocabulary.{name}", "", *_keys(_entry(section, schema))]
    for title, name in _ENTRIES.items():
        lines += ["", f"## {title}", "", *_keys(schema["$defs"][name])]
    lines += ["", "What a profile brings that is code comes by its [hooks](hooks.md)."]
    return "\n".join(lines) + "\n"


_ENTRIES = {
    "Goals": "Goal",
    "Matrices": "Matrix",
    "Rows of a matrix": "MatrixRow",
    "Indicators": "Indicator",
    "Targets": "Target",
    "Baselines": "Baseline",
    "Claims": "Claim",
    "Rules": "Rule",
    "Context and challenges": "Statement",
    "Amounts": "Amount",
    "Programmes": "Programme",
    "Schools": "School",
    "Privacy": "PrivacyFloor",
    "Standards": "Standards",
    "Purpose": "Purpose",
}


def _entry(section: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = schema["$defs"][
        _name_definition(section["additionalProperties"]["anyOf"][0])
    ]
    return known


def _name_definition(key: dict[str, Any]) -> str:
    """Return the name of the definition that a key refers to."""
    name: str = key["$ref"].rpartition("/")[2]
    return name


def _keys(entry: dict[str, Any]) -> list[str]:
    rows = ["| key | holds | meaning |", "|---|---|---|"]
    for name, key in entry["properties"].items():
        required = " (required)" if name in entry["required"] else ""
        default = f" (`{json.dumps(key['default'])}`)" if "default" in key else ""
        rows.append(
            f"| `{name}`{required} | {_holds(key)}{default} | {key.get('description', '')} |"
        )
    return rows


def _holds(key: dict[str, Any]) -> str:
    if "enum" in key:
        return ", ".join(f"`{word}`" for word in key["enum"])
    if "const" in key:
        return f"`{key['const']}`"
    if "anyOf" in key:
        # The second way is an amendment, but where words stand beside numbers.
        choices = key["anyOf"] if "enum" in key["anyOf"][0] else key["anyOf"][:1]
        return " or ".join(map(_holds, choices))
    if "$ref" in key:
        name = _name_definition(key)
        return {"Label": "a text in both languages"}.get(name, f"a table: {name}")
    if "$ref" in key.get("items", {}):
        return {"Label": "a list of texts in both languages"}.get(
            _name_definition(key["items"]), f"a list of tables: {_name_definition(key['items'])}"
        )
    names = {
        "array": "a list of texts",
        "object": "a table",
        "string": "a text",
        "integer": "a whole number",
        "boolean": "true or false",
        "number": "a number",
    }
    return names.get(key.get("type", ""), "a value")


def list_checks() -> str:
    """List every check of the contract."""
    lines = [
        "# The contract of profiles",
        "",
        "What must be true of every profile. `plfkit check-profile NAME` runs the checks and advises;",
        "`plfkit.testing.check_profile` and `parametrize_with_checks` do so in tests. A check may be",
        "expected to fail for now: by name, with a reason, in the profile's `expected_failures` or as",
        "an argument. Once it passes, the expectation fails.",
        "",
        "`indicators_measured` says of each indicator that has no figure on",
        "[the example](../explanation/example-municipality.md) in which line it stands, why, and what to",
        "do. It may be right all the same: an example is one municipality, nobody is asked about a register,",
        "and nobody works on a level without roles. Then show the indicator by a",
        "[case](../howto/write-a-case.md).",
        "",
        "| check | what must be true |",
        "|---|---|",
        *(f"| `{check.name}` | {check.sentence}{_qualify_check(check)} |" for check in CHECKS),
    ]
    return "\n".join(lines) + "\n"


def _qualify_check(check: Check) -> str:
    if check.advises:
        return " (Advice only: no profile fails by it.)"
    return " (Of distributions only: a file is not imported.)" if check.of_plugins else ""
