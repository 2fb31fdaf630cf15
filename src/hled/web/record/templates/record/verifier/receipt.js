// Checks a receipt (C2SP tlog-proof) by itself: no page, no network, only the browser's own SHA-256 and Ed25519.
// One spelling for one value everywhere: what a signature covers must not be writable in two ways.
const HEADER = "c2sp.org/tlog-proof@v1";
const MAX_ENTRY = 65_535, MAX_TEXT = 1_000_000, MAX_LINES = 1_000, MAX_SIGNATURES = 64, MAX_PATH = 63;
const MAX_TIME = 253_402_300_799n; // the last second of the year 9999
const LOG = 0x01, COSIGNER = 0x04, COSIGNER_PQ = 0x06; // key types of C2SP signed-note
const KEY_SIZE = { [LOG]: 32, [COSIGNER]: 32, [COSIGNER_PQ]: 1312 };
const NAME = /^[^\p{White_Space}\u0000-\u0020\u007f+]{1,255}$/u; // of a key; the origin of a log is one

class Refused extends Error {
  constructor(code, facts = {}) {
    super(code);
    Object.assign(this, { code, facts, result: null });
  }
}
const refuse = (code, facts) => { throw new Refused(code, facts); };

const encode = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

const isName = (text) => NAME.test(text) && encode(text).length <= 255;

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

async function leafHash(entry) {
  if (!(entry instanceof Uint8Array) || entry.length === 0) refuse("entry_empty");
  if (entry.length > MAX_ENTRY) refuse("entry_large", { size: entry.length });
  return sha256(Uint8Array.of(0), entry);
}

// Text from a string or from bytes; whatever UTF-8 would not give back exactly is refused.
function textOf(value, code) {
  const bytes = typeof value === "string" ? encode(value) : value;
  if (bytes.length > MAX_TEXT) refuse(code);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return typeof value === "string" && text !== value ? refuse(code) : text;
  } catch (error) {
    throw error instanceof TypeError ? new Refused(code) : error;
  }
}

function fromBase64(text, code, facts) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) || !text) refuse(code, facts);
  const binary = atob(text);
  if (btoa(binary) !== text) refuse(code, facts); // bits that no byte holds
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

function decimal(text, code) {
  return /^(?:0|[1-9][0-9]{0,14})$/.test(text) ? BigInt(text) : refuse(code);
}

// ---- the policy (C2SP tlog-policy) ----

async function readKey(text, types, line) {
  const facts = { line };
  const first = text.indexOf("+"), name = text.slice(0, first), id = text.slice(first + 1, first + 9);
  if (first < 1 || text[first + 9] !== "+" || !isName(name) || !/^[0-9a-f]{8}$/.test(id)) refuse("policy_key", facts);
  const material = fromBase64(text.slice(first + 10), "policy_key", facts);
  const type = material[0], bytes = material.subarray(1);
  if (!types.includes(type) || bytes.length !== KEY_SIZE[type]) refuse("policy_key", facts);
  const digest = await sha256(encode(`${name}\n`), material);
  if (hex(digest.subarray(0, 4)) !== id) refuse("policy_key", facts);
  return { name, id, type, bytes };
}

const POLICY_LINES = {
  async log(policy, [key, ...url], line) {
    if (!key || url.length > 1) refuse("policy_line", { line });
    addKey(policy, { role: "log", label: "", ...(await readKey(key, [LOG], line)) }, line);
  },
  async witness(policy, [label, key, ...url], line) {
    if (!key || url.length > 1) refuse("policy_line", { line });
    const read = { role: "witness", label, ...(await readKey(key, [COSIGNER, COSIGNER_PQ], line)) };
    addName(policy, label, { kind: "witness", name: label, key: read }, line);
    addKey(policy, read, line);
  },
  group(policy, [name, needed, ...members], line) {
    const found = members.map((member) => policy.names.get(member) ?? refuse("policy_name", { line, name: member }));
    for (const member of members) {
      if (policy.used.has(member)) refuse("policy_name", { line, name: member });
      policy.used.add(member);
    }
    const words = { all: String(members.length), any: "1" };
    const count = Object.hasOwn(words, needed ?? "") ? words[needed] : needed ?? "";
    if (!/^[1-9][0-9]{0,3}$/.test(count) || Number(count) > members.length) refuse("policy_line", { line });
    addName(policy, name, { kind: "group", name, need: Number(count), members: found }, line);
  },
  quorum(policy, [name, ...rest], line) {
    if (!name || rest.length || policy.quorum) refuse("policy_line", { line });
    const found = name === "none" ? { kind: "none", name } : policy.names.get(name);
    policy.quorum = found ?? refuse("policy_name", { line, name });
  },
};

