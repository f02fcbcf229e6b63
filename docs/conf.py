"""How Sphinx builds the documentation."""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

sys.path.append(str(Path(__file__).parent))

from bilingual_search import SearchBothLanguages

project = "plfkit"
author = "The plfkit developers"
copyright = author  # noqa: A001 - Sphinx's name
extensions = ["myst_nb", "sphinx_design", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "examples/**", "pictures/**"]
nb_execution_mode = "cache"  # run once, and again only where a notebook has changed
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True
html_theme = "furo"
html_static_path = ["_static"]
html_title = "plfkit"
html_search_language = SearchBothLanguages.lang
html_css_files = ["plfkit.css"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
napoleon_use_ivar = True  # a list of attributes, in place of a heading for each
napoleon_custom_sections = ["Formula", "Beware", "Source"]
default_role = "code"
nitpicky = False


def mend_for_keyboards_and_listeners(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """Let keys scroll what is wider than the window; say which level captions have, and which language."""
    for part in context.keys() & {"body", "furo_navigation_tree"}:
        context[part] = (
            context[part]
            .replace("<pre>", '<pre tabindex="0">')
            .replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
            .replace('role="heading"', 'role="heading" aria-level="2"')
        )
    if language := (context.get("meta") or {}).get("lang"):
        context["body"] = f'<div lang="{language}">{context["body"]}</div>'


def offer_notebook(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """Begin the page of a notebook with a link to the notebook itself."""
    notebook = Path(app.srcdir) / f"{page}.ipynb"
    if notebook.is_file():
        link = f'<a href="{notebook.name}" download>Download this notebook</a>'
        context["body"] = f"<p>{link}, and run it in Jupyter.</p>{context['body']}"


def hand_out_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Put notebooks beside their pages, where the links lead."""
    for notebook in () if error else Path(app.srcdir).glob("tutorial/*.ipynb"):
        shutil.copy(notebook, Path(app.outdir) / "tutorial")


def shorten_defaults(
    _app: Sphinx, _what: str, _name: str, _found: object, _options: object, call: str, back: str
) -> tuple[str, str] | None:
    """Write three dots for defaults that attrs makes, or looks up in a table of its own."""
    if not call:
        return None
    return re.sub(r"attr_dict\['\w+'\]\.default|NOTHING", "...", call), back


def keep_underscores(
    _app: Sphinx, _what: str, _name: str, _found: object, _options: object, lines: list[str]
) -> None:
    """Keep the underscore at the end of an attribute's name, which would be taken for a link's."""
    lines[:] = [re.sub(r"^(\s*:(?:ivar|vartype) \w+)_:", r"\1\\_:", line) for line in lines]


def setup(app: Sphinx) -> None:
    """Mend pages once the theme has made its parts of them, and read words in both languages."""
    app.add_search_language(SearchBothLanguages)
    app.connect("autodoc-process-signature", shorten_defaults)
    app.connect("autodoc-process-docstring", keep_underscores, priority=900)  # after napoleon
    app.connect("html-page-context", offer_notebook)
    app.connect("build-finished", hand_out_notebooks)
    app.connect("html-page-context", mend_for_keyboards_and_listeners, priority=900)
