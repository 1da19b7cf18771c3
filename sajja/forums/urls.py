"""The addresses of the forums room."""

from django.urls import path

from sajja.forums.views import attendance, calendar, forum, papers, photos, planning, printing

app_name = "forums"
urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("plan/<int:selected>/", planning.plan, name="plan"),
    path("plan/<int:selected>/warnings/", planning.warned, name="warned"),
    path("calendar.xlsx", calendar.sheet, name="calendar_sheet"),
    path("reports/<int:year>/<int:unit>/", printing.reports, name="all_reports"),
    path("reports/<int:year>/<int:unit>/reports.zip", printing.reports_zip, name="reports_zip"),
    path("<int:forum>/", forum.forum, name="forum"),
    path("<int:forum>/replan/", planning.replan, name="replan"),
    path("<int:forum>/postpone/", planning.postpone, name="postpone"),
    path("<int:forum>/cancel/", planning.cancel, name="cancel"),
    path("<int:forum>/finish/", forum.finish, name="finish"),
    path("<int:forum>/reopen/", planning.reopen, name="reopen"),
    path("<int:forum>/step/", forum.step, name="step"),
    path("<int:forum>/step/undo/", forum.undo_step, name="undo_step"),
    path("<int:forum>/bookkeeping/", forum.bookkeeping, name="bookkeeping"),
    path("<int:forum>/attendance/", attendance.attendance, name="attendance"),
    path("<int:forum>/sheet/", attendance.sheet, name="sheet"),
    path("<int:forum>/memo.pdf", papers.memo, name="memo_pdf"),
    path("<int:forum>/assignment.pdf", papers.assignment, name="assignment_pdf"),
    path("<int:forum>/invitation.pdf", papers.invitation, name="invitation_pdf"),
    path("<int:forum>/sign-in.pdf", papers.sign_in, name="sign_in_pdf"),
    path("<int:forum>/report.pdf", papers.report, name="report_pdf"),
    path("<int:forum>/photos/", photos.photos, name="photos"),
    path("photos/<int:photo>/", photos.photo, name="photo"),
    path("photos/<int:photo>/describe/", photos.describe_photo, name="describe_photo"),
    path("photos/<int:photo>/remove/", photos.remove_photo, name="remove_photo"),
]
