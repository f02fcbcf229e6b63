# The names of the face with their types; a test holds this list to the one that loads them.

from plfkit import auditing as auditing
from plfkit import disclosure as disclosure
from plfkit import errors as errors
from plfkit import goals as goals
from plfkit import graph as graph
from plfkit import inference as inference
from plfkit import measures as measures
from plfkit import periods as periods
from plfkit import profiles as profiles
from plfkit import protection as protection
from plfkit import report as report
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
from plfkit.errors import InvalidDataError as InvalidDataError
from plfkit.errors import LimitError as LimitError
from plfkit.errors import PlfkitError as PlfkitError
from plfkit.faults import Fault as Fault
from plfkit.faults import FaultCode as FaultCode
from plfkit.faults import Place as Place
from plfkit.goals import Change as Change
from plfkit.goals import ClaimOutcome as ClaimOutcome
from plfkit.goals import ClaimVerdict as ClaimVerdict
from plfkit.goals import Comparison as Comparison
from plfkit.goals import GoalOutcome as GoalOutcome
from plfkit.goals import IndicatorOutcome as IndicatorOutcome
from plfkit.goals import Scorecard as Scorecard
from plfkit.goals import TrendPoint as TrendPoint
from plfkit.goals import Verdict as Verdict
from plfkit.goals import assess as assess
from plfkit.graph import Snapshot as Snapshot
from plfkit.graph import snapshot as snapshot
from plfkit.hints import Audience as Audience
from plfkit.hints import Hint as Hint
from plfkit.hints import Language as Language
from plfkit.model.declared.declarations import PrivacyFloor as PrivacyFloor
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
from plfkit.model.records.tables import Table as Table
from plfkit.model.results.figures import Figure as Figure
from plfkit.model.results.result import Result as Result
from plfkit.model.words.breaks import Break as Break
from plfkit.model.words.breaks import Mismatch as Mismatch
from plfkit.model.words.figure_classes import FigureClass as FigureClass
from plfkit.model.words.intervals import IntervalMethod as IntervalMethod
from plfkit.model.words.kinds import Label as Label
from plfkit.model.words.notes import Note as Note
from plfkit.model.words.ranges import RangeKind as RangeKind
from plfkit.model.words.reasons import Reason as Reason
from plfkit.model.words.vocabulary import Vocabulary as Vocabulary
from plfkit.periods import Period as Period
from plfkit.periods import SchoolYear as SchoolYear
from plfkit.preloading import preload as preload
from plfkit.profiles import Profile as Profile
from plfkit.profiles import available_profiles as available_profiles
from plfkit.profiles import describe as describe
from plfkit.profiles import hookimpl as hookimpl
from plfkit.profiles import load_profile as load_profile
from plfkit.protection import exclude as exclude
from plfkit.protection import pseudonymise as pseudonymise
from plfkit.report import Picture as Picture
from plfkit.report import plot as plot
from plfkit.report import render_comparison as render_comparison
from plfkit.report import render_report as render_report
from plfkit.report import render_trend as render_trend
from plfkit.report import to_document as to_document
from plfkit.report import write_comparison as write_comparison
from plfkit.report import write_document as write_document
from plfkit.report import write_figures as write_figures
from plfkit.report import write_report as write_report
from plfkit.report import write_trend as write_trend
from plfkit.sources import Limits as Limits
from plfkit.sources import write as write
from plfkit.sources.drafting import Draft as Draft
from plfkit.sources.drafting import Question as Question
from plfkit.sources.importing import ImportMapping as ImportMapping
from plfkit.sources.importing import SurveyMapping as SurveyMapping
from plfkit.sources.importing import add_survey as add_survey

__all__ = [
    "Answer",
    "Audience",
    "Break",
    "Change",
    "ClaimOutcome",
    "ClaimVerdict",
    "Community",
    "Comparison",
    "Draft",
    "Event",
    "Fault",
    "FaultCode",
    "Figure",
    "FigureClass",
    "Focus",
    "GoalOutcome",
    "Hint",
    "ImportMapping",
    "IndicatorOutcome",
    "IntervalMethod",
    "Label",
    "Language",
    "Leak",
    "Ledger",
    "Limits",
    "Membership",
    "Mismatch",
    "Note",
    "Organisation",
    "Outcome",
    "Participation",
    "Pathway",
    "Period",
    "Person",
    "Picture",
    "Place",
    "PlfkitError",
    "Position",
    "Profile",
    "Qualification",
    "Question",
    "RangeKind",
    "Reason",
    "Registration",
    "Released",
    "Response",
    "Result",
    "SchoolYear",
    "Scorecard",
    "Snapshot",
    "Survey",
    "SurveyMapping",
    "Table",
    "Tie",
    "TrendPoint",
    "Unit",
    "Verdict",
    "add_survey",
    "assess",
    "audit",
    "auditing",
    "available_profiles",
    "combine",
    "compare",
    "describe",
    "disclosure",
    "draft_mapping",
    "errors",
    "exclude",
    "from_networkx",
    "from_tables",
    "goals",
    "graph",
    "hookimpl",
    "import_files",
    "inference",
    "load_profile",
    "measures",
    "open_ledger",
    "periods",
    "plot",
    "preload",
    "profiles",
    "protection",
    "pseudonymise",
    "read",
    "release",
    "render_comparison",
    "render_report",
    "render_trend",
    "report",
    "snapshot",
    "starting",
    "synthetic",
    "testing",
    "to_document",
    "write",
    "write_comparison",
    "write_document",
    "write_figures",
    "write_report",
    "write_template",
    "write_trend",
]

__version__: str
