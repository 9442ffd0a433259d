"""Say what is wrong with a form whose page is another one, as messages there."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest


def show_problems(request: HttpRequest, form: forms.BaseForm) -> None:
    """One message a field, after its label; what is wrong with the whole has none."""
    for field, problems in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        messages.error(request, f"{label}: {' '.join(map(str, problems))}")
