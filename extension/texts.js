// Writes the texts of the browser's language into the elements that name them.
"use strict";

document.documentElement.lang = chrome.i18n.getUILanguage();
for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = chrome.i18n.getMessage(element.dataset.text);
}
