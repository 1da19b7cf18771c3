"""The addresses of the groups room."""

from django.urls import path

from sajja.groups.views import group, imports, register

app_name = "groups"
urlpatterns = [
    path("", register.register, name="register"),
    path("register.xlsx", register.register_sheet, name="register_sheet"),
    path("new/", register.new, name="new"),
    path("new/<int:unit>/", register.new_in, name="new_in"),
    path("imports/", imports.imports, name="imports"),
    path("imports/template.xlsx", imports.import_template, name="import_template"),
    path("imports/<int:sheet>/", imports.import_, name="import"),
    path("imports/<int:sheet>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:sheet>/wrong.xlsx", imports.import_wrong, name="import_wrong"),
    path("imports/<int:sheet>/drop/", imports.import_drop, name="import_drop"),
    path("committee/<int:elected>/end/", group.elected_end, name="elected_end"),
    path("<int:group>/", group.group, name="group"),
    path("<int:group>/history/", group.history, name="history"),
    path("<int:group>/change/", group.change, name="change"),
    path("<int:group>/level/", group.level, name="level"),
    path("<int:group>/centre/", group.centre, name="centre"),
    path("<int:group>/centre/withdraw/", group.centre_withdraw, name="centre_withdraw"),
    path("<int:group>/regulation/", group.regulation, name="regulation"),
    path("<int:group>/committee/", group.committee, name="committee"),
    path("<int:group>/regulation/withdraw/", group.regulation_withdraw, name="regulation_withdraw"),
    path("<int:group>/committee/withdraw/", group.committee_withdraw, name="committee_withdraw"),
    path("levels/<int:level>/withdraw/", group.level_withdraw, name="level_withdraw"),
    path("<int:group>/appropriation/", group.appropriation, name="appropriation"),
    path("<int:group>/close/", group.close, name="close"),
    path("<int:group>/reopen/", group.reopen, name="reopen"),
]
