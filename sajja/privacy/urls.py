"""The addresses of the privacy room."""

from django.urls import path

from sajja.privacy.views import breaches, notice

app_name = "privacy"
urlpatterns = [
    path("", notice.notice, name="notice"),
    path("register/", notice.register, name="register"),
    path("register.xlsx", notice.register_sheet, name="register_sheet"),
    path("breaches/", breaches.breaches, name="breaches"),
    path("breaches/new/", breaches.new, name="new_breach"),
    path("breaches/<int:breach>/", breaches.breach, name="breach"),
    path("breaches/<int:breach>/letter.pdf", breaches.letter, name="breach_letter"),
    path("breaches/<int:breach>/note/", breaches.note, name="note_breach"),
    path("breaches/<int:breach>/office/", breaches.office, name="tell_office"),
    path("breaches/<int:breach>/people/", breaches.people, name="tell_people"),
    path("breaches/<int:breach>/close/", breaches.close, name="close_breach"),
]
