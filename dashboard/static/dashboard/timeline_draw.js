// Draws a chart over days as charts/time_svg.py does, number for number: what is said there is not said again here.
const UNIT = 10000;
export const TOP = 26;
const NARROW = 600;
const [BOTTOM, APART, GLYPH, LEAST_SPAN] = [40, 15, 7, 0.12];
const tenth = (number) => Math.floor(number * 10 + 0.5) / 10;
const plain = (number) => String(tenth(number));
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
export const escape = (text) => text.replace(/[&<>"']/g, (sign) => entities[sign]);
export const summed = (differences) => {
    let price = 0;
    return differences.map((each) => (price += each) / UNIT);
};

export function unpacked(line) {
    const values = [];
    let price = 0;
    for (let place = 0; place < line.runs.length; place += 2) {
        const step = line.runs[place + 1];
        if (step !== null) price += step;
        for (let day = 0; day < line.runs[place]; day += 1) values.push(step === null ? null : price / UNIT);
    }
    return { ...line, at: (day) => values[day - line.start] ?? null, last: line.start + values.length - 1 };
}

function priceMarks(low, high, most) {
    const rough = (high - low) / (most - 1);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999);
    const marks = [];
    for (let number = Math.floor(low / step + 1e-9); number <= Math.ceil(high / step - 1e-9); number += 1) {
        marks.push(Math.round(number * step * 1e6) / 1e6);
    }
    return marks;
}

// Draw the lines and forecasts that are on between two days; null where there is nothing to draw.
export function draw(chart, { lines, forecasts, first, last, width, label }) {
    const height = chart.data.sizes[width > NARROW ? "wide" : "narrow"][1];
    const prices = marks(lines, forecasts, first, last, width > NARROW ? 6 : 5);
    const texts = [
        ...forecasts.map((each) => chart.money(each.values.at(-1))),
        ...lines.map((line) => line.label).filter(Boolean),
    ];
    if (!prices.length) return null;
    const left = 16 + GLYPH * Math.max(...prices.map((mark) => chart.money(mark).length));
    const right = texts.length ? 8 + GLYPH * Math.max(1, ...texts.map((text) => text.length)) : 8;
    const [bottom, top] = [prices[0], prices.at(-1)];
    const paper = {
        ...{ width, height, left, right, first, last, floor: height - BOTTOM },
        x: (day, aside = 0) => tenth(left + ((day - first + aside + 0.5) / (last - first + 1)) * (width - left - right)),
        y: (price) => tenth(TOP + ((top - price) / (top - bottom)) * (height - TOP - BOTTOM)),
    };
    const svg = [
        `<svg class="timeline" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label)}">`,
        gaps(chart, paper),
        ...prices.map((mark) => priceMark(chart, mark, paper)),
        dayMarks(chart, paper),
        ...forecasts.map((each) => bands(each, paper)),
        ...[...lines].reverse().map((line) => drawn(line.key, path(line, paper))),
        ...forecasts.map((each) => expected(each, paper)),
        lowest(chart, paper),
        beginning(chart, forecasts, paper),
        ends(chart, lines, forecasts, paper),
        "</svg>",
    ].join("");
    return { svg, paper };
}

function marks(lines, forecasts, first, last, most) {
    const seen = forecasts.flatMap((each) => [...each.bands.flatMap((band) => [...band.low, ...band.high]), ...each.values]);
    for (const line of lines) {
        for (let day = Math.max(first, line.start); day <= Math.min(last, line.last); day += 1) {
            if (line.at(day) !== null) seen.push(line.at(day));
        }
    }
    if (!seen.length) return [];
    const low = seen.reduce((a, b) => Math.min(a, b));
    const high = seen.reduce((a, b) => Math.max(a, b));
    const spare = Math.max((LEAST_SPAN * (low + high)) / 2 - (high - low), 0) / 2;
    return priceMarks(low * 0.99 - spare, high * 1.01 + spare, most);
}

function drawn(key, d) {
    return d && `<path class="line line-${key}" d="${d}"/>`;
}

function path(line, paper) {
    const parts = [];
    let held = null;
    let before = paper.first;
    for (let day = Math.max(paper.first, line.start); day <= Math.min(paper.last, line.last); day += 1) {
        const price = line.at(day);
        if (!line.steps) {
            if (price !== null) parts.push(`${held === null ? "M" : "L"}${paper.x(day)} ${paper.y(price)}`);
        } else if (price !== held) {
            const edge = paper.x(day, -0.5);
            if (held !== null) parts.push(`H${edge}`);
            if (price !== null) parts.push(held === null ? `M${edge} ${paper.y(price)}` : `V${paper.y(price)}`);
        }
        [held, before] = [price, day];
    }
    if (line.steps && held !== null) parts.push(`H${paper.x(before, 0.5)}`);
    return parts.join("");
}

function gaps(chart, paper) {
    const drawn = chart.data.gaps
        .map(([first, last]) => [Math.max(first, paper.first), Math.min(last, paper.last)])
        .filter(([first, last]) => first <= last)
        .map(([first, last]) => {
            const x = paper.x(first, -0.5);
            const wide = plain(paper.x(last, 0.5) - x);
            return `<rect x="${x}" y="${TOP}" width="${wide}" height="${paper.floor - TOP}" fill="url(#hatch-${paper.width})"/>`;
        });
    if (!drawn.length) return "";
    const pattern = `<pattern id="hatch-${paper.width}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`;
    return `<defs>${pattern}<path class="hatch" d="M0 0V6"/></pattern></defs>${drawn.join("")}`;
}

function priceMark(chart, mark, paper) {
    const y = paper.y(mark);
    const text = escape(chart.money(mark));
    const line = `<path class="grid" d="M${paper.left} ${y}H${paper.width - paper.right}"/>`;
    return `${line}<text x="${paper.left - 8}" y="${plain(y + 4)}" text-anchor="end">${text}</text>`;
}

function dayMarks(chart, paper) {
    const parts = [];
    for (const day of markedDays(chart, paper, paper.width > NARROW ? 8 : 4)) {
        const x = paper.x(day);
        parts.push(`<path class="grid" d="M${x} ${paper.floor}v5"/>`);
        month(chart, day).forEach((text, row) => {
            parts.push(`<text x="${x}" y="${paper.floor + 19 + 15 * row}" text-anchor="middle">${escape(text)}</text>`);
        });
    }
    return parts.join("");
}

function markedDays(chart, { first, last }, most) {
    if (last - first <= 45) {
        const step = Math.max(7, Math.ceil((last - first) / most));
        return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, number) => first + number * step);
    }
    const months = [];
    for (let day = first; day <= last; day += 1) if (chart.date(day).getUTCDate() === 1) months.push(day);
    const every = [1, 2, 3, 6, 12].find((n) => Math.ceil(months.length / n) <= most) ?? 12;
    return months.filter((day) => chart.date(day).getUTCMonth() % every === 0);
}

