"""The addresses of the org room."""

from django.urls import path

from sajja.org import views

app_name = "org"
urlpatterns = [
    path("<int:unit>/villages/", views.villages, name="villages"),
    path("<int:unit>/villages/new/", views.village_new, name="village_new"),
    path("<int:unit>/people/", views.people, name="people"),
    path("<int:unit>/invitations/", views.invitations, name="invitations"),
    path("<int:unit>/invite/", views.invite, name="invite"),
    path("invitations/<int:invitation>/", views.invitation, name="invitation"),
    path("invited/<str:invited>/", views.invited, name="invited"),
    path("papers/<str:paper>/", views.paper, name="paper"),
    path("zones/", views.zones, name="zones"),
    path("password/", views.password, name="password"),
    path("sessions/", views.sessions, name="sessions"),
    path("try/<int:person>/", views.try_as, name="try_as"),
]
