from collections.abc import Iterator, Sequence

import plfkit
from plfkit.profiles import GivenFile, Reader, ReadersContext, TextRow


def read_payroll(file: GivenFile) -> Iterator[TextRow]:
    """Yield a person and a position for each line, as ``BB|north|Lærer``."""
    for line, text in enumerate(file.data.decode("cp1252").splitlines()[1:], 2):
        person, unit, role = text.split("|")
        yield TextRow("persons", line, {"id": person})
        yield TextRow("positions", line, {"person": person, "unit": unit, "role": role})
    yield TextRow("units", 1, {"id": "north", "kind": "school", "name": "North"})


@plfkit.hookimpl
def plfkit_readers(context: ReadersContext) -> Sequence[Reader]:
    label = plfkit.Label(da="Lønudtræk", en="Payroll export")
    return [Reader(name="payroll", label=label, read=read_payroll, begins=(b"LON|",))]
