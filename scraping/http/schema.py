"""One line an operation in the API's description, so that its page reads as a list of what can be done."""

from drf_spectacular.openapi import AutoSchema

ACTIONS = {
    "list": "List them",
    "retrieve": "Read one",
    "create": "Add one",
    "update": "Replace one",
    "partial_update": "Change one",
    "destroy": "Remove one",
}


class SummarySchema(AutoSchema):
    """A schema whose operations have a summary: the usual action by its name, else the docstring's first sentence."""

    def get_summary(self) -> str | None:
        """The summary that was written for it, or one made from what is there."""
        written: str | None = super().get_summary()
        usual = ACTIONS.get(getattr(self.view, "action", ""))
        return written or usual or self.get_description().split(".")[0]
