# The names of the face with their types; a test holds this list to the one that loads them.

from plfkit import auditing as auditing
from plfkit import disclosure as disclosure
from plfkit import errors as errors
from plfkit import goals as goals
from plfkit import graph as graph
from plfkit import inference as inference
from plfkit import kernels as kernels
from plfkit import measures as measures
from plfkit import model as model
from plfkit import periods as periods
from plfkit import profiles as profiles
from plfkit import protection as protection
from plfkit import report as report
from plfkit import resampling as resampling
from plfkit import sources as sources
from plfkit import starting as starting
from plfkit import synthetic as synthetic
from plfkit import testing as testing
from plfkit.auditing import Leak as Leak
from plfkit.auditing import audit as audit
from plfkit.disclosure import Ledger as Ledger
from plfkit.disclosure import Released as Released
from plfkit.disclosure import compare as compare
from plfkit.disclosure import open_ledger as open_ledger
from plfkit.disclosure import release as release
from plfkit.door.files import draft_mapping as draft_mapping
from plfkit.door.files import import_files as import_files
from plfkit.door.graphs import from_networkx as from_networkx
from plfkit.door.handing_out import write_template as write_template
from plfkit.door.reading import from_tables as from_tables
from plfkit.door.reading import read as read
from plfkit.errors import PlfkitError as PlfkitError
from plfkit.goals import Scorecard as Scorecard
from plfkit.goals import assess as assess
from plfkit.graph import Snapshot as Snapshot
from plfkit.graph import snapshot as snapshot
from plfkit.model.records.combining import combine as combine
from plfkit.model.records.organisation import Organisation as Organisation
from plfkit.model.records.rows import Answer as Answer
from plfkit.model.records.rows import Community as Community
from plfkit.model.records.rows import Event as Event
from plfkit.model.records.rows import Focus as Focus
from plfkit.model.records.rows import Membership as Membership
from plfkit.model.records.rows import Outcome as Outcome
from plfkit.model.records.rows import Participation as Participation
from plfkit.model.records.rows import Pathway as Pathway
from plfkit.model.records.rows import Person as Person
from plfkit.model.records.rows import Position as Position
from plfkit.model.records.rows import Qualification as Qualification
from plfkit.model.records.rows import Registration as Registration
from plfkit.model.records.rows import Response as Response
from plfkit.model.records.rows import Survey as Survey
from plfkit.model.records.rows import Tie as Tie
from plfkit.model.records.rows import Unit as Unit
from plfkit.model.results.result import Result as Result
from plfkit.model.words.kinds import Label as Label
from plfkit.periods import Period as Period
from plfkit.periods import SchoolYear as SchoolYear
from plfkit.profiles import Profile as Profile
from plfkit.profiles import available_profiles as available_profiles
from plfkit.profiles import describe as describe
from plfkit.profiles import hookimpl as hookimpl
from plfkit.profiles import load_profile as load_profile
from plfkit.protection import exclude as exclude
from plfkit.protection import pseudonymise as pseudonymise
from plfkit.report import Picture as Picture
from plfkit.report import plot as plot
from plfkit.report import to_document as to_document
from plfkit.report import write_report as write_report
from plfkit.sources import Limits as Limits
from plfkit.sources import write as write
from plfkit.sources.drafting import Draft as Draft
from plfkit.sources.importing import ImportMapping as ImportMapping
from plfkit.sources.importing import SurveyMapping as SurveyMapping
from plfkit.sources.importing import add_survey as add_survey

__all__ = [
    "Answer",
    "Community",
    "Event",
    "Focus",
    "ImportMapping",
    "Label",
    "Leak",
    "Ledger",
    "Limits",
    "Membership",
    "Organisation",
    "Outcome",
    "Participation",
    "Pathway",
    "Period",
    "Person",
    "Picture",
    "PlfkitError",
    "Position",
    "Profile",
    "Qualification",
    "Registration",
    "Released",
    "Response",
    "Result",
    "SchoolYear",
    "Scorecard",
    "Snapshot",
    "Survey",
    "SurveyMapping",
    "Tie",
    "Unit",
    "add_survey",
    "assess",
    "audit",
    "auditing",
    "available_profiles",
    "combine",
    "compare",
    "describe",
    "disclosure",
    "errors",
    "from_networkx",
    "from_tables",
    "goals",
    "graph",
    "hookimpl",
    "inference",
    "kernels",
    "load_profile",
    "measures",
    "model",
    "open_ledger",
    "periods",
    "plot",
    "profiles",
    "read",
    "release",
    "report",
    "resampling",
    "snapshot",
    "sources",
    "starting",
    "synthetic",
    "testing",
    "to_document",
    "write",
    "write_report",
    "write_template",
]
