// Writes vectors.json: [text, version or null when invalid], the reference for uuid.py.
// Run `npm ci && npm run generate` here. The pseudo-random choices have a fixed seed, so a new run gives the same file.
import { writeFileSync } from "node:fs";
import { MAX, NIL, validate, version } from "uuid";

let state = 20260602;
const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
};
const hex = (length) => Array.from({ length }, () => "0123456789abcdef"[random(16)]).join("");
const uuid = (versionDigit, variantDigit) =>
    `${hex(8)}-${hex(4)}-${versionDigit}${hex(3)}-${variantDigit}${hex(3)}-${hex(12)}`;

const texts = [NIL, MAX, MAX.toUpperCase(), NIL.replaceAll("-", ""), `{${NIL}}`, `urn:uuid:${MAX}`, "", "uuid", `${NIL}0`, NIL.slice(1)];
for (const versionDigit of "0123456789abcdefF") {
    for (const variantDigit of "0123456789abcdefAB") texts.push(uuid(versionDigit, variantDigit));
}
for (let count = 0; count < 300; count += 1) {
    const text = uuid(1 + random(8), "89ab"[random(4)]);
    const at = random(36);
    const spoiled = text.slice(0, at) + "gG-0 _{é٣"[random(9)] + text.slice(at + 1);
    texts.push(text.toUpperCase(), spoiled, text.slice(0, at) + text.slice(at + 1), text.replace("-", ""), text.replaceAll("-", ""));
}
const lines = texts.map((text) => JSON.stringify([text, validate(text) ? version(text) : null]));
writeFileSync("vectors.json", `[\n${lines.join(",\n")}\n]\n`);
console.log(`${lines.length} vectors`);
