// Follows running work: asks the API every three seconds and moves the bars; without it the reload link does.
"use strict";

const PAUSE = 3000;

async function follow(bar) {
    const line = bar.closest("[data-follow]");
    try {
        const answer = await fetch(line.dataset.follow, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const told = await answer.json();
        // an order counts its looks, a training the parts it was split into
        const done = told.done ?? told.parts.filter((part) => !["queued", "running"].includes(part.status)).length;
        const total = told.total ?? told.parts.length;
        bar.max = Math.max(total, 1);
        bar.value = done;
        line.querySelector(".progress-words").textContent = `${done} / ${total}`;
        if (!["queued", "running"].includes(told.status)) {
            document.querySelector("#ended").hidden = false;
            return;
        }
    } catch {
        // the shop of servers may be restarting: ask again
    }
    setTimeout(() => follow(bar), PAUSE);
}

document.querySelectorAll("[data-follow] progress").forEach((bar) => setTimeout(() => follow(bar), PAUSE));
