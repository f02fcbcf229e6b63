"""What tests of plfkit, of plug-ins and of tools that import it have in common.

The contract and small moments need plfkit alone; strategies need hypothesis, fixtures pytest and cases PyYAML
(``plfkit[testing]``), so each name loads on first use. Fixtures stand in `plfkit.testing.fixtures`;
name that module in ``pytest_plugins``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plfkit.rooms import index_names, load_name

if TYPE_CHECKING:
    from plfkit.testing.cases import (
        Case,
        CaseOutcome,
        Expected,
        check_cases,
        read_case,
        read_cases,
        run_case,
    )
    from plfkit.testing.checks import CHECKS, Check
    from plfkit.testing.contract import (
        ContractReport,
        Outcome,
        check_profile,
        parametrize_with_checks,
        run_checks,
    )
    from plfkit.testing.faulty import FaultyTables, faulty_tables
    from plfkit.testing.indicator_pages import check_indicator_page
    from plfkit.testing.kinds import vocabularies
    from plfkit.testing.manifests import profiles
    from plfkit.testing.moments import build_moment
    from plfkit.testing.strategies import (
        organisations,
        periods,
        snapshots,
        surveyed_networks,
        twice_surveyed_networks,
    )
    from plfkit.testing.subjects import Subject

__all__ = [
    "CHECKS",
    "Case",
    "CaseOutcome",
    "Check",
    "ContractReport",
    "Expected",
    "FaultyTables",
    "Outcome",
    "Subject",
    "build_moment",
    "check_cases",
    "check_indicator_page",
    "check_profile",
    "faulty_tables",
    "organisations",
    "parametrize_with_checks",
    "periods",
    "profiles",
    "read_case",
    "read_cases",
    "run_case",
    "run_checks",
    "snapshots",
    "surveyed_networks",
    "twice_surveyed_networks",
    "vocabularies",
]

_PLACES = index_names(
    {
        "testing.cases": "Case CaseOutcome Expected check_cases read_case read_cases run_case",
        "testing.checks": "CHECKS Check",
        "testing.contract": "ContractReport Outcome check_profile parametrize_with_checks run_checks",
        "testing.faulty": "FaultyTables faulty_tables",
        "testing.indicator_pages": "check_indicator_page",
        "testing.kinds": "vocabularies",
        "testing.manifests": "profiles",
        "testing.moments": "build_moment",
        "testing.strategies": "organisations periods snapshots surveyed_networks twice_surveyed_networks",
        "testing.subjects": "Subject",
    }
)


def __getattr__(name: str) -> Any:
    return load_name(__name__, name, _PLACES)


def __dir__() -> list[str]:
    return list(__all__)
