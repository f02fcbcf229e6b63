"""Words: kinds and vocabularies, and the texts that readers see."""
