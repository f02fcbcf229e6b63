"""Pictures of released figures, as SVG that needs no library and nothing from elsewhere."""

from plfkit.report.pictures.picture import Picture, PictureTable
from plfkit.report.pictures.rows import draw_figures, draw_range_line
from plfkit.report.pictures.trends import draw_trend

__all__ = ["Picture", "PictureTable", "draw_figures", "draw_range_line", "draw_trend"]
