"""Distil golden facts from the published data sets: ties, groups and the figures of peers.

    python tests/golden/distil.py FOLDER

FOLDER holds a folder for each data set, with its tables and the figures that peers computed. Only
figures about what plfkit measures are kept, under the peers' own names; nothing is computed here.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SECTIONS = (
    *("n", "m", "density", "reciprocity", "dyad_census", "degree", "centralization"),
    *("betweenness", "k_step_reach", "transitivity", "burt"),
)
EI = ("directed", "undirected_union", "expected_EI_random_density")
POSSIBLE = ("possible_internal", "possible_external")
MOMENTS = ("raw", "expected", "sd", "z")
UCINET = (
    *("n", "ties", "avg_degree", "density", "connectedness", "prop_within_3"),
    *("deg_centralization", "out_centralization", "in_centralization"),
    *("transitivity_closure", "transitivity_index"),
    *("mutuals_prop", "asymmetrics_prop", "nulls_prop"),
    *("arc_reciprocity", "dyad_reciprocity", "reciprocity_index"),
)
AFFILIATION = (
    *("rows", "cols", "ties", "density", "row_degree", "col_degree", "bipartite_betweenness"),
    *("proj_rows_edges", "proj_cols_edges", "proj_rows_density"),
    "proj_rows_betweenness_unweighted",
)
Facts = dict[str, Any]


def managers(folder: Path) -> Facts:
    """Return the networks of the managers, which three peers have measured."""
    reference = document(folder / "reference.json")
    ucinet = document(folder / "reference_ucinet.json")
    other = document(folder / "reference_networkx.json")
    people, ties = table(folder / "nodes.csv"), table(folder / "edges.csv")
    groups = {name: {row["id"]: row[name] for row in people} for name in ("dept", "level")}
    networks = {}
    for name, facts in reference["networks"].items():
        told = [[row["from"], row["to"]] for row in ties if row["relation"] == name]
        networks[name] = network([row["id"] for row in people], groups, told, facts)
        cohesion = ucinet["cohesion"][name]
        networks[name]["figures"] |= {f"UCINET cohesion/{key}": cohesion[key] for key in UCINET}
    wanted = ("constraint", "effective_size", "overall_reciprocity", "transitivity", "betweenness")
    networks[other["network"]]["figures"] |= {
        key: value
        for key, value in other["results"].items()
        if key.removeprefix("networkx.").startswith(wanted)
    }
    versions = {
        **used(reference),
        "networkx": other["versions"]["networkx"],
        "UCINET": ucinet["source"]["program"].split()[1],
    }
    return {"versions": versions, "networks": networks}


def teachers(folder: Path) -> Facts:
    """Return the networks of the teachers of three schools."""
    reference = document(folder / "reference.json")
    people, ties = table(folder / "nodes.csv"), table(folder / "edges.csv")
    networks = {}
    for school, facts in reference["schools"].items():
        here = [row for row in people if row["school"] == school]
        told = [
            [row["from"], row["to"]]
            for row in ties
            if row["school"] == school and row["relation"] == "advice"
        ]
        groups = {"grade_group": {row["id"]: row["grade_group"] for row in here}}
        networks[school] = network([row["id"] for row in here], groups, told, facts)
    return {"versions": used(reference), "networks": networks}


def affiliations(folder: Path) -> Facts:
    """Return who is in what, and how often these people and places meet."""
    reference = document(folder / "reference.json")
    people, places = list(reference["row_degree"]), list(reference["col_degree"])
    figures = {key: reference[key] for key in AFFILIATION}
    versions = used(reference)
    if (folder / "reference_ucinet.json").exists():
        ucinet = document(folder / "reference_ucinet.json")
        versions["UCINET"] = ucinet["source"]["program"].split()[1]
        figures["UCINET density"] = ucinet["density"]
        central = ucinet["two_mode_centrality_3dp"]
        for mode, names in (("women", people), ("events", places)):
            rows = dict(zip(names, central[mode].values(), strict=True))
            for place, column in enumerate(central["columns"]):
                if column != "closeness":
                    key = f"UCINET two_mode_centrality/{mode}/{column}"
                    figures[key] = {name: row[place] for name, row in rows.items()}
    pairs = [[row["member"], row["group"]] for row in table(folder / "membership.csv")]
    both = {"people": people, "places": places, "ties": pairs, "figures": figures}
    return {"versions": versions, "networks": {folder.name: both}}


def network(
    people: list[str], groups: dict[str, dict[str, str]], ties: list[list[str]], facts: Facts
) -> Facts:
    """Return one network with all that R says about it."""
    figures = {key: value for name in SECTIONS for key, value in leaves(name, facts[name], people)}
    for key in ("ordered_pairs", "reachable_ordered_pairs"):
        figures[f"distance/{key}"] = facts["distance"][key]
    return {
        "people": people,
        "groups": groups,
        "ties": ties,
        "figures": figures,
        "grouped": {name: grouped(facts["groups"][name], people) for name in groups},
    }


def leaves(path: str, value: Any, people: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield figures by path: one number, or one for each person."""
    if isinstance(value, dict) and set(value) != set(people):
        for key, part in value.items():
            if key != "definition":
                yield from leaves(f"{path}/{key}", part, people)
    else:
        yield path, value


