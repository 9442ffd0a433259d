// A chart over days that answers: the day under the pointer, ranges and lines without a reload, a link, the full chart.

import { TOP, draw, escape, summed, unpacked } from "./timeline_draw.js";

const DAY = 86400000;

class Chart {
    constructor(root) {
        this.root = root;
        this.data = JSON.parse(root.querySelector("script").textContent);
        this.lines = this.data.lines.map(unpacked);
        this.forecasts = this.data.forecasts.map((each) => ({
            ...each,
            values: summed(each.values),
            bands: each.bands.map(([share, low, high]) => ({ share, low: summed(low), high: summed(high) })),
        }));
        this.plot = root.querySelector(".plot");
        this.label = root.querySelector(".timeline")?.getAttribute("aria-label") ?? "";
        const { locale, currency } = this.data;
        const amount = new Intl.NumberFormat(locale, { style: "currency", currency });
        this.amount = (price) => amount.format(Math.round((price + 1e-9) * 100) / 100);
        this.money = (price) => this.amount(price) + this.data.unit;
        const days = (form) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...form });
        this.words = {
            month: days({ month: "short" }),
            low: days({ day: "numeric", month: "short", year: "numeric" }),
            long: days({ weekday: "short", day: "numeric", month: "short", year: "numeric" }),
        };
        this.begin = Date.parse(`${this.data.begin}T00:00:00Z`);
        this.links = { over: root.querySelectorAll("[data-over]"), key: root.querySelectorAll("[data-key]") };
        this.day = null;
        this.start();
    }

    date(day) {
        return new Date(this.begin + day * DAY);
    }

    isOn(key) {
        const link = [...this.links.key].find((each) => each.dataset.key === key);
        return !link || link.hasAttribute("aria-current");
    }

    window() {
        const days = Number(this.root.querySelector("[data-over][aria-current]")?.dataset.days ?? 0);
        const first = days ? Math.max(0, this.data.end - days) : 0;
        const ends = this.forecasts.filter((each) => this.isOn(each.key));
        return [first, Math.max(this.data.end, ...ends.map((each) => each.start + each.values.length - 1))];
    }

    draw() {
        const [first, last] = this.window();
        const lines = this.lines.filter((line, place) => !place || this.isOn(line.key));
        const forecasts = this.forecasts.filter((each) => this.isOn(each.key));
        const width = Math.round(this.plot.clientWidth);
        const drawn = draw(this, { lines, forecasts, first, last, width, label: this.label });
        if (!drawn) return;
        Object.assign(this, { paper: drawn.paper, drawn: { lines, forecasts } });
        this.plot.querySelectorAll(".wide, .narrow, .notice").forEach((each) => each.remove());
        this.picture ??= this.plot.appendChild(document.createElement("div"));
        this.picture.innerHTML = drawn.svg;
    }

    // --- what is read at a day ---------------------------------------------------------------------------------

    rows(day) {
        const rows = [];
        for (const [place, line] of this.drawn.lines.entries()) {
            const price = line.at(day);
            if (price === null) continue;
            const pack = !place && this.data.litres ? ` (${this.amount(price * this.data.litres)})` : "";
            rows.push([line.key, [line.label, line.name].filter(Boolean).join(" "), this.money(price) + pack, price]);
        }
        const gap = this.data.gaps.find(([first, last]) => first <= day && day <= last);
        if (gap) rows.unshift(["", gap[2], "", null]);
        for (const each of this.drawn.forecasts) {
            const price = each.values[day - each.start];
            if (price === undefined || day === each.start) continue;
            rows.push([each.key, each.name, this.money(price), price]);
            const band = each.bands.find(({ share }) => share === "80");
            if (!band) continue;
            const values = { share: new Intl.NumberFormat(this.data.locale, { style: "percent" }).format(0.8) };
            values.low = this.money(band.low[day - each.start]);
            values.high = this.money(band.high[day - each.start]);
            rows.push(["", this.data.texts.between.replace(/\{(\w+)\}/g, (_, name) => values[name]), "", null]);
        }
        return rows.length ? rows : [["", this.data.texts.none, "", null]];
    }

    show(day) {
        if (!this.picture) return;
        const { paper } = this;
        this.day = Math.max(paper.first, Math.min(paper.last, day));
        const x = paper.x(this.day);
        const rows = this.rows(this.day);
        const svg = this.picture.firstElementChild;
        svg.querySelector(".hover")?.remove();
        const dots = rows
            .filter(([, , , price]) => price !== null)
            .map(([key, , , price]) => `<circle class="dot line-${key}" cx="${x}" cy="${paper.y(price)}" r="4"/>`);
        svg.insertAdjacentHTML(
            "beforeend",
            `<g class="hover"><path class="spike" d="M${x} ${TOP}V${paper.floor}"/>${dots.join("")}</g>`,
        );
        const when = this.words.long.format(this.date(this.day));
        this.readout.innerHTML =
            `<b>${escape(when)}</b>` +
            rows
                .map(([key, name, value]) => {
                    const mark = key && `<svg class="key" viewBox="0 0 24 8"><path class="line line-${key}" d="M0 4H24"/></svg>`;
                    return `<span>${mark}<span class="name">${escape(name)}</span><span class="value">${escape(value)}</span></span>`;
                })
                .join("");
        this.readout.hidden = false;
        const room = this.readout.offsetWidth + 12;
        this.readout.style.setProperty("--beside", `${x + 12 + room > paper.width ? x - room : x + 12}px`);
        this.plot.setAttribute("aria-valuenow", this.day);
        this.plot.setAttribute("aria-valuetext", [when, ...rows.map((row) => `${row[1]} ${row[2]}`)].join(", "));
    }

    hide() {
        this.picture?.querySelector(".hover")?.remove();
        this.readout.hidden = true;
    }

    pointed(event) {
        const { left, right, first, last, width } = this.paper;
        const box = this.plot.getBoundingClientRect();
        const share = (((event.clientX - box.left) * width) / box.width - left) / (width - left - right);
        this.show(first + Math.floor(share * (last - first + 1)));
    }

    pressed(event) {
        const { first, last } = this.paper;
        const day = this.day ?? this.data.end;
        const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: 30, PageDown: -30 };
        if (event.key === "Escape") return this.hide();
        const target = { Home: first, End: last }[event.key] ?? (event.key in steps ? day + steps[event.key] * (event.shiftKey ? 7 : 1) : null);
        if (target === null) return undefined;
        event.preventDefault();
        return this.show(target);
    }

    // --- ranges, lines, link, full chart -----------------------------------------------------------------------

    state() {
        const over = this.root.querySelector("[data-over][aria-current]")?.dataset.over;
        const shown = [...this.links.key].filter(({ dataset }) => this.data.usual.includes(dataset.key) !== this.isOn(dataset.key));
        const show = shown.map(({ dataset }) => (this.data.usual.includes(dataset.key) ? `-${dataset.key}` : dataset.key));
        return { over, show: show.join(",") };
    }

    changed() {
        const address = new URL(location.href);
        for (const [name, value] of Object.entries(this.state())) {
            if (value) address.searchParams.set(name, value);
            else address.searchParams.delete(name);
        }
        history.replaceState(null, "", address);
        this.hide();
        this.draw();
        this.bounds();
        if (this.frame) this.frame.src = this.address();
        this.follow(location.href).catch(() => location.reload());
    }

    bounds() {
        if (!this.paper) return;
        this.plot.setAttribute("aria-valuemin", this.paper.first);
        this.plot.setAttribute("aria-valuemax", this.paper.last);
    }

    async follow(address) {
        // Figures beside the chart that follow it: the server computes them.
        if (!document.querySelector("[data-follows-chart]")) return;
        const answer = await fetch(address, { credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (address !== location.href) return; // switched again meanwhile: that answer is on its way
        for (const part of document.querySelectorAll("[data-follows-chart]")) {
            const fresh = page.getElementById(part.id);
            if (fresh) part.replaceWith(document.importNode(fresh, true));
        }
    }

    address() {
        const address = new URL(this.root.dataset.address, location.href);
        for (const [name, value] of Object.entries(this.state())) if (value) address.searchParams.set(name, value);
        if (matchMedia("(prefers-color-scheme: dark)").matches) address.searchParams.set("dark", "1");
        return address.href;
    }

    explore(link) {
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
        if (!this.frame) this.draw();
    }

    async copy() {
        const status = this.root.querySelector(".copied");
        const address = new URL(location.href);
        address.hash = this.root.closest("[id]")?.id ?? "";
        try {
            await navigator.clipboard.writeText(address.href);
            status.textContent = this.root.dataset.copied;
        } catch {
            status.textContent = this.root.dataset.failed; // no clipboard without HTTPS
        }
    }

    start() {
        this.readout = this.plot.appendChild(document.createElement("div"));
        Object.assign(this.readout, { className: "readout", hidden: true });
        this.readout.setAttribute("aria-hidden", "true"); // the slider's value says the same
        this.draw();
        this.plot.tabIndex = 0;
        this.plot.setAttribute("role", "slider");
        this.plot.setAttribute("aria-label", this.root.dataset.keys);
        this.bounds();
        this.plot.setAttribute("aria-valuenow", this.data.end);
        this.plot.setAttribute("aria-valuetext", this.label);
        for (const name of ["pointermove", "pointerdown"]) {
            this.plot.addEventListener(name, (event) => this.readout.contains(event.target) || this.pointed(event));
        }
        this.readout.addEventListener("click", () => this.hide());
        this.plot.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.hide());
        this.plot.addEventListener("blur", () => this.hide());
        this.plot.addEventListener("focus", () => this.plot.matches(":focus-visible") && this.show(this.day ?? this.data.end));
        this.plot.addEventListener("keydown", (event) => this.pressed(event));
        this.links.over.forEach((link) => link.addEventListener("click", (event) => this.choose(event, link)));
        this.links.key.forEach((link) => {
            link.addEventListener("click", (event) => {
                event.preventDefault();
                if (link.hasAttribute("aria-current")) link.removeAttribute("aria-current");
                else link.setAttribute("aria-current", "true");
                this.changed();
            });
        });
        const explore = this.root.querySelector(".explore");
        explore?.addEventListener("click", (event) => {
            event.preventDefault();
            this.explore(explore);
        });
        const copy = this.root.querySelector(".copy");
        copy.hidden = false;
        copy.addEventListener("click", () => this.copy());
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.frame && (this.frame.src = this.address()));
        new ResizeObserver(() => {
            if (this.plot.clientWidth && Math.round(this.plot.clientWidth) !== this.paper.width) this.draw();
        }).observe(this.plot);
    }

    choose(event, link) {
        event.preventDefault();
        this.links.over.forEach((each) => each.removeAttribute("aria-current"));
        link.setAttribute("aria-current", "true");
        this.changed();
    }
}

document.querySelectorAll(".time-chart").forEach((root) => new Chart(root));
