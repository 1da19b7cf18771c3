"""Finding places by any part of their name."""

from django.db.models import Q

from sajja.groups.queries import PLACE_WORDS
from sajja.org.door import ranges, within
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES

KINDS = (Kind.ZONE, Kind.PROVINCE, Kind.DISTRICT, Kind.SUBDISTRICT)
MOST = 12


def places(person: Person, text: str) -> list[Unit]:
    """The zones, provinces, districts and subdistricts of the person's units one of whose words is in the text, those so named first,
    then the widest."""
    asked = Q(pk__in=[])
    for word in text.split():
        bare = PLACE_WORDS.sub("", word)
        if bare:
            asked |= Q(name__contains=bare)
    reach = [span for post in person.posts_today if P.SEE_PLACES in ROLES[post.role].may for span in ranges(post)]
    found = Unit.objects.filter(asked, within("path", reach), kind__in=KINDS, active=True)
    words = {PLACE_WORDS.sub("", word) for word in text.split()}
    return sorted(found, key=lambda unit: (unit.name not in words, len(unit.path), unit.sort_key))[:MOST]
