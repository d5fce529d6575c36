"""Units, the people in them, and the roles they hold, each somewhere and for a time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kecho.people.actors import Role, Scope, ScopeKind

# Roles that a person can be given: visitors have the first without an account, work that nobody started the last.
GIVEN_ROLES = tuple(role for role in Role if role not in (Role.PUBLIC, Role.SYSTEM))

user_name_rule = RegexValidator(r"^[a-z0-9][a-z0-9._-]{1,59}\Z")
unit_code_rule = RegexValidator(r"^[a-z0-9][a-z0-9-]{0,39}\Z")


class Unit(models.Model):
    """A unit of the department (phòng, trung tâm, chi cục) or the department itself. Units form a tree."""

    code = models.CharField(max_length=40, unique=True, validators=[unit_code_rule])
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="people_unit_is_not_its_own_parent")]

    def __str__(self) -> str:
        return self.name_vi

    def name(self, lang: str) -> str:
        """In the page's language; the Vietnamese name where no English one was given."""
        return (self.name_en if lang == "en" else "") or self.name_vi


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by ``people.actions``; Django and allauth look them up here."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """User names are kept in lower case."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who can sign in. Never deleted: the audit trail names them; disabled instead."""

    username = models.CharField(max_length=60, unique=True, validators=[user_name_rule])
    full_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="people_account_one_per_email"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    def get_full_name(self) -> str:
        """For libraries that ask."""
        return self.full_name


class Assignment(models.Model):
    """A role held by a person, somewhere, from a day on and until a day (that day no longer).

    Ended, never deleted: who held which role on a past day stays readable.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40, choices=[(role.value, role.value) for role in GIVEN_ROLES])
    scope_kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in ScopeKind])
    scope_code = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["account", "role", "scope_kind", "scope_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "scope_kind", "scope_code", "valid_from"], name="people_assignment_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="people_assignment_days"
            ),
            models.CheckConstraint(
                condition=(Q(scope_kind="everywhere") & Q(scope_code=""))
                | (~Q(scope_kind="everywhere") & ~Q(scope_code="")),
                name="people_assignment_scope",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in GIVEN_ROLES]), name="people_assignment_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account.username}: {self.role} @ {self.scope}"

    @property
    def scope(self) -> Scope:
        """Where the role is held."""
        return Scope(ScopeKind(self.scope_kind), self.scope_code)

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on this day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
