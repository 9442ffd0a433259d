/* The bar under the market's table: counts what is ticked, keeps it from page to page, and is disabled while empty.
   Without this script it is a plain form of the ticks on the page. */
"use strict";

(() => {
    const form = document.getElementById("compare");
    if (!form) return;
    const button = form.querySelector("[type=submit]");
    const clear = form.querySelector(".clear-ticks");
    const most = Number(button.dataset.most);
    const name = button.textContent.trim();
    const ticks = [...document.querySelectorAll(".tick")];
    const KEY = "compared";

    function read() {
        try {
            const kept = JSON.parse(sessionStorage.getItem(KEY));
            return new Set(Array.isArray(kept) ? kept.filter((id) => /^\d+$/.test(id)).slice(0, most) : []);
        } catch {
            return new Set();
        }
    }

    function keep(chosen) {
        try {
            sessionStorage.setItem(KEY, JSON.stringify([...chosen]));
        } catch {
            // a browser that keeps nothing: the ticks of this page still count
        }
    }

    function show() {
        for (const hidden of form.querySelectorAll("[name=product][type=hidden]")) hidden.remove();
        const here = new Set(ticks.map((tick) => tick.value));
        for (const tick of ticks) {
            tick.checked = chosen.has(tick.value);
            tick.disabled = !tick.checked && chosen.size >= most;
        }
        for (const id of chosen) {
            if (here.has(id)) continue;
            const hidden = document.createElement("input"); // ticked on another page of the table
            Object.assign(hidden, { type: "hidden", name: "product", value: id });
            form.append(hidden);
        }
        button.disabled = chosen.size === 0;
        button.textContent = `${name} (${chosen.size})`;
        clear.hidden = chosen.size === 0;
    }

    let chosen = read();
    for (const tick of ticks) {
        tick.addEventListener("change", () => {
            if (tick.checked) chosen.add(tick.value);
            else chosen.delete(tick.value);
            keep(chosen);
            show();
        });
    }
    clear.addEventListener("click", () => {
        chosen.clear();
        keep(chosen);
        show();
    });
    addEventListener("pageshow", () => {
        chosen = read();
        show();
    });
    show();
})();
