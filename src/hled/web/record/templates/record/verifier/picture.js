// Draws the proof: from the fingerprint of the entry up to the root, and the signatures above it.
const SVG = "http://www.w3.org/2000/svg";
const MIDDLE = 180, SIDE = 122, WIDE = 360;
const MARKS = { valid: "\u2713", failed: "\u2717", unchecked: "?", missing: "\u2013" };

function draw(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
const brief = (hash) => `${hash.slice(0, 8)}\u2026`;
const cut = (text, most) => (Array.from(text).length > most ? `${Array.from(text).slice(0, most - 1).join("")}\u2026` : text);

function box(x, y, { kind, wide = 104, high = 30, lines }) {
  const group = draw("g", { class: `box box--${kind}` });
  group.append(draw("rect", { x: x - wide / 2, y: y - high / 2, width: wide, height: high, rx: 6 }));
  lines.forEach((line, at) => {
    const baseline = y + 5 + (at - (lines.length - 1) / 2) * 17;
    group.append(draw("text", { x, y: baseline, class: lines.length > 1 && at === 0 ? "strong" : "mono" }, line));
  });
  return group;
}

const link = (x, from, to) =>
  draw("path", { class: x === MIDDLE ? "edge edge--own" : "edge", d: `M${x} ${from}C${x} ${(from + to) / 2} ${MIDDLE} ${(from + to) / 2} ${MIDDLE} ${to}` });

function seal(signature, y, say) {
  const group = draw("g", { class: `seal seal--${signature.state}` });
  group.append(draw("rect", { x: 30, y: y - 20, width: 300, height: 40, rx: 20 }));
  group.append(draw("circle", { cx: 52, cy: y, r: 12 }), draw("text", { x: 52, y: y + 5, class: "mark" }, MARKS[signature.state]));
  group.append(draw("text", { x: 74, y: y - 2, class: "strong left" }, cut(signature.label ? called(signature.label) : signature.name, 30)));
  group.append(draw("text", { x: 74, y: y + 13, class: "small left" }, say(`seal_${signature.role}_${signature.state}`)));
  return group;
}

// Signatures of the receipt, then the witnesses that the policy asks for and that are not there.
function seals(result) {
  const absent = result.missing.filter((name) => !result.signatures.some((one) => one.label === name));
  return [...result.signatures, ...absent.map((label) => ({ role: "witness", label, name: label, state: "missing" }))];
}

function picture(result, say) {
  const { path, computed, root } = result;
  const step = path.length > 14 ? 46 : path.length > 8 ? 54 : 66;
  const shown = seals(result), differs = computed !== root;
  const signed = 34 + shown.length * 48 + 20; // the middle of the signed root's box
  const top = differs ? signed + 84 : signed;
  const y = (level) => top + (path.length - level) * step + (level < path.length ? 8 : 0) + (level === 0 && path.length ? 8 : 0);
  const high = y(0) + 34;
  const svg = draw("svg", { viewBox: `0 0 ${WIDE} ${high}`, role: "img", "aria-labelledby": "picture-name picture-words", class: "tree" });
  const words = say(differs ? "picture_differs" : "picture_same", { steps: path.length, index: result.index });
  svg.append(draw("title", { id: "picture-name" }, say("picture_name")), draw("desc", { id: "picture-words" }, words));
  path.forEach(({ side }, level) => {
    svg.append(link(MIDDLE, y(level), y(level + 1)), link(MIDDLE + (side === "left" ? -SIDE : SIDE), y(level) - 15, y(level + 1) + (level + 1 < path.length ? 15 : 23)));
  });
  path.forEach(({ side, sibling }, level) => {
    svg.append(box(MIDDLE + (side === "left" ? -SIDE : SIDE), y(level), { kind: "given", lines: [brief(sibling)] }));
    if (level > 0) svg.append(box(MIDDLE, y(level), { kind: "own", lines: [brief(path[level - 1].hash)] }));
  });
  svg.append(draw("path", { class: "edge edge--own", d: `M${MIDDLE} ${signed}V34` }));
  shown.forEach((signature, at) => svg.append(seal(signature, 24 + at * 48, say)));
  if (differs) {
    svg.append(draw("text", { x: MIDDLE, y: signed + 51, class: "unequal" }, "\u2260"));
    svg.append(box(MIDDLE, signed, { kind: "signed", wide: 190, high: 46, lines: [say("box_signed"), brief(root)] }));
  }
  if (path.length) {
    const lines = [say(differs ? "box_computed" : "box_root"), brief(computed)];
    svg.append(box(MIDDLE, top, { kind: differs ? "wrong" : "root", wide: 190, high: 46, lines }));
  }
  const lines = [cut(say("box_entry", { index: result.index }), 17), brief(result.leaf)];
  svg.append(box(MIDDLE, y(0), { kind: path.length || !differs ? "root" : "wrong", wide: 124, high: 46, lines }));
  return svg;
}
