"""All addresses: each room's under its own name."""

from allauth.account.views import LogoutView, SignupView
from django.urls import include, path

from sajja.org.door import open_to_all
from sajja.org.views import sign_in
from sajja.web.health import healthz
from sajja.web.showcase import shelf

urlpatterns = [
    path("healthz", open_to_all(healthz), name="healthz"),
    path("shelf/", open_to_all(shelf), name="shelf"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-up/", open_to_all(SignupView.as_view()), name="account_signup"),
    path("sign-out/", open_to_all(LogoutView.as_view()), name="account_logout"),
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
    path("", include("sajja.desk.urls")),
]

handler500 = "sajja.web.errors.broken"
