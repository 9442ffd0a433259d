// A chart over days that answers: the day under the pointer, ranges and lines without a reload, a link, the full chart.
// The server draws (charts/time_svg.py): this puts what is read at a day on top, and fetches the picture of a switch.

const DAY = 86400000;
const UNIT = 10000; // prices come in ten-thousandths, each as its difference from the one before
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escape = (text) => text.replace(/[&<>"']/g, (sign) => entities[sign]);
const percent = (share) => `${(share * 100).toFixed(2)}%`;

function summed(differences) {
    let price = 0;
    return differences.map((each) => (price += each) / UNIT);
}

function unpacked(line) {
    const values = [];
    let price = 0;
    for (let place = 0; place < line.runs.length; place += 2) {
        const step = line.runs[place + 1];
        if (step !== null) price += step;
        for (let day = 0; day < line.runs[place]; day += 1) values.push(step === null ? null : price / UNIT);
    }
    return { ...line, values };
}

class Chart {
    constructor(root) {
        this.root = root;
        this.plot = root.querySelector(".plot");
        this.area = root.querySelector(".area");
        this.frame = null;
        this.data = JSON.parse(root.querySelector("script").textContent);
        this.lines = this.data.lines.map(unpacked);
        this.forecasts = this.data.forecasts.map((each) => ({
            ...each,
            values: summed(each.values),
            bands: each.bands.map((band) => band.map(summed)),
        }));
        const { locale, currency } = this.data;
        const amount = new Intl.NumberFormat(locale, { style: "currency", currency });
        this.amount = (price) => amount.format(Math.round((price + 1e-9) * 100) / 100);
        this.share = new Intl.NumberFormat(locale, { style: "percent" }).format(0.8);
        const form = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
        this.dates = new Intl.DateTimeFormat(locale, form);
        this.begin = Date.parse(`${this.data.begin}T00:00:00Z`);
        this.listen();
        if (this.area) this.answer();
    }

    money(price) {
        return this.amount(price) + this.data.unit;
    }

    // --- what is read at a day ---------------------------------------------------------------------------------

    rows(day) {
        const rows = [];
        for (const [place, line] of this.lines.entries()) {
            const price = line.values[day - line.start] ?? null;
            if (price === null) continue;
            const pack = !place && this.data.litres ? ` (${this.amount(price * this.data.litres)})` : "";
            rows.push([line.key, [line.label, line.name].filter(Boolean).join(" "), this.money(price) + pack, price]);
        }
        const gap = this.data.gaps.find(([first, last]) => first <= day && day <= last);
        if (gap) rows.unshift(["", gap[2], "", null]);
        for (const { key, name, start, values, bands } of this.forecasts) {
            const price = values[day - start];
            if (price === undefined || day === start) continue;
            rows.push([key, name, this.money(price), price]);
            for (const [low, high] of bands) {
                const words = { share: this.share, low: this.money(low[day - start]), high: this.money(high[day - start]) };
                rows.push(["", this.data.texts.between.replace(/\{(\w+)\}/g, (_, word) => words[word]), "", null]);
            }
        }
        return rows.length ? rows : [["", this.data.texts.none, "", null]];
    }

    show(day) {
        const [first, last, low, high] = this.data.frame;
        this.day = Math.max(first, Math.min(last, day));
        const share = (this.day - first + 0.5) / (last - first + 1);
        const rows = this.rows(this.day);
        const x = percent(share);
        const dots = rows
            .filter(([, , , price]) => price !== null)
            .map(([key, , , price]) => {
                return `<circle class="dot line-${key}" cx="${x}" cy="${percent((high - price) / (high - low))}" r="4"/>`;
            });
        this.area.querySelector(".hover")?.remove();
        this.area.insertAdjacentHTML(
            "beforeend",
            `<g class="hover"><line class="spike" x1="${x}" x2="${x}" y1="0" y2="100%"/>${dots.join("")}</g>`,
        );
        const when = this.dates.format(new Date(this.begin + this.day * DAY));
        this.readout.innerHTML = `<b>${escape(when)}</b>${rows.map(readoutRow).join("")}`;
        this.readout.hidden = false;
        this.place(share);
        this.plot.setAttribute("aria-valuenow", this.day);
        this.plot.setAttribute("aria-valuetext", [when, ...rows.map((row) => `${row[1]} ${row[2]}`)].join(", "));
    }

    place(share) {
        const [plot, area] = [this.plot.getBoundingClientRect(), this.area.getBoundingClientRect()];
        const x = area.left - plot.left + share * area.width + 12;
        const room = this.readout.offsetWidth + 24;
        this.readout.style.setProperty("--beside", `${x + room - 12 > plot.width ? Math.max(0, x - room) : x}px`);
    }

    hide() {
        this.area?.querySelector(".hover")?.remove();
        if (this.readout) this.readout.hidden = true;
    }

    pointed(event) {
        const [first, last] = this.data.frame;
        const { left, width } = this.area.getBoundingClientRect();
        this.show(first + Math.floor(((event.clientX - left) / width) * (last - first + 1)));
    }

    pressed(event) {
        const [first, last] = this.data.frame;
        const day = this.day ?? this.data.end;
        const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: 30, PageDown: -30 };
        if (event.key === "Escape") return this.hide();
        const target = { Home: first, End: last }[event.key] ?? (event.key in steps ? day + steps[event.key] * (event.shiftKey ? 7 : 1) : null);
        if (target === null) return undefined;
        event.preventDefault();
        return this.show(target);
    }

    // Let the plot answer the pointer and, as a slider over its days, the keyboard.
    answer() {
        const { plot } = this;
        const [first, last] = this.data.frame;
        this.readout = plot.appendChild(document.createElement("div"));
        Object.assign(this.readout, { className: "readout", hidden: true });
        this.readout.setAttribute("aria-hidden", "true"); // the slider's value says the same
        plot.tabIndex = 0;
        const label = plot.querySelector(".timeline").getAttribute("aria-label");
        const slider = { label: this.root.dataset.keys, valuemin: first, valuemax: last, valuenow: this.data.end, valuetext: label };
        plot.setAttribute("role", "slider");
        for (const [name, value] of Object.entries(slider)) plot.setAttribute(`aria-${name}`, value);
        for (const name of ["pointermove", "pointerdown"]) {
            plot.addEventListener(name, (event) => this.readout.contains(event.target) || this.pointed(event));
        }
        this.readout.addEventListener("click", () => this.hide());
        plot.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.hide());
        plot.addEventListener("blur", () => this.hide());
        plot.addEventListener("focus", () => plot.matches(":focus-visible") && this.show(this.day ?? this.data.end));
        plot.addEventListener("keydown", (event) => this.pressed(event));
    }

    // --- ranges, lines, link, full chart -----------------------------------------------------------------------

    listen() {
        this.root.querySelector(".switches").addEventListener("click", (event) => {
            const link = event.target.closest("a");
            if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return; // a new tab is the browser's
            event.preventDefault();
            switchTo(link.dataset);
        });
        const explore = this.root.querySelector(".explore");
        explore?.addEventListener("click", (event) => {
            event.preventDefault();
            this.explore();
        });
        const copy = this.root.querySelector(".copy");
        if (!copy) return; // in a page of somebody else's
        copy.hidden = false;
        copy.addEventListener("click", () => this.copy());
    }

    explore() {
        const link = this.root.querySelector(".explore");
        if (this.frame) {
            this.frame.remove();
            this.frame = null;
        } else {
            this.frame = document.createElement("iframe");
            Object.assign(this.frame, { className: "chart-frame", title: this.root.dataset.title, src: this.address() });
            this.plot.before(this.frame);
        }
        this.plot.hidden = Boolean(this.frame);
        link.textContent = this.root.dataset[this.frame ? "back" : "explore"];
    }

    address() {
        const address = new URL(this.root.dataset.address, location.href);
        const query = new URLSearchParams(location.search);
        for (const name of ["over", "show"]) if (query.has(name)) address.searchParams.set(name, query.get(name));
        if (dark()) address.searchParams.set("dark", "1");
        return address.href;
    }

    async copy() {
        const status = this.root.querySelector(".copied");
        const address = new URL(location.href);
        address.hash = this.root.closest(".chart[id], section[aria-labelledby]")?.id ?? "";
        try {
            await navigator.clipboard.writeText(address.href);
            status.textContent = this.root.dataset.copied;
        } catch {
            status.textContent = this.root.dataset.failed; // no clipboard without HTTPS
        }
    }
}

