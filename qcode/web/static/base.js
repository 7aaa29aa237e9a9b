// What every page shares: asking the workbench, telling the person, hearing of changes, and who codes here.

let csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";
const EVERY = 1500;

/** The secret of the session that every POST carries. */
export function secret() {
  return csrf;
}

/** Go on in the session that was entered in another tab, if the same `coder` works there; returns who does. */
export async function enterAgain(coder) {
  const told = await call("/api/session", undefined, { quiet: true, patience: 10_000 });
  if (told.coder === coder) csrf = told.csrf;
  return told.coder;
}

/**
 * Ask the workbench: GET without a body, POST with one (an object as JSON, or FormData). Throws Error(sentence), with
 * its `status`, and with `coder` where the page is of another coder than works here now.
 */
export async function call(path, body, { quiet = false, headers = {}, patience = 0 } = {}) {
  const signal = patience ? AbortSignal.timeout(patience) : undefined;
  const answer = await ask(path, body, headers, signal).catch(() => null);
  const value = answer === null ? null : await answer.json().catch(() => null);
  if (answer === null || (signal?.aborted && value === null)) {
    throw told("The workbench does not answer; is `qcode serve` still running?", quiet);
  }
  if (!answer.ok) throw told(value?.error ?? `The workbench refused this (${answer.status}).`, quiet, answer.status, value?.coder);
  return value;
}

/** Ask for a file and let the browser save it. */
export async function download(path, body, name) {
  const answer = await ask(path, body).catch(() => null);
  if (answer === null || !answer.ok) {
    const value = await answer?.json().catch(() => null);
    throw told(value?.error ?? "The file could not be made.", false);
  }
  const given = /filename\*=UTF-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name ?? (given ? decodeURIComponent(given[1]) : "qcode");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function ask(path, body, more = {}, signal = undefined) {
  if (body === undefined) return fetch(path, { signal, headers: { Accept: "application/json", ...more } });
  const form = body instanceof FormData;
  const headers = { "X-QCODE-CSRF": csrf, Accept: "application/json", ...(form ? {} : { "Content-Type": "application/json" }), ...more };
  return fetch(path, { method: "POST", signal, headers, body: form ? body : JSON.stringify(body) });
}

function told(sentence, quiet, status, coder) {
  if (!quiet) toast(sentence, { wrong: true });
  return Object.assign(new Error(sentence), { status, coder });
}

/** Say something in the corner of the window, aloud to a screen reader; `act` is {name, do} for a button. */
export function toast(sentence, { wrong = false, act = null } = {}) {
  const place = document.getElementById("toasts");
  const same = [...place.children].find((one) => one.dataset.said === sentence);
  same?.remove();
  const box = make("div", { class: wrong ? "toast wrong" : "toast" }, make("span", {}, sentence));
  box.dataset.said = sentence;
  if (act !== null) {
    const button = make("button", { type: "button" }, act.name);
    button.addEventListener("click", () => { box.remove(); act.do(); });
    box.append(button);
  }
  const close = make("button", { type: "button", class: "plain", "aria-label": "Close this message" }, "×");
  close.addEventListener("click", () => box.remove());
  box.append(close);
  place.append(box);
  while (place.children.length > 4) place.firstElementChild.remove();
  let left = setTimeout(() => box.remove(), wrong ? 15_000 : 6_000);
  box.addEventListener("pointerenter", () => clearTimeout(left));
  box.addEventListener("pointerleave", () => { left = setTimeout(() => box.remove(), 4_000); });
}

const FIELDS = ["form", "input", "select", "textarea"];

/** What holds for every field: a browser writes the words in a field into its profile unless it says no to that. */
export function unkept(name) {
  return FIELDS.includes(name) ? { autocomplete: "off" } : {};
}

/** Make an element; what is given as content is text, never markup. */
export function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries({ ...unkept(name), ...attributes })) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...content.filter((one) => one !== null && one !== undefined));
  return element;
}

/** Return `1 turn`, `2 turns`, `1,000 turns`. */
export function plural(n, thing) {
  return `${n.toLocaleString("en")} ${thing}${n === 1 ? "" : "s"}`;
}

const listeners = new Set();
const hearers = new Set();
let stamp = null;
let waiting = null;

/** Call `back` with the newest stamp when the study changed anywhere: here, in the terminal, in another window. */
export function live(back) {
  listeners.add(back);
  if (waiting === null) poll();
  return () => listeners.delete(back);
}

/** Call `back` with the name of who codes here, again and again. */
export function hear(back) {
  hearers.add(back);
  if (waiting === null) poll();
}

async function poll() {
  clearTimeout(waiting);
  waiting = setTimeout(poll, EVERY);
  if (document.hidden) return;
  const told = await call("/api/stamp", undefined, { quiet: true }).catch((error) => error);
  if (told instanceof Error) return lost(true, told.status);
  lost(false);
  for (const back of [...hearers]) back(told.coder);
  const changed = stamp !== null && told.stamp !== stamp;
  stamp = told.stamp;
  if (changed) for (const back of [...listeners]) await Promise.resolve(back(stamp)).catch(() => {});
}

function lost(is, status) {
  const there = document.getElementById("lost");
  if (!is) return there?.remove();
  if (there) return;
  const why = status === 403
    ? "You are not inside any more. Press Enter in the terminal where the workbench runs and open the new link."
    : "The workbench does not answer. What you did before is kept; start `qcode serve` again.";
  document.body.prepend(make("p", { id: "lost", class: "lost", role: "alert" }, why));
}

document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting !== null) poll(); });

function coderDialog() {
  const dialog = document.getElementById("coder-dialog");
  if (dialog === null) return;
  const [name, hint] = [document.getElementById("coder-name"), document.getElementById("coder-hint")];
  let known = [];
  const tell = () => {
    const fresh = name.value.trim() !== "" && !known.some((one) => one.toLowerCase() === name.value.trim().toLowerCase());
    hint.textContent = fresh ? "This is a new coder in this study." : "";
  };
  document.getElementById("who").addEventListener("click", async () => {
    dialog.showModal();
    name.select();
    known = (await call("/api/coders")).coders;
    document.getElementById("coder-names").replaceChildren(...known.map((one) => make("option", { value: one })));
    tell();
  });
  name.addEventListener("input", tell);
  document.getElementById("coder-cancel").addEventListener("click", () => dialog.close());
  document.getElementById("coder-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await call("/api/coder", { name: name.value });
    location.reload();
  });
  document.getElementById("leave").addEventListener("click", async () => {
    await call("/api/leave", {});
    location.assign("/");
  });
}

coderDialog();
