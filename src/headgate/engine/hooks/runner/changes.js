// What hooks changed, gathered by slot (one column of the table), and what a hook may put into a cell.

import { WrongShape } from "./failures.js";

const LEVELS = new Set(["error", "warning", "info"]);
const MAX_TEXT = 2000;
const isArray = Array.isArray;
const timeOf = Date.prototype.getTime;
const isoOf = Date.prototype.toISOString;
const DATE_PARTS = { date: [0, 10], datetime: [0, 19], time: [11, 19], other: [0, 24] };

export function isObject(value) {
  return typeof value === "object" && value !== null;
}

function kindOf(value) {
  if (isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function wellFormed(text) {
  return text.isWellFormed() ? text : text.toWellFormed();
}

function dateText(value, field) {
  let time;
  try {
    time = timeOf.call(value);
  } catch {
    throw new WrongShape(
      `The value of "${field.key}" must be a text, number, boolean, Date or null, not ${kindOf(value)}.`,
    );
  }
  if (Number.isNaN(time)) return "Invalid Date";
  const iso = isoOf.call(value);
  // Years beyond 9999 are written with a sign and six digits; cutting them would make another date.
  if (iso.length !== 24) return iso;
  return iso.slice(...DATE_PARTS[field.temporal ?? "other"]);
}

function listText(values, field) {
  const parts = [];
  for (let i = 0; i < values.length; i++) {
    const part = values[i];
    if (typeof part !== "string" && typeof part !== "number") {
      throw new WrongShape(`The list given for "${field.key}" holds ${kindOf(part)}; only texts and numbers are allowed.`);
    }
    const text = wellFormed(String(part));
    const quoted = text.includes(field.delimiter) || text.includes('"') || text.trim() !== text || text === "";
    parts.push(quoted ? `"${text.replaceAll('"', '""')}"` : text);
  }
  return parts.join(field.delimiter);
}

// The text of a value that a hook set, and whether it was a JavaScript number or boolean rather than a text.
export function cellText(value, field) {
  switch (typeof value) {
    case "string":
      return [wellFormed(value), false];
    case "number":
      return [String(value), true];
    case "bigint":
      return [value.toString(), true];
    case "boolean":
      return [value ? "true" : "false", true];
    case "object":
      if (value === null) return ["", false];
      if (isArray(value) && field.delimiter !== null) return [listText(value, field), false];
      return [dateText(value, field), false];
    default:
      throw new WrongShape(
        `The value of "${field.key}" must be a text, number, boolean, Date or null, not ${kindOf(value)}.`,
      );
  }
}

export function messagesOf(info, key) {
  if (info === null) return [];
  if (!isArray(info)) throw new WrongShape(`"info" of "${key}" must be a list of {message, level}, not ${kindOf(info)}.`);
  const messages = [];
  for (let i = 0; i < info.length; i++) {
    const entry = info[i];
    const message = isObject(entry) ? entry.message : undefined;
    const level = isObject(entry) ? entry.level ?? "error" : undefined;
    if (typeof message !== "string" || !LEVELS.has(level)) {
      throw new WrongShape(
        `"info" of "${key}" must be a list of {message: text, level: "error" | "warning" | "info"}; entry ${i} is not.`,
      );
    }
    messages.push([level, wellFormed(message.slice(0, MAX_TEXT))]);
  }
  return messages;
}

function optionsOf(options, key) {
  if (!isArray(options)) throw new WrongShape(`"selectOptions" of "${key}" must be a list, not ${kindOf(options)}.`);
  const found = [];
  for (let i = 0; i < options.length; i++) {
    const option = options[i];
    const { label, value, alternateMatches } = isObject(option) ? option : {};
    const others = isArray(alternateMatches) ? [...alternateMatches] : [];
    const fits = typeof label === "string" && typeof value === "string" && others.every((text) => typeof text === "string");
    if (!fits) {
      throw new WrongShape(`"selectOptions" of "${key}" must be a list of {label: text, value: text}; entry ${i} is not.`);
    }
    found.push([wellFormed(label), wellFormed(value), others.map(wellFormed)]);
  }
  return found;
}

class SlotChanges {
  constructor(count) {
    this.changed = new Uint8Array(count); // 1: a text, 2: a number or boolean
  }

  gather(slot, texts, from, to) {
    const at = [];
    const values = [];
    const typed = [];
    for (let i = from; i < to; i++) {
      const state = this.changed[i];
      if (state === 0) continue;
      if (state === 2) typed.push(at.length);
      at.push(i - from);
      values.push(texts[i] === "" ? null : texts[i]);
    }
    return at.length === 0 ? null : [slot, at.length === to - from ? null : at, values, typed];
  }
}

// Compares cells with `texts` (by slot, then by row: the texts as displayed), which it keeps up to date.
export class Changes {
  constructor(texts, count) {
    this.texts = texts;
    this.count = count;
    this.values = new Map();
    this.infos = new Map();
    this.options = new Map();
  }

  known(slot, i, messages, options) {
    if (messages) this.infos.set(this.place(slot, i), { json: JSON.stringify(messages), slot, i });
    if (options) this.options.set(this.place(slot, i), { json: JSON.stringify(options), slot, i });
  }

  place(slot, i) {
    return slot * this.count + i;
  }

  // True when the value differs; then `texts` holds the new one.
  value(slot, i, value, field) {
    const before = this.texts[slot][i];
    if (value === before || value === undefined || (value === null && before === "")) return false;
    const [text, typed] = cellText(value, field);
    if (text === before && !typed) return false;
    this.texts[slot][i] = text;
    let changes = this.values.get(slot);
    if (changes === undefined) this.values.set(slot, (changes = new SlotChanges(this.count)));
    changes.changed[i] = typed ? 2 : 1;
    return true;
  }

  info(slot, i, info, key) {
    const place = this.place(slot, i);
    const known = this.infos.get(place);
    if (known === undefined && isArray(info) && info.length === 0) return;
    const messages = messagesOf(info, key);
    const json = JSON.stringify(messages);
    if (json !== (known?.json ?? "[]")) this.infos.set(place, { json, slot, i, messages });
  }

  selectOptions(slot, i, options, key) {
    const place = this.place(slot, i);
    const found = optionsOf(options, key);
    const json = JSON.stringify(found);
    if (this.options.get(place)?.json !== json) this.options.set(place, { json, slot, i, found });
  }

  // What changed in the rows `from` up to `to`, positions counted from `from`.
  slice(from, to) {
    const values = [];
    for (const [slot, changes] of this.values) {
      const part = changes.gather(slot, this.texts[slot], from, to);
      if (part !== null) values.push(part);
    }
    // Four columns: slot, row, level, message. A cell without messages left has one entry without level and message.
    const infos = [[], [], [], []];
    for (const { slot, i, messages } of this.infos.values()) {
      if (messages === undefined || i < from || i >= to) continue;
      for (const [level, message] of messages.length === 0 ? [[null, null]] : messages) {
        infos[0].push(slot);
        infos[1].push(i - from);
        infos[2].push(level);
        infos[3].push(message);
      }
    }
    const options = [];
    for (const { slot, i, found } of this.options.values()) {
      if (found !== undefined && i >= from && i < to) options.push([slot, i - from, found]);
    }
    return { values, infos, options };
  }
}
