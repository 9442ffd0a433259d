"""The bookmarklet: a bookmark that hands the open page to a window of one's own oilwatch."""

import json
from urllib.parse import quote

# It carries no key: the page it runs on could read one. The window asks where the page comes from, and sends it with
# the session of the person who signed in there.
_SCRIPT = """(()=>{const o=ORIGIN,w=open(o+"/capture/send/","oilwatch","width=520,height=640");if(!w)return;\
const m=e=>{if(e.origin!==o||e.source!==w||e.data!=="oilwatch ready")return;removeEventListener("message",m);\
const d=document.documentElement.cloneNode(true);\
d.querySelectorAll("script,style,iframe,svg,noscript,textarea,select").forEach(x=>x.remove());\
w.postMessage({oilwatch:1,url:location.href,html:d.outerHTML,seen_at:new Date().toISOString()},o)};\
addEventListener("message",m)})()"""


def bookmarklet(origin: str) -> str:
    """The address to keep as a bookmark, for an oilwatch at this origin."""
    return "javascript:" + quote(_SCRIPT.replace("ORIGIN", json.dumps(origin)), safe="()=>{};,.!&|'+/:?*")
