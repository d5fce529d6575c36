"""Addresses of sign-in. Names are those by which allauth finds its own pages."""

from allauth.account import views as account
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

urlpatterns: list[URLPattern] = [
    path(_("dang-nhap/"), account.login, name="account_login"),
    path(_("dang-xuat/"), account.logout, name="account_logout"),
    path(_("tai-khoan-da-khoa/"), account.account_inactive, name="account_inactive"),
]
