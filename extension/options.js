// The settings: where oilwatch is, the key of this browser, and whether pages are sent by themselves.
"use strict";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const [address, key, automatic, status] = ["address", "key", "automatic", "status"].map((id) => document.getElementById(id));
const say = (name, value) => (status.textContent = chrome.i18n.getMessage(name, value));

// The origin of a usable address; null for anything else.
function originOf(text) {
    try {
        const url = new URL(text.trim());
        const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
        return isSafe ? url.origin : null;
    } catch {
        return null;
    }
}

async function isAccepted(origin) {
    const headers = { Authorization: `Capture ${key.value.trim()}` };
    const answer = await fetch(`${origin}/api/captures/panel/`, { headers, credentials: "omit", redirect: "error", cache: "no-store" });
    return ![401, 403, 404].includes(answer.status);
}

document.getElementById("settings").addEventListener("submit", async (event) => {
    event.preventDefault();
    const origin = originOf(address.value);
    if (!origin) return say("badAddress");
    // A permission has no port in it. Asked for first: the browser wants the click for it.
    const { protocol, hostname } = new URL(origin);
    const isAllowed = await chrome.permissions.request({ origins: [`${protocol}//${hostname}/*`] }).catch(() => false);
    if (!isAllowed) return say("noPermission");
    await chrome.storage.local.set({ address: origin, key: key.value.trim(), automatic: automatic.checked });
    address.value = origin;
    try {
        return say((await isAccepted(origin)) ? "saved" : "badKey");
    } catch {
        return say("noAnswer", origin);
    }
});

chrome.storage.local.get(["address", "key", "automatic"]).then((stored) => {
    address.value ||= stored.address ?? ""; // what a person typed meanwhile stays
    key.value ||= stored.key ?? "";
    automatic.checked ||= Boolean(stored.automatic);
});
