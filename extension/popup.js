// The button of the toolbar: asks the open page to send itself, and says how that ended.
"use strict";

const button = document.getElementById("send");
const status = document.getElementById("status");

button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = chrome.i18n.getMessage("sending");
    try {
        const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
        const outcome = await chrome.tabs.sendMessage(tab.id, { type: "capture" });
        status.textContent = outcome.text;
    } catch {
        status.textContent = chrome.i18n.getMessage("notHere"); // no content script there
    }
    button.disabled = false;
});

chrome.storage.local.get(["address", "key"]).then(({ address, key }) => {
    if (!address || !key) status.textContent = chrome.i18n.getMessage("openOptions");
});
