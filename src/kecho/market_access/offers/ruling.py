"""All rates in force for a line, an origin and a day, before anybody asks what a consignment is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from kecho.analytics.duties import AdValorem, Duty, Lowest, Sum, plain
from kecho.analytics.staging import Staging, Step
from kecho.kernel.dated import State
from kecho.kernel.errors import KechoError
from kecho.market_access.agreements import Agreement, Proof, agreements
from kecho.market_access.layouts import Column
from kecho.market_access.offers.choosing import Choice, choose, percent_of
from kecho.market_access.offers.facts import Line, MeasureFact, ScheduleFact, Source
from kecho.market_access.offers.remarks import Remark, remark


@dataclass(frozen=True, slots=True)
class Offer:
    """One way in: a rate with all that it rests on.

    ``kind``: mfn, ordinary or preference. ``stage``/``stages``, ``rounding`` and ``path`` where a staging category is
    known. ``gap`` is the printed rate less the computed one. ``is_firm`` is False where the rate holds only within a
    quota that the question does not claim. ``measures`` are the duties beside the schedules that ``duty`` holds.
    """

    kind: str
    agreement: str
    column: str
    printed: str
    duty: Duty
    percent: Fraction | None
    source: str
    is_verified: bool
    clause: str = ""
    category: str = ""
    stage: int = 0
    stages: int = 0
    rounding: str = ""
    base: Fraction | None = None
    computed: Fraction | None = None
    gap: Fraction | None = None
    path: tuple[Step, ...] = ()
    proofs: tuple[Proof, ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_firm: bool = True
    is_inversion: bool = False
    measures: tuple[MeasureFact, ...] = ()
    before_measures: Fraction | None = None

    @property
    def alone(self) -> Fraction | None:
        """The percent without additional duties, which are the same for every offer: margins are reckoned with it."""
        return self.percent if self.before_measures is None else self.before_measures

    @property
    def effort(self) -> int:
        """The least effort of proof: 0 for none, 3 for a certificate."""
        if self.kind != "preference":
            return 0
        return min((proof.effort for proof in self.proofs), default=3)

    @property
    def risk(self) -> int:
        """How much is open, from the remarks."""
        return sum(one.risk for one in self.remarks)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Every offer, and why each other agreement gives nothing."""

    line: Line
    origin: str
    on: date
    offers: tuple[Offer, ...]
    refused: tuple[tuple[str, KechoError], ...]

    @property
    def mfn(self) -> Offer | None:
        """The rate without preference."""
        return next((one for one in self.offers if one.kind == "mfn"), None)


@dataclass(frozen=True, slots=True)
class _Preference:
    """The columns of one agreement in one schedule that are for an origin on a day."""

    agreement: Agreement
    printed: Column | None
    base: Column | None
    category: Column | None


def rule(line: Line, origin: str, on: date, *, in_quota: bool = False) -> Ruling:
    """All offers for goods of ``origin`` on that day. A line without any rate gives no offer, never a zero."""
    offers: list[Offer] = []
    refused: list[tuple[str, KechoError]] = []
    mfn = _temporary(line, origin, on) or _mfn(line, origin, on, refused)
    if mfn:
        offers.append(mfn)
    merged: dict[str, list[tuple[Source, _Preference]]] = {}
    for source in line.sources:
        plans, closed = _plan(source.schedule, origin, on)
        refused += closed
        for plan in plans:
            merged.setdefault(plan.agreement.code, []).append((source, plan))
    for found in merged.values():
        try:
            offers.append(_beside_mfn(_preference(line, origin, on, found, in_quota), mfn))
        except KechoError as reason:
            refused.append((found[0][1].agreement.code, reason))
    given = {one.agreement for one in offers}
    reasons = {code: reason for code, reason in reversed(refused) if code not in given}
    measured = tuple(_with_measures(one, line, origin, on) for one in offers)
    return Ruling(line, origin, on, measured, tuple(sorted(reasons.items())))


