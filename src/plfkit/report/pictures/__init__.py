"""Pictures of released figures, as SVG that needs no library and nothing from elsewhere."""

from plfkit.report.pictures.arrangement import find_overview_year
from plfkit.report.pictures.contacts import draw_contacts
from plfkit.report.pictures.coverage import draw_coverage
from plfkit.report.pictures.hours import draw_hours
from plfkit.report.pictures.matrices import draw_matrix
from plfkit.report.pictures.organisation import draw_organisation
from plfkit.report.pictures.picture import Picture, PictureTable
from plfkit.report.pictures.places import list_school_places
from plfkit.report.pictures.plotting import PictureKind, plot
from plfkit.report.pictures.rows import draw_figures, draw_range_line
from plfkit.report.pictures.transitions import draw_transitions
from plfkit.report.pictures.trends import draw_trend

__all__ = [
    "Picture",
    "PictureKind",
    "PictureTable",
    "draw_contacts",
    "draw_coverage",
    "draw_figures",
    "draw_hours",
    "draw_matrix",
    "draw_organisation",
    "draw_range_line",
    "draw_transitions",
    "draw_trend",
    "find_overview_year",
    "list_school_places",
    "plot",
]