function readoutRow([key, name, value]) {
    const mark = key && `<svg class="key" viewBox="0 0 24 8"><path class="line line-${key}" d="M0 4H24"/></svg>`;
    return `<span>${mark}<span class="name">${escape(name)}</span><span class="value">${escape(value)}</span></span>`;
}

function dark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

let chart = null;
let switching = Promise.resolve();

// A switch is a link to the page with it switched; of what comes, the parts that follow the chart are taken. One after
// the other: the next one's link is in the answer to the one before.
function switchTo({ over, key }) {
    const named = over ? `[data-over="${over}"]` : `[data-key="${key}"]`;
    switching = switching.then(async () => {
        const link = document.querySelector(`.time-chart ${named}`);
        if (!link) return;
        const address = new URL(link.href);
        address.hash = "";
        chart.root.setAttribute("aria-busy", "true");
        try {
            const response = await fetch(address, { credentials: "same-origin" });
            if (!response.ok) throw new Error(response.statusText);
            replace(new DOMParser().parseFromString(await response.text(), "text/html"));
            history.replaceState(null, "", address);
            if (chart.explored) chart.explore();
            document.querySelector(`.time-chart ${named}`)?.focus({ preventScroll: true });
        } catch {
            location.assign(link.href);
        }
    });
}

function replace(page) {
    const explored = Boolean(chart.frame);
    for (const part of document.querySelectorAll("[data-follows-chart]")) {
        const fresh = page.getElementById(part.id);
        if (fresh) part.replaceWith(document.importNode(fresh, true));
    }
    chart = new Chart(document.querySelector(".time-chart"));
    chart.explored = explored;
}

const root = document.querySelector(".time-chart");
if (root) chart = new Chart(root);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (chart?.frame) chart.frame.src = chart.address();
});
