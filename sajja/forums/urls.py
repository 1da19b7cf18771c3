"""The addresses of the forums room."""

from django.urls import path

from sajja.forums.views import attendance, forum, planning

app_name = "forums"
urlpatterns = [
    path("", planning.calendar, name="calendar"),
    path("plan/<int:selected>/", planning.plan, name="plan"),
    path("<int:forum>/", forum.forum, name="forum"),
    path("<int:forum>/replan/", planning.replan, name="replan"),
    path("<int:forum>/postpone/", planning.postpone, name="postpone"),
    path("<int:forum>/cancel/", planning.cancel, name="cancel"),
    path("<int:forum>/steps/<str:step>/", forum.step, name="step"),
    path("<int:forum>/bookkeeping/", forum.bookkeeping, name="bookkeeping"),
    path("<int:forum>/attendance/", attendance.attendance, name="attendance"),
    path("<int:forum>/sheet/", attendance.sheet, name="sheet"),
    path("<int:forum>/photos/add/", forum.add_photo, name="add_photo"),
    path("photos/<int:photo>/", forum.photo, name="photo"),
    path("photos/<int:photo>/remove/", forum.remove_photo, name="remove_photo"),
    path("<int:forum>/finish/", forum.finish, name="finish"),
]
