// The page around the check: files in, plain words out. Data reaches the page as text only, never as HTML.
const at = (id) => document.getElementById(id);
const words = JSON.parse(at("words").textContent);
const language = document.documentElement.lang === "es" ? "es-MX" : "en-US";
const number = new Intl.NumberFormat(language);
const names = new Intl.ListFormat(language, { type: "conjunction" });
const choice = new Intl.ListFormat(language, { type: "disjunction" });
const TONGUES = { en: "English", es: "Español" };
const moment = new Intl.DateTimeFormat(language === "en-US" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short", hourCycle: "h23", timeZone: "UTC" });
const given = { entry: null, receipt: null };
let turn = 0;

// A text in the page's language with its facts in place; facts are never read as text with places of their own.
function say(key, facts = {}) {
  const shown = (fact) => {
    if (Array.isArray(fact)) return names.format(fact.map(called));
    return typeof fact === "number" || typeof fact === "bigint" ? number.format(fact) : String(fact);
  };
  return words[key].replace(/\{(\w+)\}/g, (place, name) => (name in facts ? shown(facts[name]) : place));
}

// The name that a policy gives a cosigner, in words: `us` and `us-pq` are the United States, others are quoted.
function called(label) {
  const [party, kind, ...rest] = label.split("-");
  const known = ["us", "mx"].includes(party) && (kind ?? "pq") === "pq" && rest.length === 0;
  if (!known) return say("party_other", { name: label });
  return say(`party_${party}`) + (kind ? " (ML-DSA-44)" : "");
}

function make(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

// POSIX seconds, as text, as a date; what no calendar holds stays a number.
function day(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? seconds : `${moment.format(date)} UTC`;
}

// ---- what the reader gives ----

function show(slot) {
  const one = given[slot];
  const text = one ? say("file_given", { name: one.name || say("file_pasted"), size: one.bytes.length }) : say("file_none");
  at(`${slot}-state`).replaceChildren(make("bdi", {}, text));
  at(`${slot}-slot`).classList.toggle("slot--given", one !== null);
  at(`${slot}-remove`).hidden = one === null;
}

function put(slot, one) {
  given[slot] = one;
  show(slot);
}

// Whatever lies in the wrong place is put in the right one: a receipt and a policy say what they are.
function kindOf(name, bytes, slot) {
  const start = new TextDecoder().decode(bytes.subarray(0, 4000));
  if (start.startsWith("c2sp.org/tlog-proof") || name.endsWith(".tlog-proof")) return "receipt";
  if (start.startsWith("{") || name.endsWith(".json")) return "entry";
  if (/^[ \t]*(?:log|witness|quorum)[ \t]/m.test(start)) return "policy";
  return slot ?? "entry";
}

async function take(files, slot) {
  for (const file of files) {
    if (file.size > MAX_TEXT) return refusal(say("file_large", { name: file.name }));
    let bytes;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      return refusal(say("file_unreadable", { name: file.name }));
    }
    const kind = kindOf(file.name, bytes, slot);
    if (kind === "policy") at("policy").value = new TextDecoder().decode(bytes);
    else put(kind, { name: file.name, bytes });
  }
  return consider();
}

// Copying adds or drops line breaks at the end, which no entry has and every receipt has once.
function paste(slot, text) {
  const ended = text.replace(/[\r\n]+$/, "") + (slot === "receipt" ? "\n" : "");
  put(slot, text.trim() ? { name: "", bytes: encode(ended) } : null);
  return update();
}

// ---- what the page answers ----

function update() {
  turn += 1;
  if (given.entry && given.receipt) return verify();
  for (const id of ["verdict", "details"]) at(id).hidden = true;
  at("explained").hidden = false;
  return null;
}

async function verify() {
  const mine = (turn += 1);
  const lacking = ["entry", "receipt"].filter((slot) => !given[slot]);
  if (lacking.length) return refusal(say(`lacking_${lacking.join("_")}`));
  let outcome = null;
  try {
    outcome = { result: await verifyReceipt(given.entry.bytes, given.receipt.bytes, at("policy").value) };
  } catch (error) {
    const known = error instanceof Refused;
    if (!known) console.warn(error);
    outcome = { code: known ? error.code : "unexpected", facts: error.facts ?? {}, result: error.result ?? null };
  }
  return mine === turn ? answer(outcome) : null;
}

function answer({ code, facts, result }) {
  if (code) verdict("refused", say("verdict_refused"), [say(code, facts)]);
  else confirm(result);
  at("checks").replaceChildren(...(result ? checks(result) : []));
  at("picture").replaceChildren(...(result?.computed ? figure(result) : []));
  at("reading").replaceChildren(...(result?.leaf ? readable(given.entry.bytes, code) : []));
  at("details").hidden = !result;
}

function refusal(text) {
  answer({ code: "given", facts: { text }, result: null });
}

function confirm(result) {
  const { index, origin, cosigners, signatures } = result;
  const facts = { index, origin, names: cosigners };
  const kind = cosigners.length ? "genuine" : "local";
  const late = signatures.filter((one) => Number(one.at) > Date.now() / 1000 + 86_400).map((one) => one.label);
  verdict(kind, say(`verdict_${kind}`), [
    say(`sentence_${kind}`, facts),
    ...(origin.startsWith("demonstration.invalid/") ? [say("demonstration")] : []),
    ...(late.length ? [say("future", { names: late })] : []),
  ]);
}

function verdict(kind, title, sentences) {
  at("explained").hidden = true;
  at("verdict").hidden = false;
  at("verdict").className = `verdict verdict--${kind}`;
  at("verdict-mark").textContent = kind === "refused" ? MARKS.failed : MARKS.valid;
  at("verdict-title").textContent = title;
  at("verdict-words").replaceChildren(...sentences.map((text) => make("p", {}, make("bdi", {}, text))));
}

function rule(node) {
  if (node.kind === "none") return say("rule_none");
  if (node.kind === "witness") return called(node.name);
  const inner = node.members.map((member) => (member.members?.length > 1 ? `(${rule(member)})` : rule(member)));
  if (node.need === inner.length) return names.format(inner);
  return node.need === 1 ? choice.format(inner) : say("rule_some", { names: inner.join(", "), count: node.need });
}

async function ruleOfPolicy() {
  try {
    const { quorum } = await readPolicy(at("policy").value);
    return say("policy_asks", { rule: rule(quorum) });
  } catch (error) {
    return error instanceof Refused ? say(error.code, error.facts) : "";
  }
}

// The words under one step: its own when it failed, else what was found.
function found({ id, state, code, facts }, result) {
  if (state === "failed") return say(code, facts);
  const more = {
    policy: () => ({ rule: rule(facts.quorum) }),
    receipt: () => ({ index: result.index, origin: result.origin, size: result.size }),
    entry: () => ({ hash: result.leaf }),
    path: () => ({ steps: result.path.length, hash: result.root }),
    log: () => ({ name: facts.name }),
    witness: () => ({ name: facts.name, date: day(facts.at) }),
    quorum: () => ({ rule: rule(facts.quorum) }),
  };
  return say(`${id}_${state}`, more[id]());
}

function checks(result) {
  const shown = result.checks.filter(({ id, state }) => id !== "origin" || state === "failed");
  const items = shown.map((one) => {
    const label = one.facts?.label || (Array.isArray(one.facts?.who) ? one.facts.who[0] : "");
    const title = say(`${one.id}_title`, { name: label ? called(label) : "" });
    const mark = { ok: MARKS.valid, failed: MARKS.failed, unchecked: MARKS.unchecked }[one.state];
    return make("li", { class: `check check--${one.state}` },
      make("span", { class: "check__mark", "aria-hidden": "true" }, mark),
      make("div", {},
        make("h3", {}, make("bdi", {}, title), " ", make("span", { class: "tag" }, say(`state_${one.state}`))),
        make("p", {}, make("bdi", {}, found(one, result)))));
  });
  const aside = [
    ...(result.ignored.length ? [say("ignored", { names: result.ignored.join(", ") })] : []),
    ...(result.extra ? [say("extra", { size: result.extra.length })] : []),
  ].map((text) => make("li", { class: "check check--note" },
    make("span", { class: "check__mark", "aria-hidden": "true" }, MARKS.missing),
    make("p", {}, make("bdi", {}, text))));
  return [make("h2", {}, say("checks_heading")), make("ol", { class: "checks" }, ...items, ...aside)];
}

function figure(result) {
  const steps = result.path.map(({ side, sibling, hash }) => make("li", {},
    say(`step_${side}`), " ", make("code", {}, sibling), " ", say("step_gives"), " ", make("code", {}, hash)));
  const every = steps.length ? make("details", {},
    make("summary", {}, say("steps_summary")),
    make("p", {}, say("steps_start"), " ", make("code", {}, result.leaf)),
    make("ol", { class: "steps" }, ...steps)) : null;
  return [make("h2", {}, say("picture_heading")),
    make("figure", {}, picture(result, say),
      make("figcaption", {},
        make("p", { class: "legend" },
          make("span", { class: "key key--own" }), say("legend_own"), " ",
          make("span", { class: "key key--given" }), say("legend_given")),
        make("p", {}, say(result.computed === result.root ? "caption_same" : "caption_differs")))),
    ...(every ? [every] : [])];
}

// ---- the entry, for people ----

function value(thing) {
  if (thing === null || typeof thing !== "object") return make("span", {}, make("bdi", {}, thing === null ? say("value_none") : String(thing)));
  const pairs = Object.entries(thing);
  if (pairs.length === 0) return make("span", {}, say("value_none"));
  if (Array.isArray(thing)) return make("ul", {}, ...thing.map((item) => make("li", {}, value(item))));
  return make("dl", { class: "sheet" }, ...pairs.flatMap(([key, item]) => {
    const tongue = Object.hasOwn(TONGUES, key) ? { lang: key } : {};
    return [make("dt", tongue, TONGUES[tongue.lang] ?? make("code", {}, key)), make("dd", tongue, value(item))];
  }));
}

// RFC 8785 for what entries may hold: JavaScript sorts and writes text as that standard does.
function canonical(thing) {
  if (Array.isArray(thing)) return `[${thing.map(canonical).join(",")}]`;
  if (thing === null || typeof thing !== "object") return JSON.stringify(thing);
  const keys = Object.keys(thing).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(thing[key])}`).join(",")}}`;
}