function month(chart, day) {
    const date = chart.date(day);
    const month = chart.words.month.format(date);
    if (date.getUTCDate() !== 1) return [`${date.getUTCDate()} ${month}`];
    return date.getUTCMonth() ? [month] : [month, String(date.getUTCFullYear())];
}

function bands(forecast, paper) {
    const point = (price, number) => `${paper.x(forecast.start, number)} ${paper.y(price)}`;
    return forecast.bands
        .map(({ share, low, high }) => {
            const edge = `M${high.map(point).join("L")}L${low.map(point).reverse().join("L")}Z`;
            return `<path class="band band-${forecast.key} band-${share}" d="${edge}"/>`;
        })
        .join("");
}

function expected(forecast, paper) {
    const points = forecast.values.map((price, number) => `${paper.x(forecast.start, number)} ${paper.y(price)}`);
    return `<path class="line line-${forecast.key}" d="M${points.join("L")}"/>`;
}

function lowest(chart, paper) {
    if (!chart.data.low) return "";
    const [lead] = chart.lines;
    let found = null;
    for (let day = paper.first; day <= paper.last; day += 1) {
        if (lead.at(day) !== null && (found === null || lead.at(day) <= lead.at(found))) found = day;
    }
    if (found === null) return "";
    const [x, y] = [paper.x(found), paper.y(lead.at(found))];
    const values = { price: chart.money(lead.at(found)), day: chart.words.low.format(chart.date(found)) };
    const text = chart.data.texts.low.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const begin = Math.max(paper.left, Math.min(x, paper.x(chart.data.end) - GLYPH * text.length));
    return `<circle class="low" cx="${x}" cy="${y}" r="4"/><text class="low-name" x="${plain(begin)}" y="${plain(y + 19)}">${escape(text)}</text>`;
}

function beginning(chart, forecasts, paper) {
    if (!forecasts.length) return "";
    const x = paper.x(Math.max(...forecasts.map((each) => each.start)));
    const text = `<text x="${x}" y="${TOP - 10}" text-anchor="end">${escape(chart.data.texts.forecast)}</text>`;
    return `<path class="begin" d="M${x} ${TOP}V${paper.floor}"/>${text}`;
}

function ends(chart, lines, forecasts, paper) {
    const ends = forecasts.map((each) => {
        const price = each.values.at(-1);
        return [paper.y(price), each.key, paper.x(each.start + each.values.length - 1), chart.money(price)];
    });
    for (const line of lines.filter((each) => each.label)) {
        let day = Math.min(line.last, paper.last);
        while (day >= paper.first && line.at(day) === null) day -= 1;
        if (day >= paper.first) ends.push([paper.y(line.at(day)), line.key, paper.x(day, 0.5), line.label]);
    }
    let above = -Infinity;
    return ends
        .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
        .map(([y, key, x, text]) => {
            above = Math.max(y, above + APART);
            return `<text class="end end-${key}" x="${plain(x + 5)}" y="${plain(above + 4)}">${escape(text)}</text>`;
        })
        .join("");
}