def grouped(facts: Facts, people: list[str]) -> Facts:
    """Return the figures about people in groups by path."""
    index = facts["EI"]
    figures = {
        key: value for name in EI for key, value in leaves(f"EI/{name}", index[name], people)
    }
    figures |= {f"EI/{name}": index[name] for name in POSSIBLE}
    figures |= dict(leaves("EI/by_node", index["by_node"], people))
    for column in next(iter(index["by_group"].values())):
        figures[f"EI/by_group/{column}"] = {
            label: row[column] for label, row in index["by_group"].items()
        }
    figures |= {f"blocks/{name}": cells(facts["blocks"][name]) for name in ("density", "ties")}
    brokerage = facts["brokerage"]
    for moment in MOMENTS:
        of_people = transposed(cells(brokerage[moment]))
        figures |= {f"sna::brokerage/{moment}/{role}": of for role, of in of_people.items()}
        over_all = brokerage["global"][moment]
        figures |= {f"sna::brokerage/global/{moment}/{role}": of for role, of in over_all.items()}
    return figures


def cells(matrix: Facts) -> dict[str, dict[str, Any]]:
    """Return a matrix by the names of its rows and columns."""
    return {
        row: dict(zip(matrix["cols"], values, strict=True))
        for row, values in zip(matrix["rows"], matrix["data"], strict=True)
    }


def transposed(matrix: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return columns as rows."""
    columns = next(iter(matrix.values()))
    return {column: {row: of[column] for row, of in matrix.items()} for column in columns}


def used(reference: Facts) -> dict[str, str]:
    """Return the versions of R and of the packages whose figures are kept."""
    known = reference["versions"]
    return {
        "R": known["R"].split()[2],
        "sna": known["sna"],
        "igraph": known["igraph"],
    }


def document(path: Path) -> Facts:
    """Return what a JSON file holds."""
    read: Facts = json.loads(path.read_text(encoding="utf-8"))
    return read


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(facts: Facts) -> str:
    """Return facts as JSON, each figure and list on a line of its own."""
    return _lines(facts) + "\n"


def _lines(value: Any) -> str:
    flat = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not isinstance(value, dict) or not any(isinstance(part, dict) for part in value.values()):
        return flat
    rows = ",\n".join(
        f"{json.dumps(key, ensure_ascii=False)}:{_lines(part)}" for key, part in value.items()
    )
    return f"{{\n{rows}\n}}"


MAKERS = {
    "krackhardt_hightech": managers,
    "teacher_advice_3_schools": teachers,
    "southern_women": affiliations,
    "corporate_leadership": affiliations,
}


def main(source: Path) -> None:
    """Write the golden facts beside this file."""
    for name, make in MAKERS.items():
        target = HERE / f"{name.removesuffix('_3_schools')}.json"
        target.write_text(written(make(source / name)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