@lru_cache(maxsize=50_000)
def columns_that_matter(schedule: ScheduleFact, origin: str, on: date) -> tuple[str, ...]:
    """The columns on which a ruling rests: two lines that print the same there are ruled alike."""
    open_now = {plan.agreement.code for plan in _plan(schedule, origin, on)[0]}
    columns = schedule.layout.columns
    return tuple(one.header for one in columns if not one.agreement or one.agreement in open_now)


@lru_cache(maxsize=50_000)
def _plan(
    schedule: ScheduleFact, origin: str, on: date
) -> tuple[tuple[_Preference, ...], tuple[tuple[str, KechoError], ...]]:
    """The agreements of a schedule that hold between its market and an origin on a day, and why the others do not."""
    market = schedule.layout.market
    columns: dict[str, dict[str, Column]] = {}
    for column in schedule.layout.columns:
        if column.agreement and (not column.origins or origin in column.origins):
            columns.setdefault(column.agreement, {})[column.kind] = column
    plans, closed = [], []
    for code, own in columns.items():
        agreement = agreements()[code]
        if agreement.member(origin) is None or agreement.member(market) is None:
            continue
        entry = agreement.entry(market, origin)
        if entry is None or agreement.state is not State.IN_FORCE:
            closed.append((code, KechoError("market_access.no_entry", agreement=code, importer=market, origin=origin)))
        elif on < entry:
            reason = KechoError("market_access.before_entry", agreement=code, entry=entry, on=on)
            closed.append((code, reason))
        else:
            plans.append(_Preference(agreement, own.get("preference"), own.get("base"), own.get("category")))
    return tuple(plans), tuple(closed)


# ---- the rate without preference


def _mfn(line: Line, origin: str, on: date, refused: list[tuple[str, KechoError]]) -> Offer | None:
    """The rate for all: the temporary rate in place of the statutory one, the bound rate where it is lower."""
    for source in line.sources:
        kinds = {one.kind: one for one in source.schedule.layout.columns if not one.agreement}
        national = kinds.get("temporary") if source.printed.get(_header(kinds.get("temporary"))) else None
        columns = [one for one in (national or kinds.get("statutory"), kinds.get("mfn")) if one]
        found: list[tuple[bool, Offer]] = []
        for column in columns:
            printed = source.printed.get(column.header, "")
            if not printed:
                continue
            try:
                choice = choose(printed, source.schedule.layout.notation, origin, on, in_quota=False)
            except KechoError as reason:
                refused.append(("MFN", reason))
                continue
            found.append((choice.is_bracketed, _general(source, column, printed, choice, on)))
        applied = [offer for is_bracketed, offer in found if not is_bracketed] or [offer for _, offer in found]
        if applied:
            return _lower(applied)
    return _base_as_mfn(line, on)


def _lower(applied: list[Offer]) -> Offer:
    """The lower of the national and the bound rate; where one is no plain percent, whichever comes out lower."""
    if all(one.percent is not None for one in applied):
        return min(applied, key=lambda one: one.percent or Fraction(0))
    if len(applied) == 1:
        return applied[0]
    return replace(
        applied[0],
        column=" / ".join(one.column for one in applied),
        printed=" / ".join(one.printed for one in applied),
        duty=Lowest(tuple(one.duty for one in applied)),
        percent=None,
    )


def _header(column: Column | None) -> str:
    return column.header if column else ""


def _general(source: Source, column: Column, printed: str, choice: Choice, on: date) -> Offer:
    schedule = source.schedule
    return Offer(
        kind="mfn",
        agreement="MFN",
        column=column.header,
        printed=printed,
        duty=choice.duty,
        percent=percent_of(choice.duty),
        source=column.source or schedule.source,
        is_verified=schedule.is_verified,
        remarks=(*choice.remarks, *_standing(schedule, on, False)),
        is_firm=not choice.is_quota_only,
    )


def _base_as_mfn(line: Line, on: date) -> Offer | None:
    for source in line.sources:
        column = next((one for one in source.schedule.layout.columns if one.kind == "base"), None)
        printed = source.printed.get(_header(column), "")
        if column and printed:
            choice = choose(printed, source.schedule.layout.notation, "", on, in_quota=False)
            offer = _general(source, column, printed, choice, on)
            return replace(offer, remarks=(remark("base_for_mfn", base=column.source), *offer.remarks))
    return None


