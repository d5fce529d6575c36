"""Addresses of single sign-on: the same in both languages, since the other server knows them by heart."""

from allauth.socialaccount.providers.openid_connect import views
from django.urls import URLPattern, path

urlpatterns: list[URLPattern] = [
    path("<str:provider_id>/login/", views.login, name="openid_connect_login"),
    path("<str:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
]
