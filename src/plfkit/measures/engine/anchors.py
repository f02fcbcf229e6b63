"""Usual values from other studies, with their sources: context for readers, never marks."""

from __future__ import annotations

from plfkit.model.declared.declarations import Anchor
from plfkit.model.words.kinds import Label

_ADVICE_STUDY = "Pitts & Spillane (2009), doi:10.1080/17437270902946660; data: R package HLSM"
_TALIS_STUDY = "OECD (2020), TALIS 2018 Results, Volume II, ch. 4, doi:10.1787/19cf08df-en"

DENSITY = (
    Anchor(
        label=Label(
            "Lærere, der søger råd hos en kollega på deres egen skole: tæthed på hver af 15 amerikanske "
            "skoler med 12–76 lærere",
            "Teachers who turn to a colleague at their own school for advice: density at each of 15 "
            "schools in the USA with 12–76 teachers",
        ),
        lower=0.055,
        upper=0.386,
        source=_ADVICE_STUDY,
    ),
)
RECIPROCITY = (
    Anchor(
        label=Label(
            "Råd mellem lærere på samme skole, der går begge veje, på hver af 15 amerikanske skoler med "
            "12–76 lærere",
            "Advice between teachers of one school that runs both ways, at each of 15 schools in the USA "
            "with 12–76 teachers",
        ),
        lower=0.098,
        upper=0.617,
        source=_ADVICE_STUDY,
    ),
)
CENTRALIZATION = (
    Anchor(
        label=Label(
            "Hvor meget råd mellem lærere på samme skole samler sig om den mest spurgte (indgående), på "
            "hver af fire amerikanske skoler med 12–33 lærere",
            "How far advice between teachers of one school gathers on whoever is asked most (in-degree), "
            "at each of four schools in the USA with 12–33 teachers",
        ),
        lower=0.213,
        upper=0.391,
        source=_ADVICE_STUDY,
    ),
)
OBSERVER = (
    Anchor(
        label=Label(
            "Lærere i udskolingen, der svarer, at de mindst en gang om måneden ser en kollega undervise "
            "og giver tilbagemelding (OECD-gennemsnit 2018)",
            "Lower secondary teachers who say that they observe colleagues and give feedback at least "
            "once a month (OECD average, 2018)",
        ),
        lower=0.09,
        upper=0.09,
        source=_TALIS_STUDY,
    ),
)
PARTICIPATION = (
    Anchor(
        label=Label(
            "Lærere i udskolingen, der svarer, at de jævnligt drøfter bestemte elevers læring med "
            "kolleger (OECD-gennemsnit 2018; svar i et spørgeskema, ikke registrerede møder)",
            "Lower secondary teachers who say that they regularly discuss the learning of specific pupils "
            "with colleagues (OECD average, 2018; answers to a survey, not registered meetings)",
        ),
        lower=0.61,
        upper=0.61,
        source=_TALIS_STUDY,
    ),
)
MEAN = (
    Anchor(
        label=Label(
            "Hvad Olivier og Hipps spørgeskema kalder almindelig enighed, på skemaets egen skala fra 1 "
            "til 4",
            "What Olivier and Hipp's questionnaire calls general agreement, on its own scale from 1 to 4",
        ),
        lower=3.0,
        source="Olivier & Hipp (2010), in Demystifying Professional Learning Communities; SEDL, "
        "Interpreting Results",
    ),
)