# ---- measures beside the schedules


def _temporary(line: Line, origin: str, on: date) -> Offer | None:
    """The interim rate that takes the place of MFN while it is valid; of several the one that began last."""
    own = [one for one in line.measures if one.kind == "temporary" and line.code.startswith(one.hs)]
    valid = [one for one in own if one.holds(origin, on)]
    if not valid:
        return None
    measure = max(valid, key=lambda one: one.valid_from)
    return Offer(
        kind="mfn",
        agreement="MFN",
        column="temporary",
        printed=measure.printed,
        duty=measure.duty,
        percent=percent_of(measure.duty),
        source=measure.document,
        is_verified=measure.is_verified,
        remarks=_told(measure),
        measures=(measure,),
    )


def _with_measures(offer: Offer, line: Line, origin: str, on: date) -> Offer:
    """With every additional duty in force; a measure for a part of the line only is told, not reckoned."""
    valid = [one for one in line.measures if one.holds(origin, on)]
    partly = [one for one in valid if not line.code.startswith(one.hs)]
    added = [one for one in valid if one.kind != "temporary" and one not in partly]
    if not added and not partly:
        return offer
    duties = [offer.duty, *(one.duty for one in added)]
    percents = [percent_of(one) for one in duties]
    said = [remark("measure_part", hs=one.hs, rate=one.duty.text(), document=one.document) for one in partly]
    return replace(
        offer,
        duty=Sum(tuple(duties)) if added else offer.duty,
        percent=sum((one or Fraction(0) for one in percents), Fraction(0)) if None not in percents else None,
        is_verified=offer.is_verified and all(one.is_verified for one in added),
        remarks=(*offer.remarks, *said, *(text for one in added for text in _told(one))),
        measures=(*offer.measures, *added),
        before_measures=offer.percent,
    )


def _told(measure: MeasureFact) -> tuple[Remark, ...]:
    until = measure.valid_to.isoformat() if measure.valid_to else "…"
    values = {"rate": measure.duty.text(), "document": measure.document, "since": measure.valid_from, "until": until}
    said = [remark(measure.kind, **values)]
    if measure.is_fictional:
        said.append(remark("fictional_measure"))
    if not measure.is_verified:
        said.append(remark("measure_not_verified"))
    return tuple(said)


# ---- preferences


def _preference(line: Line, origin: str, on: date, found: list[tuple[Source, _Preference]], in_quota: bool) -> Offer:
    """The offer of one agreement, from its printed column and from its staging category, whichever are there."""
    agreement = found[0][1].agreement
    computed = _computed(line, origin, on, found)
    printed = next(((s, p.printed) for s, p in found if p.printed is not None), None)
    if printed is None or not printed[0].printed.get(_header(printed[1])):
        if computed is None:
            raise KechoError("market_access.not_printed")
        return replace(computed, remarks=(remark("computed"), *computed.remarks))
    source, column = printed
    assert column is not None
    cell = source.printed[column.header]
    choice = choose(cell, source.schedule.layout.notation, origin, on, in_quota=in_quota)
    offer = Offer(
        kind="preference",
        agreement=agreement.code,
        column=column.header,
        printed=cell,
        duty=choice.duty,
        percent=percent_of(choice.duty),
        source=column.source or source.schedule.source,
        is_verified=source.schedule.is_verified,
        proofs=agreement.proofs,
        remarks=(*choice.remarks, *_standing(source.schedule, on, True)),
        is_firm=not choice.is_quota_only,
    )
    offer = _with_staging(offer, computed)
    return _differential(offer, source, column, origin, on)


