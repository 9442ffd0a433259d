// Shows previews as they are made: asks for the page every two seconds and takes over the rows that were open.
// Without it the reload link does the same; what is ticked stays ticked.
"use strict";

const PAUSE = 2000;

async function refresh() {
    try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const list = document.querySelector("#previews");
        if (!list && page.querySelector("#previews")) {
            location.reload();
            return;
        }
        for (const row of document.querySelectorAll("#previews [data-open]")) {
            const read = page.getElementById(row.id);
            if (read && !read.dataset.open) row.replaceWith(document.adoptNode(read));
        }
        for (const id of ["progress", "confirm"]) {
            document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
        }
    } catch {
        // the server may be restarting: ask again
    }
    follow();
}

function follow() {
    if (document.querySelector("#progress[data-open]")) setTimeout(refresh, PAUSE);
}

follow();
