"""What the app says, in Danish and in English."""

from __future__ import annotations

from plfkit import Label

WORDS = {
    "title": Label("Se, hvordan det går med fællesskaberne", "See how the communities stand"),
    "lead": Label(
        "Vælg jeres filer. De læses i hukommelsen og gemmes ikke. Tal om få personer vises ikke.",
        "Choose your files. They are read in memory and not kept. Figures about few people are not shown.",
    ),
    "files": Label("Filer", "Files"),
    "which": Label(
        "Alle filer i en mappe (.csv og datapackage.json), en projektmappe (.xlsx), eller en mapping (.toml)"
        " sammen med de filer, den er skrevet til.",
        "All files of a folder (.csv and datapackage.json), a workbook (.xlsx), or a mapping (.toml)"
        " together with the files it was written for.",
    ),
    "profile": Label("Kommunens mål", "The municipality's goals"),
    "no_goals": Label("ingen, vis kun tallene", "none, only show the figures"),
    "see_goals": Label("Vis fejl og mål", "Show faults and goals"),
    "see_page": Label("Vis siden", "Show the page"),
    "see_figures": Label("Hent tallene (JSON)", "Fetch the figures (JSON)"),
    "faults": Label("Der er noget at rette", "There is something to mend"),
    "row": Label("række", "row"),
    "column": Label("kolonne", "column"),
    "sound": Label("Filerne er i orden", "The files are sound"),
    "goals": Label("Sådan går det med målene", "How the goals stand"),
    "indicator": Label("Indikator", "Indicator"),
    "value": Label("Tal", "Figure"),
    "range": Label("Mindst og højst", "At least and at most"),
    "verdict": Label("Status", "Stands"),
    "example": Label("Et eksempel, ikke en kommune", "An example, no municipality"),
    "again": Label("Vælg filer igen", "Choose files again"),
    "other_language": Label("English", "Dansk"),
    "refused": Label("Det lykkedes ikke", "That did not work"),
    "no_files": Label("Vælg mindst én fil.", "Choose at least one file."),
    "same_name": Label(
        "To filer har samme navn: giv den ene et andet navn.",
        "Two files have the same name: rename one of them.",
    ),
    "one_mapping": Label(
        "En mapping skal stå alene sammen med de filer, den er skrevet til.",
        "One mapping is needed, together with the files it was written for.",
    ),
    "mixed": Label(
        "Send enten tabeller (.csv), én projektmappe (.xlsx), eller en mapping (.toml) med sine filer.",
        "Send either tables (.csv), one workbook (.xlsx), or a mapping (.toml) with its files.",
    ),
    "unknown_profile": Label("Den profil er ikke installeret.", "That profile is not installed."),
    "too_large": Label(
        "Filerne fylder for meget: højst 20 MB tilsammen og højst 40 filer.",
        "The files are too large: up to 20 MB together, and up to 40 files.",
    ),
    "busy": Label(
        "Andre er i gang lige nu. Prøv igen om et øjeblik.",
        "Others are at work. Try again in a moment.",
    ),
    "not_here": Label("Siden findes ikke.", "There is no such page here."),
    "failed": Label(
        "Noget gik galt hos os. Intet er gemt. Prøv igen, eller kontakt den, der står for siden.",
        "Something went wrong on our side. Nothing was kept. Try again, or tell whoever runs this page.",
    ),
}
