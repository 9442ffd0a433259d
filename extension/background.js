// The only part that knows the key and talks to oilwatch, and to nothing else.
"use strict";

const POLLS = 20;
const FIRST_PAUSE = 300;
const AUTOMATIC_EVERY = 30 * 60 * 1000;
const HELD = new Set(["implausible", "wrong_product", "unknown_location"]);
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

// Content scripts run beside the shop's page: the key is not theirs to read.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

async function settings() {
    const { address = "", key = "", automatic = false } = await chrome.storage.local.get(["address", "key", "automatic"]);
    return { address, key, automatic, ready: Boolean(key && isAllowed(address)) };
}

function isAllowed(address) {
    try {
        const { protocol, hostname } = new URL(address);
        return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
    } catch {
        return false;
    }
}

// The answer of oilwatch as {status, body}; status 0 where none came.
async function ask(path, options = {}) {
    const { address, key, ready } = await settings();
    if (!ready) return { status: 0, body: {}, problem: chrome.i18n.getMessage("openOptions") };
    const headers = { Accept: "application/json", Authorization: `Capture ${key}`, ...options.headers };
    try {
        const answer = await fetch(new URL(path, address), { ...options, headers, credentials: "omit", redirect: "error", cache: "no-store" });
        const body = await answer.json().catch(() => ({}));
        const problem = answer.ok ? "" : chrome.i18n.getMessage("refused", body.detail ?? `HTTP ${answer.status}`);
        return { status: answer.status, body, problem };
    } catch {
        return { status: 0, body: {}, problem: chrome.i18n.getMessage("noAnswer", address) };
    }
}

async function panelOf(url) {
    const answer = await ask(`/api/captures/panel/?url=${encodeURIComponent(url)}`);
    return { panel: answer.status === 200 ? answer.body : null, problem: answer.problem };
}

// Sends a page and waits until it was read; returns {done, text}.
async function send(page, tab) {
    const sent = await ask("/api/captures/", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(page),
    });
    const outcome = sent.status === 202 ? await readingOf(sent.body.id) : { done: false, text: sent.problem };
    if (tab) {
        chrome.action.setBadgeText({ tabId: tab.id, text: outcome.done ? "✓" : "!" });
        chrome.action.setBadgeBackgroundColor({ tabId: tab.id, color: outcome.done ? "#5b6b2f" : "#9a5b00" });
    }
    return outcome;
}

async function readingOf(id) {
    for (let poll = 0; poll < POLLS; poll += 1) {
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE * Math.min(poll + 1, 5)));
        const { status, body } = await ask(`/api/captures/${id}/`);
        if (status === 200 && body.finished_at) return wordsOf(body);
    }
    return { done: true, text: chrome.i18n.getMessage("waiting") };
}

function wordsOf({ status, reason, read }) {
    if (status === "ok") {
        if (!read?.price) return { done: true, text: chrome.i18n.getMessage("recordedNoPrice") };
        const currency = read.currency ?? "EUR";
        const money = new Intl.NumberFormat(chrome.i18n.getUILanguage(), { style: "currency", currency }).format(Number(read.price));
        return { done: true, text: chrome.i18n.getMessage("recorded", money) };
    }
    return { done: false, text: chrome.i18n.getMessage(HELD.has(status) ? "held" : "notRecorded", reason || status) };
}

// Whether a watched product's page may be sent by itself now.
async function isDue(url, panel) {
    const { automatic } = await settings();
    if (!automatic || !panel?.watched) return false;
    const { sentAt = {} } = await chrome.storage.session.get("sentAt");
    const last = sentAt[panel.product] ?? 0;
    if (Date.now() - last < AUTOMATIC_EVERY) return false;
    await chrome.storage.session.set({ sentAt: { ...sentAt, [panel.product]: Date.now() } });
    return true;
}

const HANDLERS = {
    async open({ url }) {
        const { ready } = await settings();
        if (!ready) return { panel: null };
        const answer = await panelOf(url);
        return { ...answer, automatic: await isDue(url, answer.panel) };
    },
    send: ({ page }, sender) => send(page, sender.tab),
};

// A content script speaks of the shop it is on, and of no other.
function isOwnPage(message, sender) {
    try {
        return new URL(message.page?.url ?? message.url).origin === new URL(sender.url).origin;
    } catch {
        return false;
    }
}

chrome.runtime.onMessage.addListener((message, sender, respond) => {
    const handler = Object.hasOwn(HANDLERS, message?.type) ? HANDLERS[message.type] : null;
    if (!handler || sender.id !== chrome.runtime.id || !sender.tab || !isOwnPage(message, sender)) return false;
    handler(message, sender).then(respond, (error) => respond({ done: false, text: String(error) }));
    return true;
});
