"""How the search of the pages reads words: as Danish, and what is left as English."""

from __future__ import annotations

from pathlib import Path

import sphinx.search
from sphinx.search import SearchLanguage
from sphinx.search.da import SearchDanish
from sphinx.search.en import SearchEnglish

SCRIPTS = Path(sphinx.search.__file__).parent / "minified-js"
STEMMER = """
window.Stemmer = function () {
  const danish = new DanishStemmer(), english = new EnglishStemmer();
  this.stemWord = (word) => english.stemWord(danish.stemWord(word));
};
"""
"""The same in the browser as `stem` is here."""


def read_scripts(*names: str) -> list[str]:
    """Read stemmers as Sphinx has them for browsers."""
    return [(SCRIPTS / f"{name}-stemmer.js").read_text("utf-8") for name in names]


class SearchBothLanguages(SearchLanguage):
    """Words of Danish and English pages, whose endings a reader need not hit."""

    lang = "danish_and_english"
    language_name = "Danish and English"
    stopwords = SearchDanish.stopwords | SearchEnglish.stopwords
    js_stemmer_code = "\n".join([*read_scripts("base", "danish", "english"), STEMMER])

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self.danish = SearchDanish(options)
        self.english = SearchEnglish(options)

    def stem(self, word: str) -> str:
        """Take off Danish endings, and English ones of what is left."""
        return self.english.stem(self.danish.stem(word))
