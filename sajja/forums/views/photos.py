"""The forum's pictures: added from a phone, described, taken out, shown."""

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.forums import actions, queries
from sajja.forums.forms import DescribeForm, PhotosForm, ReasonForm
from sajja.forums.models import Forum, Photo
from sajja.forums.seals import seal_of
from sajja.forums.views.found import act_page, address, found
from sajja.forums.words import short_titles
from sajja.lib.refusals import Refused
from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.programme.queries import terms_of
from sajja.programme.terms import Terms
from sajja.web import pictures
from sajja.web.pictures import Kept

A_YEAR = 31_536_000
PHOTOS = Photo.objects.select_related("forum__selected__group__unit__parent", "forum__selected__year", "forum__revision", "by")


@guarded(P.RUN_FORUM)
def photos(request: Request, forum: int) -> HttpResponse:
    """Add pictures, several at once; below, those that are there."""
    one = found(request, P.RUN_FORUM, forum)
    terms = terms_of(one.revision)
    form = PhotosForm(terms, request.POST or None, request.FILES or None, initial={"step": request.GET.get("step", "")})
    kept = kept_of(form) if request.method == "POST" else []
    return act_page(
        request,
        "forums/photos.html",
        one,
        form,
        lambda: actions.add_photos(
            by=request.user, forum=one, kept=kept, step=form.cleaned_data["step"], caption=caption_of(form, terms)
        ),
        _("เพิ่มรูปแล้ว"),
        reverse("forums:photos", args=[one.pk]),
        photos=queries.pictures(one),
        sealed=seal_of(one),
        terms=terms,
    )


def kept_of(form: PhotosForm) -> list[Kept]:
    """The pictures of a good form as files, before anything is committed; a picture that cannot be used is named."""
    if not form.is_valid():
        return []
    kept = []
    for upload in form.uploads():
        try:
            kept.append(pictures.keep(upload))
        except Refused as refusal:
            form.add_error("pictures", f"{upload.name}: {refusal}")
    return kept


def caption_of(form: PhotosForm, terms: Terms) -> str:
    """What was typed, or else the title of the step."""
    given = form.cleaned_data
    return str(given["caption"] or short_titles(terms).get(given["step"], _("บรรยากาศเวที")))


@guarded(P.SEE_FORUMS)
def photo(request: Request, photo: int) -> FileResponse:
    """The picture itself; its name is its content, so the browser of whoever may see it keeps it."""
    one = find(request, P.SEE_FORUMS, PHOTOS, pk=photo)
    if one.removed_at:
        raise Http404
    try:
        answer = FileResponse(pictures.path_of(one.sha256).open("rb"), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    answer["ETag"] = f'"{one.sha256}"'
    return answer


@guarded(P.RUN_FORUM)
def describe_photo(request: Request, photo: int) -> HttpResponse:
    """Change the caption and the step of one picture."""
    one = _standing(request, photo)
    form = DescribeForm(terms_of(one.forum.revision), request.POST or None, initial={"step": one.step, "caption": one.caption})
    return act_page(
        request,
        "forums/describe_photo.html",
        one.forum,
        form,
        lambda: actions.describe_photo(by=request.user, photo=one, **form.cleaned_data),
        _("แก้คำบรรยายแล้ว"),
        _list(one.forum),
        photo=one,
    )


@guarded(P.RUN_FORUM)
def remove_photo(request: Request, photo: int) -> HttpResponse:
    """Take a picture out, with a reason."""
    one = _standing(request, photo)
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        "forums/remove_photo.html",
        one.forum,
        form,
        lambda: actions.remove_photo(by=request.user, photo=one, **form.cleaned_data),
        _("เอารูปออกแล้ว"),
        _list(one.forum),
        photo=one,
    )


def _standing(request: Request, photo: int) -> Photo:
    """The picture; one that was taken out is no more to be changed."""
    one = find(request, P.RUN_FORUM, PHOTOS, pk=photo)
    if one.removed_at and request.method == "GET":
        raise Http404
    return one


def _list(forum: Forum) -> str:
    return reverse("forums:photos", args=[forum.pk]) if forum.is_open else address(forum)
