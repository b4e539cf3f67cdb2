/** The local mailbox page: asks for the mails and SMS every other second and shows them. Writes text only as text. */
const REFRESH_MS = 2000;
const find = (id) => document.getElementById(id);
const list = find("mails");
const filter = find("filter");
const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" });

let mails = [];
let shownId = null;
let version = null;
let form = "html";

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
  const isSms = mail.channel === "sms";
  const what = element("span", isSms ? "what what--sms" : "what", isSms ? mail.text : mail.subject);
  if (isSms) what.prepend(element("span", "tag", "SMS"), " ");
  button.append(line, what);
  button.addEventListener("click", () => show(mail));
  row.append(button);
  return row;
}

function show(mail) {
  shownId = mail.id;
  const isSms = mail.channel === "sms";
  find("subject").textContent = isSms ? "SMS" : mail.subject;
  find("to").textContent = mail.to;
  find("mail").classList.toggle("is-sms", isSms);
  for (const part of document.querySelectorAll("[data-only=mail]")) part.hidden = isSms;
  find("count-row").hidden = !isSms;
  find("sms").hidden = !isSms;
  if (isSms) {
    find("count").textContent = `${mail.count}`;
    find("sms").replaceChildren(...withLinks(mail.text));
    find("html").removeAttribute("src");
  } else {
    find("from").textContent = mail.from;
    find("text").textContent = mail.text;
    find("html").src = `/dev/mailbox/${mail.id}.html`;
    choose(form);
  }
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

/** The text, with its links to be followed as on a telephone. */
function withLinks(text) {
  return text.split(/(https?:\/\/\S+)/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const link = element("a", "", piece);
    link.href = piece;
    link.target = "_blank";
    link.rel = "noreferrer";
    return link;
  });
}

function choose(wanted) {
  form = wanted;
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