def _computed(line: Line, origin: str, on: date, found: list[tuple[Source, _Preference]]) -> Offer | None:
    """The rate that the staging category gives, or None where no category is known."""
    for source, plan in found:
        label = source.printed.get(_header(plan.category), "")
        base_text = source.printed.get(_header(plan.base), "")
        if not label or not base_text or plan.category is None:
            continue
        staging = plan.agreement.staging(line.market, origin, label)
        base = percent_of(choose(base_text, source.schedule.layout.notation, origin, on, in_quota=False).duty)
        if base is None:
            continue
        notes = plan.agreement.notes_for(line.market, origin)
        stage = staging.stage(on)
        is_inferred = "suy ra" in plan.category.source
        extra = (remark("inferred", label=label),) if is_inferred else ()
        rate = staging.rate(base, stage)
        return Offer(
            kind="preference",
            agreement=plan.agreement.code,
            column=plan.category.header,
            printed=f"{base_text} {label}",
            duty=AdValorem(rate),
            percent=rate,
            source=plan.category.source or source.schedule.source,
            is_verified=bool(notes and notes.is_verified) and not is_inferred,
            clause=notes.clause if notes else "",
            category=label,
            stage=stage,
            stages=staging.last_stage,
            rounding=_rounding(staging),
            base=base,
            computed=rate,
            path=staging.path(base),
            proofs=plan.agreement.proofs,
            remarks=(*extra, *_standing(source.schedule, on, False)),
        )
    return None


def _rounding(staging: Staging) -> str:
    return f"{staging.rounding.value} {plain(staging.step)}"


def _with_staging(offer: Offer, computed: Offer | None) -> Offer:
    """A printed rate outranks the computed one; the gap between them is shown."""
    if computed is None or computed.percent is None or offer.percent is None:
        return offer
    gap = offer.percent - computed.percent
    remarks = [one for one in computed.remarks if one.key == "inferred"]
    if gap:
        remarks.append(remark("gap", printed=plain(offer.percent), computed=plain(computed.percent)))
    return replace(
        offer,
        clause=computed.clause,
        category=computed.category,
        stage=computed.stage,
        stages=computed.stages,
        rounding=computed.rounding,
        base=computed.base,
        computed=computed.percent,
        gap=gap,
        path=computed.path,
        remarks=(*offer.remarks, *remarks),
    )


def _differential(offer: Offer, source: Source, column: Column, origin: str, on: date) -> Offer:
    """RCEP: where the partners' schedules differ, the rate depends on the RCEP country of origin."""
    if offer.agreement != "RCEP" or not column.origins or offer.percent is None:
        return offer
    highest = offer.percent
    for other in source.schedule.layout.columns:
        if other.agreement != "RCEP" or not other.origins or other is column:
            continue
        try:
            choice = choose(
                source.printed.get(other.header, ""),
                source.schedule.layout.notation,
                other.origins[0],
                on,
                in_quota=False,
            )
        except KechoError:
            return replace(offer, remarks=(*offer.remarks, _rcep(origin, "MFN")))
        highest = max(highest, percent_of(choice.duty) or Fraction(0))
    if highest > offer.percent:
        return replace(offer, remarks=(*offer.remarks, _rcep(origin, f"{plain(highest)} %")))
    return offer


def _rcep(origin: str, highest: str) -> Remark:
    return remark("rcep_differential", origin=origin, highest=highest)


def _beside_mfn(offer: Offer, mfn: Offer | None) -> Offer:
    """An older base can leave the staged rate above today's MFN; who claims it then pays more than needed."""
    if mfn is None or mfn.percent is None or offer.percent is None or offer.percent <= mfn.percent:
        return offer
    return replace(offer, is_inversion=True, remarks=(*offer.remarks, remark("inversion")))


@lru_cache(maxsize=10_000)
def _standing(schedule: ScheduleFact, on: date, is_preference: bool) -> tuple[Remark, ...]:
    """What is to be said of any rate of a schedule on a day."""
    remarks = []
    if schedule.is_sample:
        remarks.append(remark("sample"))
    if not schedule.is_verified:
        remarks.append(remark("not_verified"))
    if schedule.as_of and on < schedule.as_of and is_preference:
        cuts = [date(schedule.as_of.year, month, day) for month, day in schedule.layout.cut_days]
        if any(on < cut <= schedule.as_of for cut in cuts):
            remarks.append(remark("before_cut", as_of=schedule.as_of.isoformat()))
    elif schedule.as_of and on > schedule.as_of:
        remarks.append(remark("after_state", as_of=schedule.as_of.isoformat()))
    return tuple(remarks)
