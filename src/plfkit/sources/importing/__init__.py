"""The door: files of offices and survey tools into an organisation, as a written mapping says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plfkit.rooms import index_names, load_name

if TYPE_CHECKING:
    from plfkit.sources.importing.exports import add_survey, import_exports
    from plfkit.sources.importing.language import ImportMapping
    from plfkit.sources.importing.survey_mapping import SurveyMapping

__all__ = ["ImportMapping", "SurveyMapping", "add_survey", "import_exports"]
_PLACES = index_names(
    {
        "sources.importing.exports": "add_survey import_exports",
        "sources.importing.language": "ImportMapping",
        "sources.importing.survey_mapping": "SurveyMapping",
    }
)
"""Where each name stands: it loads when it is asked for, since the template reads cells as imports do."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        return load_name(__name__, name, _PLACES)
