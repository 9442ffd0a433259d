// On a product's page: shows the panel of a watched product, and sends the stripped page when asked.
"use strict";

(() => {
    const t = (name) => chrome.i18n.getMessage(name);

    async function capture() {
        const html = globalThis.oilwatchStrip.strip(document);
        if (html === null) return { done: false, text: t("notHere") };
        globalThis.oilwatchPanel.say(t("sending"), true);
        const page = { url: location.href, html, seen_at: new Date().toISOString() };
        const outcome = await chrome.runtime.sendMessage({ type: "send", page });
        globalThis.oilwatchPanel.say(outcome.text);
        return outcome;
    }

    chrome.runtime.onMessage.addListener((message, sender, respond) => {
        if (sender.id !== chrome.runtime.id || message?.type !== "capture") return false;
        capture().then(respond, (error) => respond({ done: false, text: String(error) }));
        return true;
    });

    async function open() {
        if (!globalThis.oilwatchStrip.isProduct(document)) return;
        const { panel, automatic } = (await chrome.runtime.sendMessage({ type: "open", url: location.href })) ?? {};
        if (!panel || !(panel.watched || panel.may_add)) return;
        globalThis.oilwatchPanel.show(panel, capture);
        if (automatic) await capture();
    }

    open();
})();