function addName(policy, name, node, line) {
  if (name === "none" || policy.names.has(name)) refuse("policy_name", { line, name });
  policy.names.set(name, node);
}

function addKey(policy, key, line) {
  const twice = (known) => same(known.bytes, key.bytes) || (known.name === key.name && known.id === key.id);
  if (policy.keys.some(twice)) refuse("policy_twice", { line });
  policy.keys.push(key);
}

async function readPolicy(value) {
  const text = textOf(value, "policy_text");
  const lines = text.split("\n");
  if (text.trim() === "") refuse("policy_empty");
  if (lines.length > MAX_LINES || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) refuse("policy_text");
  const policy = { keys: [], names: new Map(), used: new Set(), quorum: null };
  for (const [at, whole] of lines.entries()) {
    const [verb, ...rest] = whole.split(/[ \t]+/).filter((word) => word !== "");
    if (verb === undefined || verb.startsWith("#")) continue;
    if (!Object.hasOwn(POLICY_LINES, verb)) refuse("policy_line", { line: at + 1 });
    await POLICY_LINES[verb](policy, rest, at + 1);
  }
  return policy.quorum ? policy : refuse("policy_quorum");
}

// A copy of the quorum's tree in which each witness and group says whether it has cosigned.
function reached(node, cosigned) {
  if (node.kind === "none") return { ...node, ok: true };
  if (node.kind === "witness") return { kind: "witness", name: node.name, type: node.key.type, ok: cosigned.has(node.name) };
  const members = node.members.map((member) => reached(member, cosigned));
  return { ...node, members, ok: members.filter((member) => member.ok).length >= node.need };
}
const witnesses = (node) => (node.kind === "group" ? node.members.flatMap(witnesses) : node.kind === "none" ? [] : [node]);

// ---- the receipt (C2SP tlog-proof, signed-note, tlog-checkpoint) ----

function readSignature(line) {
  const [dash, name, code, ...rest] = line.split(" ");
  if (dash !== "\u2014" || !code || rest.length || !isName(name)) refuse("note_signature");
  const bytes = fromBase64(code, "note_signature");
  if (bytes.length < 5) refuse("note_signature");
  return { name, id: hex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
}

function readCheckpoint(text) {
  const gap = text.lastIndexOf("\n\n"); // the text of a note may hold empty lines: the last one counts
  if (gap < 0 || !text.endsWith("\n") || gap + 2 >= text.length) refuse("note_shape");
  const body = text.slice(0, gap + 1), lines = body.split("\n");
  const signatures = text.slice(gap + 2, -1).split("\n").map(readSignature);
  if (signatures.length > MAX_SIGNATURES) refuse("note_signature");
  if (lines.length !== 4 || !isName(lines[0])) refuse("note_shape");
  const root = fromBase64(lines[2], "note_shape");
  if (root.length !== 32) refuse("note_shape");
  return { body, signatures, origin: lines[0], size: decimal(lines[1], "note_shape"), root };
}

function readReceipt(value) {
  const text = textOf(value, "receipt_text");
  if (text.includes("\r")) refuse("receipt_returns");
  if (!text.startsWith(`${HEADER}\n`)) refuse("receipt_header");
  const gap = text.indexOf("\n\n");
  if (gap < 0 || /[\u0000-\u0009\u000b-\u001f]/.test(text)) refuse("receipt_shape");
  const lines = text.slice(0, gap).split("\n").slice(1);
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift().slice(6), "receipt_shape") : null;
  const place = lines.shift() ?? "";
  if (!place.startsWith("index ")) refuse("receipt_shape");
  const path = lines.map((line) => fromBase64(line, "receipt_shape"));
  if (path.length > MAX_PATH || path.some((hash) => hash.length !== 32)) refuse("receipt_shape");
  return { index: decimal(place.slice(6), "receipt_shape"), path, extra, ...readCheckpoint(text.slice(gap + 2)) };
}

// ---- the proof (RFC 9162, 2.1.3.2) ----

async function climb(leaf, { index, size, path }) {
  if (index >= size) refuse("path_outside", { index, size });
  const steps = [];
  let place = index, last = size - 1n, hash = leaf;
  for (const sibling of path) {
    if (last === 0n) refuse("path_length");
    const left = place % 2n === 1n || place === last;
    hash = left ? await nodeHash(sibling, hash) : await nodeHash(hash, sibling);
    steps.push({ side: left ? "left" : "right", sibling: hex(sibling), hash: hex(hash) });
    while (left && place % 2n === 0n && place !== 0n) [place, last] = [place / 2n, last / 2n];
    [place, last] = [place / 2n, last / 2n];
  }
  return last === 0n ? { steps, hash } : refuse("path_length");
}

