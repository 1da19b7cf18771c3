"""The one door: what a person may do where, from the posts held today.

Outside your units a thing does not exist (404). Inside them, what your posts do not allow is refused (403).
"""

from collections.abc import Callable, Iterable
from functools import reduce, wraps
from operator import or_
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from sajja.org.models import Kind, Person, Post, Unit, ZoneProvince
from sajja.org.roles import ROLES
from sajja.web import clock

PathRange = tuple[str, str]
SECOND_FACTORS = ("totp", "webauthn")
HIGH = {Kind.PROVINCE, Kind.ZONE, Kind.DEPARTMENT}
AFTER = "zz"  # comes after every digit and every zone path, under every collation
Given = ParamSpec("Given")
Thing = TypeVar("Thing", bound=Model)


class Request(HttpRequest):
    """A request of someone who has signed in."""

    user: Person


class Guarded(Protocol):
    """A view that says who may open it."""

    guard: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


View = Callable[Concatenate[Request, Given], HttpResponseBase]


def guarded(permission: str) -> Callable[[View[Given]], Guarded]:
    """A view for people one of whose posts holds the permission; the view finds its thing by `find` or `scoped`."""

    def guard(view: View[Given]) -> Guarded:
        @wraps(view)
        def through_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if lacks_second_factor(request.user):
                return redirect("mfa_index")
            if not holds(request.user, permission):
                raise PermissionDenied
            return view(cast(Request, request), *args, **kwargs)

        return _marked(through_the_door, permission)

    return guard


def signed_in(view: View[Given]) -> Guarded:
    """A view of one's own: everyone who has signed in has it."""

    @wraps(view)
    def through_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if lacks_second_factor(request.user):
            return redirect("mfa_index")
        return view(cast(Request, request), *args, **kwargs)

    return _marked(through_the_door, "signed_in")


def own_account(view: Callable[..., Any]) -> Guarded:
    """A view of one's own account: open even while a second factor that the post asks for is still lacking."""

    @wraps(view)
    def through_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return cast(HttpResponseBase, view(request, *args, **kwargs))

    return _marked(through_the_door, "signed_in")


def needs_second_factor(person: Person) -> bool:
    """Whether a post of today asks for one: those of the province and above, where the settings force it."""
    return settings.SECOND_FACTOR_FORCED and any(ROLES[post.role].kind in HIGH for post in person.posts_today)


def lacks_second_factor(person: Person) -> bool:
    """Whether a second factor is asked for and none is set."""
    return needs_second_factor(person) and not has_second_factor(person)


def has_second_factor(person: Person) -> bool:
    """Whether an app with codes or a passkey is set."""
    return bool(cast(Any, person).authenticator_set.filter(type__in=SECOND_FACTORS).exists())


def open_to_all(view: Callable[..., Any]) -> Guarded:
    """A view that anyone may open: the sign-in, the health of the program."""
    return _marked(view, "open_to_all")


def _marked(view: Callable[..., Any], guard: str) -> Guarded:
    view.guard = guard  # type: ignore[attr-defined]
    return cast(Guarded, view)


def holds(person: Person, permission: str, unit: Unit | None = None) -> bool:
    """Whether a post of today holds the permission, at all or over that unit."""
    return any(unit is None or _covers(ranges(post), unit.path) for post in _posts(person, permission))


def require(person: Person, permission: str, unit: Unit) -> None:
    """Stop here unless the person may do this at this unit.

    Raises Http404 where none of the person's posts covers the unit, PermissionDenied where one does and may not.
    """
    _require_path(person, permission, unit.path)


def find(request: Request, permission: str, queryset: QuerySet[Thing], **lookup: Any) -> Thing:
    """The one thing that this person may do this with; Http404 outside the person's units or where it is not."""
    found = queryset.filter(**lookup).first()
    if found is None:
        raise Http404
    _require_path(request.user, permission, _path_of(found))
    return found


def scoped(person: Person, permission: str, queryset: QuerySet[Thing]) -> QuerySet[Thing]:
    """Of these things only those under the units where the person holds the permission."""
    field = cast(Any, queryset.model).PATH_FIELD
    allowed = [path_range for post in _posts(person, permission) for path_range in ranges(post)]
    return queryset.filter(within(field, allowed)) if allowed else queryset.none()


def within(field: str, path_ranges: Iterable[PathRange]) -> Q:
    """The condition that a path lies in one of the ranges."""
    return reduce(or_, (Q(**{f"{field}__gte": low, f"{field}__lt": high}) for low, high in path_ranges), Q(pk__in=[]))


def ranges(post: Post) -> list[PathRange]:
    """The path ranges that a post covers today."""
    return ranges_of(post.unit)


def ranges_of(unit: Unit) -> list[PathRange]:
    """The path ranges under a unit; a zone's are its provinces on the business day, and itself."""
    if unit.kind == Kind.DEPARTMENT:
        return [("", AFTER)]
    if unit.kind != Kind.ZONE:
        return [(unit.path, unit.path + AFTER)]
    today = clock.today()
    provinces = ZoneProvince.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), zone=unit, starts__lte=today)
    return [
        (unit.path, unit.path + AFTER),
        *((path, path + AFTER) for path in provinces.values_list("province__path", flat=True)),
    ]


def _posts(person: Person, permission: str) -> list[Post]:
    return [post for post in person.posts_today if permission in ROLES[post.role].may]


def _covers(path_ranges: Iterable[PathRange], path: str) -> bool:
    return any(low <= path < high for low, high in path_ranges)


def _require_path(person: Person, permission: str, path: str) -> None:
    covering = [post for post in person.posts_today if _covers(ranges(post), path)]
    if not covering:
        raise Http404
    if not any(permission in ROLES[post.role].may for post in covering):
        raise PermissionDenied


def _path_of(thing: Model) -> str:
    found: Any = thing
    for part in cast(Any, thing).PATH_FIELD.split("__"):
        found = getattr(found, part)
    return str(found)
