"""The Apprise services that are allowed: those it reaches through `requests`, so that the guard holds. Pure.

A test reads Apprise's plugins and holds this list to that; the operator may shorten it (OILWATCH_ALERT_CHANNELS).
"""

# Their address names a server of the person's own choosing; elsewhere the "host" is a token.
WITH_HOST: tuple[str, ...] = (
    *("ntfy", "ntfys", "json", "jsons", "form", "forms", "xml", "xmls", "gotify", "gotifys"),
    *("matrix", "matrixs", "mmost", "mmosts", "rocket", "rockets", "ncloud", "nclouds", "hassio", "hassios"),
    *("bark", "barks", "mastodon", "mastodons", "signal", "signals"),
)
HOSTED: tuple[str, ...] = (
    *("tgram", "discord", "slack", "pover", "pbul", "gchat", "signl4", "zulip", "pushy", "webex"),
    *("wxteams", "ifttt", "join", "prowl", "spush", "push", "onesignal", "line", "pagerduty", "psafer"),
    *("notifiarr", "workflows"),
)
GUARDED = WITH_HOST + HOSTED
