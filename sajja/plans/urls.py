"""The addresses of the plans room."""

from django.urls import path

from sajja.plans.views import lines, plan, signing

app_name = "plans"
urlpatterns = [
    path("of/<int:selected>/", plan.plan, name="plan"),
    path("of/<int:selected>/draft/", plan.draft, name="draft"),
    path("<int:plan>/bring-in/", plan.bring_in, name="bring_in"),
    path("<int:plan>/paper/", plan.paper, name="paper"),
    path("<int:plan>/plan.pdf", plan.paper_pdf, name="paper_pdf"),
    path("<int:plan>/history/", plan.history, name="history"),
    path("<int:plan>/lines/new/", lines.add, name="add"),
    path("lines/<int:line>/change/", lines.change, name="change"),
    path("lines/<int:line>/move/", lines.move, name="move"),
    path("lines/<int:line>/merge/", lines.merge, name="merge"),
    path("lines/<int:line>/split/", lines.split, name="split"),
    path("lines/<int:line>/remove/", lines.remove, name="remove"),
    path("lines/<int:line>/done/", signing.done, name="done"),
    path("lines/<int:line>/undone/", signing.undone, name="undone"),
    path("lines/<int:line>/evidence/", signing.evidence, name="evidence"),
    path("evidence/<int:photo>/", signing.picture, name="picture"),
    path("<int:plan>/sign/chair/", signing.sign_chair, name="sign_chair"),
    path("<int:plan>/sign/paper/", signing.sign_paper, name="sign_paper"),
    path("<int:plan>/sign/head/", signing.sign_head, name="sign_head"),
    path("<int:plan>/withdraw/", signing.withdraw, name="withdraw"),
]
