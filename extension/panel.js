// The small panel on a product's page. In a closed shadow root, so that neither the shop's styles nor its scripts
// reach it.
"use strict";

globalThis.oilwatchPanel = (() => {
    const STYLE = `
        :host { all: initial; position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; }
        section { background: #fbfaf5; border: 1px solid #c9c6b4; border-left: 4px solid #5b6b2f; border-radius: 4px;
            box-shadow: 0 4px 16px rgb(0 0 0 / 18%); box-sizing: border-box; color: #23251c; font: 14px/1.45 system-ui, sans-serif;
            max-width: calc(100vw - 32px); padding: 12px 14px; width: 288px; }
        header { align-items: center; display: flex; justify-content: space-between; }
        strong { font-size: 13px; }
        dl { display: grid; gap: 2px 12px; grid-template-columns: 1fr auto; margin: 6px 0; }
        dt { color: #5c5f50; } dd { font-variant-numeric: tabular-nums; margin: 0; text-align: right; }
        dd.now { font-size: 18px; font-weight: 600; line-height: 1.2; }
        p { margin: 6px 0; } .advice { border-top: 1px solid #e2dfd0; padding-top: 6px; }
        footer { align-items: center; display: flex; flex-wrap: wrap; gap: 6px 12px; }
        a { color: #46541f; } button { font: inherit; border-radius: 3px; cursor: pointer; min-height: 28px; }
        .send { background: #5b6b2f; border: 1px solid #5b6b2f; color: #fff; padding: 3px 10px; }
        .send:disabled { opacity: .6; cursor: default; }
        .close { background: none; border: 0; color: #5c5f50; font-size: 18px; line-height: 1; min-width: 28px; }
        :focus-visible { outline: 2px solid #5b6b2f; outline-offset: 2px; }
        @media (prefers-color-scheme: dark) {
            section { background: #23251c; border-color: #4a4d3d; border-left-color: #a9bd6a; color: #ecebdf; }
            dt, .close { color: #b3b5a3; } a { color: #bfd080; } .advice { border-color: #3c3f31; }
            .send { background: #a9bd6a; border-color: #a9bd6a; color: #1b1d14; }
        }`;
    const t = (name) => chrome.i18n.getMessage(name);
    let host = null;
    let note = null;
    let button = null;

    // Text alone is ever set: nothing of the answer is taken for markup.
    function element(tag, { text = "", ...attributes } = {}, ...children) {
        const made = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
        made.append(text, ...children);
        return made;
    }

    function figures(panel) {
        const rows = [];
        if (panel.now_text) rows.push(element("dt", { text: t("now") }), element("dd", { class: "now", text: panel.now_text }));
        if (panel.lowest_text) rows.push(element("dt", { text: t("low") }), element("dd", { text: panel.lowest_text }));
        return element("dl", {}, ...rows);
    }

    function show(panel, onSend) {
        host?.remove();
        host = document.createElement("oilwatch-panel");
        const root = host.attachShadow({ mode: "closed" });
        const close = element("button", { class: "close", type: "button", "aria-label": t("close"), text: "×" });
        close.addEventListener("click", () => host.remove());
        button = element("button", { class: "send", type: "button", text: t("sendPage") });
        button.addEventListener("click", onSend);
        note = element("p", { role: "status" });
        const parts = [element("header", {}, element("strong", { text: "oilwatch" }), close)];
        if (panel.watched) parts.push(figures(panel));
        if (panel.advice) parts.push(element("p", { class: "advice", text: panel.advice.text }));
        if (!panel.watched) parts.push(element("p", { text: t("watchIt") }));
        const footer = element("footer", {}, button);
        if (/^https?:\/\//.test(panel.page)) {
            footer.append(element("a", { href: panel.page, target: "_blank", rel: "noreferrer noopener", text: t("more") }));
        }
        parts.push(note, footer);
        root.append(element("style", { text: STYLE }), element("section", { role: "complementary", "aria-label": "oilwatch" }, ...parts));
        document.documentElement.append(host);
    }

    function say(text, busy = false) {
        if (note) note.textContent = text;
        if (button) button.disabled = busy;
    }

    return { show, say };
})();