function parsed(text) {
  try {
    const thing = JSON.parse(text);
    const whole = thing !== null && typeof thing === "object" && !Array.isArray(thing);
    return whole && canonical(thing) === text ? thing : null;
  } catch {
    return null; // no JSON, or nested beyond any entry
  }
}

function readable(bytes, code) {
  const text = new TextDecoder().decode(bytes), entry = parsed(text);
  const heading = make("h2", {}, say("reading_heading"));
  const warning = code ? [make("p", { class: "warning" }, say("reading_unproven"))] : [];
  const exact = make("pre", { tabindex: "0", role: "region", "aria-label": say("reading_exact") }, text);
  if (!entry) return [heading, ...warning, make("p", {}, say("reading_raw")), exact];
  const { type, id, at: when, prev, content, v, ...others } = entry;
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(when) ? day(Date.parse(when) / 1000) : when;
  const known = Object.entries({ type, id, at: date, prev, content, v }).map(([key, thing]) => [`reading_${key}`, thing]);
  const rows = known.filter(([, thing]) => thing !== undefined).flatMap(([key, thing]) => [make("dt", {}, say(key)), make("dd", {}, value(thing))]);
  const rest = Object.entries(others).flatMap(([key, thing]) => [make("dt", {}, make("code", {}, key)), make("dd", {}, value(thing))]);
  return [heading, ...warning, make("dl", { class: "sheet" }, ...rows, ...rest),
    make("details", {}, make("summary", {}, say("reading_exact")), exact)];
}

