"""Addresses of sign-in, of one's own account and of the administrator; names by which allauth finds its own pages."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kecho.access.views import account, password_link, people, tokens, trail, units
from kecho.pages import converters  # noqa: F401  # registers <number:>

urlpatterns: list[URLPattern] = [
    path(_("dang-nhap/"), account_views.login, name="account_login"),
    path(_("dang-nhap/ma-xac-thuc/"), factor.authenticate, name="mfa_authenticate"),
    path(_("dang-xuat/"), account_views.logout, name="account_logout"),
    path(_("tai-khoan-da-khoa/"), account_views.account_inactive, name="account_inactive"),
    path(_("dat-mat-khau/<str:who>/<str:token>/"), password_link.show, name="password-link"),
    path(_("tai-khoan/"), account.show, name="account"),
    path(_("tai-khoan/mat-khau/"), account_views.password_change, name="account_change_password"),
    path(_("tai-khoan/xac-nhan/"), account_views.reauthenticate, name="account_reauthenticate"),
    path(_("tai-khoan/xac-nhan-bang-ma/"), factor.reauthenticate, name="mfa_reauthenticate"),
    path(_("tai-khoan/xac-thuc/"), account.second_factor_page, name="mfa_index"),
    path(_("tai-khoan/xac-thuc/bat/"), totp.activate_totp, name="mfa_activate_totp"),
    path(_("tai-khoan/xac-thuc/tat/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(_("tai-khoan/ma-du-phong/"), recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(_("tai-khoan/ma-du-phong/tao/"), recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(_("tai-khoan/phien/"), account.sessions, name="usersessions_list"),
    path(_("tai-khoan/ma-truy-cap/"), tokens.index, name="tokens"),
    path(_("tai-khoan/ma-truy-cap/<number:pk>/thu-hoi/"), tokens.revoke, name="token-revoke"),
    path(_("quan-tri/nguoi-dung/"), people.index, name="people"),
    path(_("quan-tri/nguoi-dung/moi/"), people.new, name="person-new"),
    path(_("quan-tri/nguoi-dung/<number:pk>/"), people.show, name="person"),
    path(_("quan-tri/nguoi-dung/<number:pk>/vai-tro/"), people.grant, name="person-grant"),
    path(_("quan-tri/nguoi-dung/<number:pk>/vai-tro/<number:number>/"), people.end_role, name="person-role"),
    path(_("quan-tri/nguoi-dung/<number:pk>/viec/<slug:name>/"), people.deed, name="person-deed"),
    path(_("quan-tri/don-vi/"), units.index, name="units"),
    path(_("quan-tri/don-vi/<number:pk>/"), units.show, name="unit"),
    path(_("quan-tri/vai-tro/"), units.roles, name="roles"),
    path(_("quan-tri/nhat-ky/"), trail.index, name="trail"),
    path(_("quan-tri/nhat-ky/tai-ve/<slug:form>/"), trail.download, name="trail-download"),
]
