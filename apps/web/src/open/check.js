/*
 * Before anything else: can this browser open a sealed message? Plain ES5, so that a browser of 2012 can run it. It changes nothing when all
 * is there; else it shows the texts that open.html holds for what is missing. It also guards the start: when the page has not come up
 * after a while (a script blocked or cut off), it says so.
 */
(function check() {
  var missing = [];
  var late;

  function lacks(name, test) {
    try {
      if (!test()) missing.push(name);
    } catch (_error) {
      missing.push(name);
    }
  }
  function knowsEnough() {
    return (
      "noModule" in document.createElement("script") &&
      window.Promise &&
      window.fetch &&
      window.ReadableStream &&
      window.TransformStream &&
      window.BigInt &&
      Object.hasOwn &&
      window.structuredClone &&
      window.AbortController &&
      window.HTMLDialogElement
    );
  }
  function isSecure() {
    return window.isSecureContext && (window.crypto || {}).subtle;
  }
  function hasWorkers() {
    return window.Worker;
  }
  function hasCookies() {
    return navigator.cookieEnabled !== false;
  }

  function show(names) {
    var page = document.getElementById("missing");
    var wished = (navigator.language || "").slice(0, 2).toLowerCase();
    var i;
    var parts;
    if (!page) return;
    if (!page.querySelector('[lang="' + wished + '"]')) wished = "en";
    document.documentElement.lang = wished;
    for (i = 0; i < page.children.length; i++) page.children[i].hidden = page.children[i].lang !== wished;
    parts = page.querySelectorAll("[data-missing]");
    for (i = 0; i < parts.length; i++) {
      parts[i].hidden = names.indexOf(parts[i].getAttribute("data-missing")) < 0;
    }
    page.hidden = false;
  }
  function showMissing() {
    show(missing);
  }
  function showLate() {
    clearTimeout(late);
    if (!document.documentElement.hasAttribute("data-started")) show(["start"]);
  }
  function onError(event) {
    if (event.target && event.target.tagName === "SCRIPT") showLate();
  }

  lacks("browser", knowsEnough);
  lacks("secure", isSecure);
  lacks("worker", hasWorkers);
  lacks("cookies", hasCookies);
  if (missing.length) {
    // the module asks this before it starts
    document.documentElement.setAttribute("data-missing", missing.join(" "));
    document.addEventListener("DOMContentLoaded", showMissing);
  } else {
    late = setTimeout(showLate, 15000);
    // errors of elements do not bubble: listen on the way down
    window.addEventListener("error", onError, true);
  }
})();
