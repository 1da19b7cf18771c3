"""The addresses of the inbox: everybody's own. `message` is a message's key."""

from django.urls import path

from sajja.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.inbox, name="messages"),
    path("read/", views.read_all, name="read_all"),
    path("mail/", views.mail, name="mail"),
    path("<int:message>/", views.message, name="message"),
]
