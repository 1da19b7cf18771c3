"""The addresses of the assessments room."""

from django.urls import path

from sajja.assessments.views import assessing, instruments, listing, results

app_name = "assessments"
urlpatterns = [
    path("", listing.assessments, name="assessments"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/load/", instruments.load, name="load"),
    path("versions/<int:version>/", instruments.version, name="version"),
    path("versions/<int:version>/blank.pdf", instruments.blank_pdf, name="blank_pdf"),
    path("versions/<int:version>/file/", instruments.version_file, name="version_file"),
    path("versions/<int:version>/publish/", instruments.publish, name="publish"),
    path("versions/<int:version>/retire/", instruments.retire, name="retire"),
    path("of/<int:selected>/", assessing.of_group, name="of_group"),
    path("of/<int:selected>/start/", assessing.start, name="start"),
    path("<int:assessment>/", assessing.answer, name="answer"),
    path("<int:assessment>/save/", assessing.save_one, name="save_one"),
    path("<int:assessment>/evidence/", assessing.evidence, name="evidence"),
    path("evidence/<int:photo>/", assessing.picture, name="picture"),
    path("<int:assessment>/overview/", results.overview, name="overview"),
    path("<int:assessment>/confirm/", results.confirm, name="confirm"),
    path("<int:assessment>/result/", results.result, name="result"),
    path("<int:assessment>/result.pdf", results.result_pdf, name="result_pdf"),
    path("<int:assessment>/aloud/", results.aloud, name="aloud"),
    path("<int:assessment>/paper/", results.paper, name="paper"),
    path("<int:assessment>/online/", results.online, name="online"),
    path("<int:assessment>/online/record/", results.record_online, name="record_online"),
    path("<int:assessment>/correct/", results.correct, name="correct"),
    path("<int:assessment>/drop/", assessing.drop, name="drop"),
]
