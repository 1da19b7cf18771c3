"""The addresses of the desk: one's home, one's account, the search, a group's page, a member's page."""

from django.urls import path

from sajja.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("trail/", views.trail, name="trail"),
    path("trail/sheet/", views.trail_sheet, name="trail_sheet"),
    path("trail/seals/", views.seals, name="seals"),
    path("account/", views.account, name="account"),
    path("group/<int:group>/", views.group, name="group"),
    path("member/<int:member>/", views.member, name="member"),
]
