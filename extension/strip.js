// Strips a page down to the parts that the reader needs, before it leaves the browser. The rules are in
// strip_rules.js; oilwatch does the same again on arrival (scraping/capture_page.py). Runs in the extension and on
// the page that the bookmarklet opens.
"use strict";

globalThis.oilwatchStrip = (() => {
    const rules = globalThis.oilwatchStripRules;
    const sets = Object.fromEntries(
        ["keep", "keepClasses", "shells", "dropTags", "fields", "facts", "places", "images"].map((name) => [name, new Set(rules[name])]),
    );
    const MAIL = /(?<![\p{L}\d_.+-])[\p{L}\d_.+-]+@[\p{L}\d_-]{1,63}(?:\.[\p{L}\d_-]{1,63})+/gu;
    const PHONE = new RegExp(
        String.raw`\+\d[\d ().-]{7,16}\d\b|\b00\d{1,3}[ .-][\d ().-]{6,16}\d\b|\(\d{3}\) ?\d{3}-\d{4}\b|` +
            String.raw`(?<![\d.,-])[6-9]\d{2}[ .-]?\d{2,3}[ .-]?\d{2}[ .-]?\d{2,3}(?![\d.,-])`,
        "g",
    );
    const NAME = /\p{L}[\p{L}'’-]{2,}/gu;
    const POSTCODE = /(?:\p{L}[^\s\d]* )?(?:\d[\d-]{2,8}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{4} [A-Z]{2})[^\p{L}\d]*$/u;
    const PICTURE = /^https:\/\/[\w.-]+\.(?:media-amazon|ssl-images-amazon)\.com\/[\w/.,%+-]{1,300}$/;
    const ASIN = /^(?:B[0-9A-Z]{9}|[0-9]{9}[0-9X])$/;
    const LANGUAGE = /^[A-Za-z]{2}(?:[-_][A-Za-z]{2})?$/;
    const NO_NAMES = new Set(rules.noNames);

    const hasDigit = (text) => /\d/.test(text);
    const folded = (text) => text.split(/\s+/).filter(Boolean).join(" ");
    const textOf = (page, id) => folded(page.getElementById(id)?.textContent ?? "");
    // Not element.id: of a form with a field named "id" that is the field.
    const idOf = (element) => element.getAttribute("id") ?? "";
    const named = (element) => [idOf(element), element.getAttribute("name")].filter(Boolean);

    // The words of a greeting that are a name: "Hello, Anna", and "Deliver to Anna" above a place.
    function namesIn(page) {
        const place = textOf(page, "glow-ingress-line2");
        const words = rules.greetings.flatMap((id) => {
            const greeting = textOf(page, id).slice(0, 200);
            if (greeting.includes(",")) return greeting.slice(greeting.indexOf(",") + 1).match(NAME) ?? [];
            return hasDigit(place) && !hasDigit(greeting) ? greeting.match(NAME) ?? [] : [];
        });
        return new Set(words.filter((word) => /^\p{Lu}/u.test(word) && !NO_NAMES.has(word.toLowerCase())));
    }

    const withoutNames = (text, names) => (names.size ? text.replace(NAME, (word) => (names.has(word) ? "" : word)) : text);
    const withoutContacts = (text) => text.replace(MAIL, "").replace(PHONE, "");
    const atEnd = (place) => place.slice(-rules.longestPlace).match(POSTCODE)?.[0] ?? "";
    const postcodeIn = (place) => atEnd(place).replace(/^\p{L}[^\s\d]* /u, "").trim();
    // A text that names the person, or holds the postcode, before which a street can stand.
    const speaksOf = (text, names, postcode) =>
        Boolean(postcode && text.includes(postcode)) || (text.match(NAME) ?? []).some((word) => names.has(word));

    // Town and postcode: a name or a street beside them goes.
    function placeIn(words, needsDigit, names) {
        if (needsDigit && !hasDigit(words)) return "";
        const part = words.split(/ [-–] /).filter(hasDigit).at(-1) ?? words;
        const place = withoutNames(part.replace(MAIL, ""), names);
        if (place.includes(",") || place.length > rules.longestPlace) return atEnd(place).trim();
        return folded(place);
    }

    function jsonOf(text) {
        try {
            const value = JSON.parse(text || "{}");
            return value && typeof value === "object" && !Array.isArray(value) ? value : {};
        } catch {
            return {};
        }
    }

    function pictureOf(key, value) {
        if (key !== "data-a-dynamic-image") return PICTURE.test(value.trim()) ? value : "";
        const sizes = Object.entries(jsonOf(value)).filter(
            ([url, size]) => PICTURE.test(url) && Array.isArray(size) && size.length === 2 && size.every(Number.isInteger),
        );
        return JSON.stringify(Object.fromEntries(sizes));
    }

    function attributesOf(element) {
        const wanted = Object.fromEntries(rules.attributes.map((key) => [key, element.getAttribute(key) ?? ""]));
        if (!ASIN.test(wanted["data-asin"])) wanted["data-asin"] = "";
        if (idOf(element) === "acrPopover") wanted.title = element.getAttribute("title") ?? "";
        if (sets.images.has(idOf(element))) {
            for (const key of rules.imageAttributes) wanted[key] = pictureOf(key, element.getAttribute(key) ?? "");
        }
        if (named(element).some((name) => sets.fields.has(name))) {
            const value = withoutContacts(element.getAttribute("value") ?? "");
            wanted.name = element.getAttribute("name") ?? "";
            wanted.value = value.length <= rules.longestValue ? value : "";
        }
        return Object.entries(wanted).filter(([, value]) => value && value.length <= rules.longestAttribute);
    }

    const isShell = (element) => sets.shells.has(idOf(element)) || named(element).some((name) => sets.fields.has(name));
    const isKept = (element) =>
        sets.keep.has(idOf(element)) ||
        rules.keepBeginning.some((start) => idOf(element).startsWith(start)) ||
        Boolean(element.getAttribute(rules.shipping)) ||
        [...element.classList].some((name) => sets.keepClasses.has(name));
    const isDropped = (element) =>
        idOf(element) && !sets.keep.has(idOf(element)) && !sets.shells.has(idOf(element)) &&
        rules.drop.some((mark) => idOf(element).toLowerCase().includes(mark));

    // Copies into `made`, a document of its own: nothing in it loads or runs.
    function copier(made, names, postcode) {
        function madeOf(tag, attributes) {
            const plain = /^[a-z][a-z0-9]{0,15}$/.test(tag) ? tag : "span";
            const copy = made.createElement(plain === "form" ? "div" : plain);
            for (const [key, value] of attributes) copy.setAttribute(key, value);
            return copy;
        }

        function placeOf(element) {
            if (idOf(element) === rules.places[2] && postcode) return null;
            const copy = madeOf("span", [["id", idOf(element)]]);
            copy.textContent = placeIn(folded(element.textContent), idOf(element) !== rules.places[1], names);
            return copy;
        }

        function onlyPlaces(element) {
            const box = made.createElement("div");
            for (const id of rules.places) {
                for (const inner of element.querySelectorAll(`#${id}`)) {
                    const place = placeOf(inner);
                    if (place) box.append(place);
                }
            }
            return box.childNodes.length ? box : null;
        }

        function optionsOf(element) {
            const groups = Object.entries(jsonOf(element.textContent)).filter(
                ([, options]) => Array.isArray(options) && options.every((option) => option && typeof option === "object"),
            );
            const fact = (option) => Object.fromEntries(rules.optionFacts.filter((key) => key in option).map((key) => [key, option[key]]));
            const copy = madeOf("div", [["class", rules.optionsClass]]);
            copy.textContent = JSON.stringify(Object.fromEntries(groups.map(([name, options]) => [name, options.map(fact)])));
            return copy;
        }

        function words(node, isFact) {
            const plain = node.data.replace(/\s+/g, " ");
            if (/^\s*[{[]/.test(plain)) return ""; // data for scripts
            if (isFact) return plain;
            return speaksOf(plain, names, postcode) ? "" : withoutContacts(plain);
        }

        return function copyOf(element, inside, isFact) {
            const tag = element.localName;
            if (sets.dropTags.has(tag)) return null;
            if (sets.places.has(idOf(element))) return placeOf(element);
            const shell = isShell(element);
            if (tag === "input" && !shell) return null;
            if (isDropped(element)) return onlyPlaces(element);
            if (element.classList.contains(rules.optionsClass)) return optionsOf(element);
            const isInside = !shell && (inside || isKept(element));
            const fact = isFact || sets.facts.has(idOf(element));
            const copy = madeOf(tag, attributesOf(element));
            for (const child of element.childNodes) {
                if (child.nodeType === 3 && isInside) copy.append(words(child, fact));
                const kept = child.nodeType === 1 ? copyOf(child, isInside, fact) : null;
                if (kept) copy.append(kept);
            }
            return isInside || shell || copy.children.length || tag === "body" ? copy : null;
        };
    }

    const isProduct = (page) => rules.titles.some((id) => textOf(page, id)) ||
        (Boolean(page.querySelector("#ASIN, #dp, #dp-container, #addToCart")) && Boolean(textOf(page, "title")));

    // The stripped page as text; null where the page is no product's: nothing of it is sent.
    function strip(page) {
        if (!isProduct(page)) return null;
        const made = page.implementation.createHTMLDocument("");
        const lang = page.documentElement.getAttribute("lang") ?? "";
        if (LANGUAGE.test(lang)) made.documentElement.lang = lang;
        const canonical = page.querySelector("link[rel=canonical]")?.getAttribute("href");
        made.head.innerHTML = '<meta charset="utf-8">';
        if (canonical) {
            const link = made.createElement("link");
            link.rel = "canonical";
            link.setAttribute("href", canonical.split(/[?#]/)[0].slice(0, 500));
            made.head.append(link);
        }
        const postcode = [rules.places[1], rules.places[0]].map((id) => postcodeIn(textOf(page, id))).find(Boolean) ?? "";
        const body = copier(made, namesIn(page), postcode)(page.body, false, false);
        made.body.replaceWith(body);
        return `<!doctype html>${made.documentElement.outerHTML}`;
    }

    return { strip, isProduct };
})();
