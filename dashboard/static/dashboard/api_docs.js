// Swagger UI has a dark palette behind a class of the root element; the reader's system decides, as on every page.
"use strict";

const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", darkness.matches);
darkness.addEventListener("change", follow);
follow();
