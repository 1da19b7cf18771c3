"""The addresses of the follow-up room."""

from django.urls import path

from sajja.followup.views import findings, lists, planning, visits, zones

app_name = "followup"
urlpatterns = [
    path("", lists.home, name="home"),
    path("zones/", zones.posts, name="posts"),
    path("zones/sheet/", zones.posts_sheet, name="posts_sheet"),
    path("zones/<int:unit>/assign/", zones.assign, name="assign"),
    path("zones/posts/<int:post>/end/", zones.end, name="end_post"),
    path("<int:year>/<int:unit>/", lists.unit, name="unit"),
    path("<int:year>/<int:unit>/sheet/", lists.sheet, name="sheet"),
    path("<int:year>/<int:unit>/visits/", lists.visits, name="visits"),
    path("<int:year>/<int:unit>/visits/sheet/", lists.visits_sheet, name="visits_sheet"),
    path("<int:year>/<int:unit>/findings/", lists.findings, name="findings"),
    path("<int:year>/<int:unit>/findings/sheet/", lists.findings_sheet, name="findings_sheet"),
    path("<int:year>/<int:unit>/suggest/", planning.suggest, name="suggest"),
    path("<int:year>/<int:unit>/suggest/sheet/", planning.suggest_sheet, name="suggest_sheet"),
    path("<int:year>/<int:unit>/plan/", planning.plan, name="plan"),
    path("visits/<int:visit>/", visits.visit, name="visit"),
    path("visits/<int:visit>/move/", visits.move, name="move"),
    path("visits/<int:visit>/made/", visits.made, name="made"),
    path("visits/<int:visit>/cancel/", visits.cancel, name="cancel"),
    path("visits/<int:visit>/paper/", visits.paper, name="paper"),
    path("visits/<int:visit>/photos/", visits.photos, name="photos"),
    path("photos/<int:photo>/", visits.photo, name="photo"),
    path("photos/<int:photo>/remove/", visits.remove_photo, name="remove_photo"),
    path("visits/<int:visit>/findings/new/", findings.new, name="new"),
    path("findings/<int:finding>/", findings.finding, name="finding"),
    path("findings/<int:finding>/answer/", findings.answer, name="answer"),
    path("findings/<int:finding>/accept/", findings.accept, name="accept"),
    path("findings/<int:finding>/send-back/", findings.send_back, name="send_back"),
    path("findings/<int:finding>/withdraw/", findings.withdraw, name="withdraw"),
    path("evidence/<int:photo>/", findings.evidence, name="evidence"),
]
