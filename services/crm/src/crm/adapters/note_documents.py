"""How the forms by which shops note their customers lie in MongoDB."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from crm.domain.note_form import NoteForm

NOTE_FORMS: Documents[NoteForm] = Documents(
    collection="note_forms",
    states=TypeAdapter(NoteForm),
    schema=1,
    listed=lambda form: {"shop_id": form.shop_id, "keeps_types": form.keeps_types},
    indexes=(("keeps_types",),),
)
