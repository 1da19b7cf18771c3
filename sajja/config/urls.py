"""All addresses: each room's under its own name."""

from django.urls import include, path

from sajja.org.door import open_to_all
from sajja.web.health import healthz
from sajja.web.showcase import shelf

urlpatterns = [
    path("healthz", open_to_all(healthz), name="healthz"),
    path("shelf/", open_to_all(shelf), name="shelf"),
    path("", include("sajja.org.account_urls")),
    path("org/", include("sajja.org.urls")),
    path("groups/", include("sajja.groups.urls")),
    path("treasury/", include("sajja.treasury.urls")),
    path("programme/", include("sajja.programme.urls")),
    path("assessments/", include("sajja.assessments.urls")),
    path("plans/", include("sajja.plans.urls")),
    path("forums/", include("sajja.forums.urls")),
    path("budget/", include("sajja.budget.urls")),
    path("reports/", include("sajja.reports.urls")),
    path("followup/", include("sajja.followup.urls")),
    path("inbox/", include("sajja.inbox.urls")),
    path("kpi/", include("sajja.kpi.urls")),
    path("privacy/", include("sajja.privacy.urls")),
    path("", include("sajja.desk.urls")),
]

handler500 = "sajja.web.errors.broken"