// ---- the page begins ----

for (const slot of ["entry", "receipt"]) {
  at(`${slot}-file`).addEventListener("change", (event) => { take([...event.target.files], slot); event.target.value = ""; });
  at(`${slot}-text`).addEventListener("input", (event) => paste(slot, event.target.value));
  at(`${slot}-remove`).addEventListener("click", () => { at(`${slot}-text`).value = ""; put(slot, null); update(); at(`${slot}-file`).focus(); });
  show(slot);
}
async function consider() {
  at("policy-rule").replaceChildren(make("bdi", {}, await ruleOfPolicy()));
  return update();
}
at("policy").addEventListener("input", consider);
at("verify").addEventListener("click", async () => { await verify(); at("verdict-title").focus(); });
const dragging = (is) => document.body.classList.toggle("dragging", is);
document.addEventListener("dragover", (event) => { event.preventDefault(); dragging(true); });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) dragging(false); });
document.addEventListener("drop", (event) => {
  event.preventDefault();
  dragging(false);
  const slot = event.target.closest?.("[data-slot]")?.dataset.slot;
  if (event.dataTransfer.files.length) take([...event.dataTransfer.files], slot);
});
if (location.protocol === "file:") {
  at("save").hidden = true;
  at("saved").hidden = false;
}
// What this browser lacks is said before anyone looks for files.
(async () => {
  if (!globalThis.crypto?.subtle) return refusal(say("no_webcrypto"));
  try {
    await ed25519(new Uint8Array(32), new Uint8Array(64), new Uint8Array(0));
  } catch (error) {
    if (error instanceof Refused) return refusal(say(error.code));
  }
  return consider();
})();
window.hledVerify = verifyReceipt;
