"""Use of trade preferences: coverage, utilisation, utility, and money realised and foregone.

With M the value of imports: coverage C = M_eligible / M_dutiable, utilisation U = M_used / M_eligible, utility = C·U.
A good is eligible where its MFN rate is above zero and a preference below it; where MFN is zero no preference is
needed, and that is not "unused". Savings realised Σ (t_MFN - t_pref)·M_used, foregone Σ (t_MFN - t_pref)·(M_eligible -
M_used). Sources: WTO Committee on Rules of Origin, modalities for calculation; Kasteng and Inama (2018), UNCTAD and
European Commission.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Use:
    """Values in one currency. ``dutiable`` = ``eligible`` + goods with duty and no preference."""

    dutiable: Decimal
    eligible: Decimal
    used: Decimal
    realised: Decimal
    foregone: Decimal

    @property
    def coverage(self) -> Decimal | None:
        """Share of dutiable goods that an agreement covers, in percent; None without dutiable goods."""
        return _percent(self.eligible, self.dutiable)

    @property
    def utilisation(self) -> Decimal | None:
        """Share of eligible goods that used it, in percent; None without eligible goods."""
        return _percent(self.used, self.eligible)

    @property
    def utility(self) -> Decimal | None:
        """Share of dutiable goods that used a preference, in percent.

        >>> use = Use(Decimal(200), Decimal(150), Decimal(90), Decimal(9), Decimal(6))
        >>> use.coverage, use.utilisation, use.utility
        (Decimal('75.00'), Decimal('60.0'), Decimal('45.00'))
        """
        return _percent(self.used, self.dutiable)


def certificate_rate(certified: Decimal, exports: Decimal) -> Decimal | None:
    """The rate Viet Nam publishes: value with a certificate of origin over all exports to partners, in percent.

    It cannot tell unused from needless: goods free under MFN stay in the denominator.

    >>> round(certificate_rate(Decimal("78.3"), Decimal("232.97")), 2)
    Decimal('33.61')
    """
    return _percent(certified, exports)


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole * 100 if whole else None
