/** The local mailbox page: asks for the mails every other second and shows them. Writes text only as text. */
const REFRESH_MS = 2000;
const find = (id) => document.getElementById(id);
const list = find("mails");
const filter = find("filter");
const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" });

let mails = [];
let shownId = null;
let version = null;

async function refresh() {
  try {
    const to = filter.value.trim();
    const response = await fetch(`/dev/mailbox.json${to === "" ? "" : `?to=${encodeURIComponent(to)}`}`, {
      headers: version === null ? {} : { "If-None-Match": version },
      cache: "no-store",
    });
    if (response.status === 200) {
      version = response.headers.get("ETag");
      mails = await response.json();
      draw();
    }
    find("offline").hidden = true;
  } catch {
    find("offline").hidden = false;
  }
}

function draw() {
  find("empty").hidden = mails.length > 0;
  const rows = new Map([...list.children].map((row) => [row.dataset.id, row]));
  list.replaceChildren(...mails.map((mail) => rows.get(mail.id) ?? rowOf(mail)));
  mark();
}

function rowOf(mail) {
  const row = document.createElement("li");
  row.dataset.id = mail.id;
  const button = document.createElement("button");
  button.type = "button";
  const line = document.createElement("span");
  line.className = "line";
  line.append(element("span", "who", mail.to), element("time", "when", time.format(new Date(mail.sentAt))));
  button.append(line, element("span", "what", mail.subject));
  button.addEventListener("click", () => show(mail));
  row.append(button);
  return row;
}

function show(mail) {
  shownId = mail.id;
  find("subject").textContent = mail.subject;
  find("from").textContent = mail.from;
  find("to").textContent = mail.to;
  find("text").textContent = mail.text;
  find("html").src = `/dev/mailbox/${mail.id}.html`;
  find("nothing").hidden = true;
  find("mail").hidden = false;
  document.body.classList.add("is-reading");
  mark();
  find("reading").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function mark() {
  for (const row of list.children) {
    const button = row.firstElementChild;
    if (row.dataset.id === shownId) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function choose(form) {
  find("html").hidden = form !== "html";
  find("text").hidden = form !== "text";
  find("show-html").setAttribute("aria-pressed", String(form === "html"));
  find("show-text").setAttribute("aria-pressed", String(form === "text"));
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

find("show-html").addEventListener("click", () => choose("html"));
find("show-text").addEventListener("click", () => choose("text"));
find("back").addEventListener("click", () => {
  document.body.classList.remove("is-reading");
  list.querySelector("[aria-current]")?.focus();
});
filter.addEventListener("input", () => {
  version = null;
  void refresh();
});

void refresh();
setInterval(refresh, REFRESH_MS);
