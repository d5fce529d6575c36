"""Forms of the administrator's pages and of tokens. They only carry words; the actions check them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kecho.kernel import localities
from kecho.people.actors import ScopeKind
from kecho.people.models import ApiToken, Unit
from kecho.people.models.accounts import GIVEN_ROLES
from kecho.people.wording import role_name

SCOPE_WORDS = {
    ScopeKind.EVERYWHERE: _("Mọi nơi"),
    ScopeKind.LOCALITY: _("Một địa phương và các cấp dưới"),
    ScopeKind.UNIT: _("Một đơn vị và các đơn vị dưới"),
    ScopeKind.ENTERPRISE: _("Một doanh nghiệp"),
}


def _day_field(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class PersonForm(forms.Form):
    """Who somebody is. The user name is given once, with a new account."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm, gạch nối; không đổi được về sau."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    email = forms.CharField(label=_("Thư điện tử"), required=False, max_length=254)
    unit = forms.ModelChoiceField(
        Unit.objects.filter(is_active=True), label=_("Đơn vị"), required=False, empty_label=_("– không –")
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["username"]


class GrantForm(forms.Form):
    """A role, where, and for how long."""

    role = forms.ChoiceField(label=_("Vai trò"))
    scope_kind = forms.ChoiceField(label=_("Phạm vi"), choices=list(SCOPE_WORDS.items()))
    scope_code = forms.CharField(
        label=_("Mã của phạm vi"),
        help_text=_("Mã địa phương (VN-HN), mã đơn vị hoặc mã doanh nghiệp; để trống khi phạm vi là mọi nơi."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "pham-vi", "autocomplete": "off"}),
    )
    valid_from = _day_field(_("Từ ngày"), _("Để trống: từ hôm nay."))
    valid_to = _day_field(_("Đến trước ngày"), _("Để trống: không hẹn ngày kết thúc."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = "en" if get_language() == "en" else "vi"
        self.fields["role"].choices = [(role.value, role_name(role, lang)) for role in GIVEN_ROLES]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why; kept in the audit trail."""

    reason = forms.CharField(
        label=_("Lý do"), help_text=_("Được ghi vào nhật ký hệ thống."), required=False, max_length=500
    )


class UnitForm(forms.Form):
    """A unit's code, names and the unit above."""

    code = forms.CharField(
        label=_("Mã đơn vị"), help_text=_("Ví dụ phong-ke-hoach; không đổi được về sau."), max_length=40
    )
    name_vi = forms.CharField(label=_("Tên tiếng Việt"), max_length=200)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), required=False, max_length=200)
    parent = forms.ModelChoiceField(
        Unit.objects.all(), label=_("Đơn vị cấp trên"), required=False, empty_label=_("– không –")
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]


class TokenForm(forms.Form):
    """A token's name, reach and life."""

    name = forms.CharField(label=_("Dùng cho việc gì"), help_text=_("Ví dụ: sổ tay R của phòng."), max_length=100)
    reach = forms.ChoiceField(
        label=_("Quyền"),
        choices=[(ApiToken.Reach.READ.value, _("Chỉ đọc")), (ApiToken.Reach.WRITE.value, _("Đọc và ghi"))],
    )
    days = forms.IntegerField(label=_("Số ngày hiệu lực"), initial=90, min_value=1, max_value=366)


class TrailForm(forms.Form):
    """What is looked for in the audit trail."""

    who = forms.CharField(label=_("Người thực hiện"), required=False, max_length=200)
    action = forms.CharField(label=_("Việc"), required=False, max_length=100)
    target = forms.CharField(label=_("Đối tượng"), required=False, max_length=200)
    since = _day_field(_("Từ ngày"))
    until = _day_field(_("Đến hết ngày"))


def scope_choices(lang: str) -> list[tuple[str, str]]:
    """Codes of the country, its provinces and the units in use, each with its name: what the scope field proposes."""
    places = [localities.get(localities.COUNTRY), *localities.children(localities.COUNTRY)]
    units = Unit.objects.filter(is_active=True)
    return [*((one.code, one.name(lang)) for one in places), *((one.code, one.name(lang)) for one in units)]
