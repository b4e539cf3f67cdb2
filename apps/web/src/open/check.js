/*
 * Before anything else: can this browser do what the page is for? Plain ES5, so that a browser of 2012 can run it. It changes nothing when all
 * is there. Else it fetches the words for what is missing and shows them, with a choice of language; where even that fails, the page's own
 * words stay, those that are there without scripts. It also guards the start: when the page has not come up after a while (a script blocked
 * or cut off), it says so.
 */
(function check() {
  // put in by apps/web/build/classic-script.ts: where the words are
  var url = "__MISSING__";
  var root = document.documentElement;
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
      // what came last of all that is used: Chrome 110, Firefox 115, Safari 16.4 (tsconfig.browser.json)
      [].toSorted &&
      CSSStyleSheet.prototype.replaceSync &&
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

  function wished() {
    try {
      return localStorage.getItem("pli-language") || navigator.language || "";
    } catch (_error) {
      return navigator.language || "";
    }
  }
  function add(parent, name, text, className) {
    var element = document.createElement(name);
    if (text) element.appendChild(document.createTextNode(text));
    if (className) element.className = className;
    parent.appendChild(element);
    return element;
  }
  function tell(words, language) {
    var page = document.getElementById("missing");
    var t = words[language];
    var sheet;
    var choice;
    var i;
    while (page.firstChild) page.removeChild(page.firstChild);
    root.lang = language;
    choice = add(page, "p", "", "row");
    choice.setAttribute("role", "group");
    choice.setAttribute("aria-label", t.language);
    Object.keys(words).forEach(function offer(one) {
      var button = add(choice, "button", words[one].name, "btn btn--quiet btn--s");
      button.type = "button";
      button.lang = one;
      if (one === language) button.setAttribute("aria-current", "true");
      button.onclick = function choose() {
        try {
          localStorage.setItem("pli-language", one);
        } catch (_error) {
          // asked anew the next time
        }
        tell(words, one);
        page.querySelector("[aria-current]").focus();
      };
    });
    sheet = add(page, "section", "", "sheet letter__body stack");
    add(sheet, "h1", t[page.getAttribute("data-of")], "letter__title");
    for (i = 0; i < missing.length; i++) add(sheet, "p", t.reasons[missing[i]]);
    add(sheet, "p", t.note, "muted");
  }
  function show() {
    var request = new XMLHttpRequest();
    // the words that need nothing come first
    root.removeAttribute("data-script");
    request.onload = function onWords() {
      var words;
      var language = wished().slice(0, 2).toLowerCase();
      try {
        words = JSON.parse(request.responseText);
        tell(words, words[language] ? language : "en");
      } catch (_error) {
        // the words that need nothing stay
      }
    };
    request.open("GET", url);
    request.send();
  }
  function showLate() {
    clearTimeout(late);
    if (root.hasAttribute("data-started") || missing.length) return;
    missing.push("start");
    show();
  }
  function onError(event) {
    if (event.target && event.target.tagName === "SCRIPT") showLate();
  }

  lacks("browser", knowsEnough);
  lacks("secure", isSecure);
  lacks("worker", hasWorkers);
  lacks("cookies", hasCookies);
  root.setAttribute("data-script", "");
  if (missing.length) {
    // the module asks this before it starts
    root.setAttribute("data-missing", missing.join(" "));
    document.addEventListener("DOMContentLoaded", show);
  } else {
    late = setTimeout(showLate, 15000);
    // errors of elements do not bubble: listen on the way down
    window.addEventListener("error", onError, true);
  }
})();