async function ed25519(key, signature, message) {
  if (signature.length !== 64) return false;
  try {
    const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  } catch (error) {
    return error.name === "NotSupportedError" ? refuse("no_ed25519") : false;
  }
}

// A cosigner by the name that the policy gives it, a log by its own.
const whose = (key) => (key.role === "witness" ? [key.label] : key.name);

// Returns when a cosigner signed (POSIX seconds, as text), or "" for a log key.
async function signedAt(key, { bytes }, body) {
  const at = key.type === LOG ? "" : new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  const message = key.type === LOG ? body : `cosignature/v1\ntime ${at}\n${body}`;
  const good = at === "" || at <= MAX_TIME;
  if (!good || !(await ed25519(key.bytes, bytes.subarray(key.type === LOG ? 0 : 8), encode(message)))) {
    refuse("signature_bad", { who: whose(key) });
  }
  return String(at);
}

async function checkSignature(key, line, receipt, result) {
  const shown = { role: key.role, label: key.label, name: key.name, type: key.type, state: "failed", at: "" };
  if (result.signatures.some((other) => other.name === key.name && other.type === key.type && other.id === key.id)) {
    refuse("signature_twice", { who: whose(key) });
  }
  result.signatures.push(Object.assign(shown, { id: key.id }));
  if (key.type === COSIGNER_PQ) return Object.assign(shown, { state: "unchecked" });
  if (key.type === COSIGNER && line.bytes.length <= 8) refuse("signature_bad", { who: whose(key) });
  const at = await signedAt(key, line, receipt.body);
  return Object.assign(shown, { state: "valid", at });
}

function checkLog(policy, receipt, result) {
  const { origin } = receipt;
  if (!policy.keys.some((key) => key.role === "log" && key.name === origin)) refuse("log_unknown", { origin });
  const mine = result.signatures.find((one) => one.role === "log" && one.name === origin);
  if (!mine) refuse("log_unsigned", { origin });
  return { origin }; // whether its signature holds was said before
}

function checkQuorum(policy, result) {
  const signed = result.signatures.filter((one) => one.role === "witness" && one.state === "valid");
  result.cosigners = signed.map((one) => one.label);
  result.quorum = reached(policy.quorum, new Set(result.cosigners));
  const missing = witnesses(result.quorum).filter((one) => !one.ok);
  result.missing = missing.map((one) => one.name);
  if (result.quorum.ok) return { quorum: result.quorum };
  const checkable = missing.some((one) => one.type === COSIGNER);
  return refuse(checkable ? "quorum_missing" : "quorum_unchecked", { names: result.missing });
}

// Returns what was found, step by step; throws Refused (code, facts, and the steps in `result`) at the first failure
// after looking at everything that can still be looked at.
async function verifyReceipt(entry, receiptText, policyText) {
  const result = { checks: [], path: [], signatures: [], ignored: [], cosigners: [], missing: [], quorum: null };
  let refused = null;
  const check = async (id, work) => {
    try {
      const facts = await work();
      result.checks.push({ id, state: facts?.state === "unchecked" ? "unchecked" : "ok", facts });
      return facts;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      result.checks.push({ id, state: "failed", code: error.code, facts: error.facts });
      refused ??= error;
      return null;
    }
  };
  if (!globalThis.crypto?.subtle) refuse("no_webcrypto");
  const policy = await check("policy", () => readPolicy(policyText));
  const receipt = await check("receipt", () => readReceipt(receiptText));
  const leaf = await check("entry", () => leafHash(entry));
  if (leaf) result.leaf = hex(leaf);
  if (receipt) {
    const { origin, index, size, extra } = receipt;
    Object.assign(result, { origin, index, size, extra, root: hex(receipt.root) });
  }
  if (policy && receipt && leaf) {
    await check("path", async () => {
      const { steps, hash } = await climb(leaf, receipt);
      Object.assign(result, { path: steps, computed: hex(hash) });
      return same(hash, receipt.root) ? { steps: steps.length } : refuse("path_root");
    });
    for (const line of receipt.signatures) {
      const key = policy.keys.find((known) => known.name === line.name && known.id === line.id);
      if (key) await check(key.role, () => checkSignature(key, line, receipt, result));
      else result.ignored.push(line.name);
    }
    await check("origin", () => checkLog(policy, receipt, result));
    await check("quorum", () => checkQuorum(policy, result));
  }
  if (refused) throw Object.assign(refused, { result });
  return result;
}
