// The window that the bookmarklet opens: takes the page from the shop's tab, strips it, sends it, says what was read.
"use strict";

(() => {
    const box = document.getElementById("capture");
    const status = document.getElementById("capture-status");
    const shown = document.getElementById("capture-read");
    const { origins, held, ...texts } = box.dataset;
    const known = new Set(origins.split(" "));
    const isHeld = new Set(held.split(" "));
    const POLLS = 20;
    const PAUSE = 300;
    let taken = false;

    const say = (text, value = "") => (status.textContent = `${text} ${value}`.trim());

    async function ask(path, options = {}) {
        const answer = await fetch(path, { credentials: "same-origin", ...options });
        return { ok: answer.ok, body: await answer.json().catch(() => ({ detail: `HTTP ${answer.status}` })) };
    }

    async function send(page) {
        say(texts.sending);
        const sent = await ask(box.dataset.url, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRFToken": box.querySelector("input[name=csrfmiddlewaretoken]").value },
            body: JSON.stringify(page),
        });
        if (!sent.ok) return say(texts.refused, sent.body.detail);
        for (let poll = 0; poll < POLLS; poll += 1) {
            await new Promise((resolve) => setTimeout(resolve, PAUSE * Math.min(poll + 1, 5)));
            const { ok, body } = await ask(`${box.dataset.url}${sent.body.id}/`);
            if (ok && body.finished_at) return show(body);
        }
        return say(texts.waiting);
    }

    function show({ status: outcome, reason, read }) {
        if (outcome === "ok") say(texts.recorded);
        else say(isHeld.has(outcome) ? texts.review : texts.unrecorded, reason || outcome);
        const style = { style: "currency", currency: read?.currency ?? "EUR" };
        const price = read?.price ? new Intl.NumberFormat(document.documentElement.lang, style).format(Number(read.price)) : "";
        shown.textContent = [read?.title, price, read?.location].filter(Boolean).join(" · ");
    }

    function isPage(data) {
        return data?.oilwatch === 1 && [data.url, data.html, data.seen_at].every((part) => typeof part === "string");
    }

    addEventListener("message", (event) => {
        if (taken || event.source !== window.opener || !isPage(event.data)) return;
        const { url, html, seen_at } = event.data;
        if (!known.has(event.origin) || new URL(url).origin !== event.origin) return say(texts.foreign);
        taken = true;
        const page = new DOMParser().parseFromString(html, "text/html"); // runs and loads nothing
        const stripped = globalThis.oilwatchStrip.strip(page);
        if (stripped === null) return say(texts.otherpage);
        return send({ url, html: stripped, seen_at }).catch(() => say(texts.refused, ""));
    });

    if (window.opener) window.opener.postMessage("oilwatch ready", "*"); // says nothing but that it is there
    else say(texts.alone);
})();
