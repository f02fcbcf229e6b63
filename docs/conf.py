"""How Sphinx builds the documentation."""

project = "plfkit"
author = "The plfkit developers"
copyright = author  # noqa: A001 - Sphinx's name
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "examples/**"]
html_theme = "furo"
html_static_path = ["_static"]
html_title = "plfkit"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_custom_sections = ["Formula", "Beware", "Source"]
default_role = "code"
nitpicky = False
