// The row expression of Transform (docs/review-api.md): one function of a row, called for each row that it may change.

import { cellText, isObject } from "./changes.js";
import { WrongShape } from "./failures.js";
import { columnsOf, numbers, property } from "./records.js";

const isArray = Array.isArray;
const isFinite = Number.isFinite;
const keysOf = Object.keys;

function literalOf(fields, column, guarded) {
  const cells = fields.map((field) => {
    const each = field.slots.map((slot) => `${column}[${slot}][i]`);
    return `${property(field.key)}:${field.many ? `[${each.join(",")}]` : each[0]}`;
  });
  return `{${guarded ? "__proto__:hidden," : ""}${cells.join(",\n")}}`;
}

// What an expression gets for a field that is hidden from it: not undefined, which it would write into other cells.
function hiddenSource(keys) {
  const getters = keys.map((key) => {
    const text = JSON.stringify(`The values of "${key.slice(0, 80)}" are hidden: an expression may write them, but not look at them.`);
    return `get ${property(key)}(){throw new Error(${text})}`;
  });
  return `({__proto__:Object.prototype,${getters.join(",")}})`;
}

// Plain literals from generated code: one hidden class for all rows.
function callerSource(fields, guarded) {
  return `(function(call,d,r,fields,hidden){return (i,index)=>call(${literalOf(fields, "r", guarded)},${literalOf(fields, "d", guarded)},index,fields)})`;
}

function kindOf(value) {
  if (isArray(value)) return "a list";
  return typeof value === "function" ? "a function" : `a ${typeof value}`;
}

export class RowExpression {
  // `read`: the fields that the expression looks at, their slots counted from 0 in the order of the columns that come.
  // `written`: all fields, by the slots of the table. `evaluate` evaluates a source in the realm of the expression.
  constructor(call, { read, written, fields, hidden }, evaluate) {
    this.call = call;
    this.read = read;
    this.fields = fields;
    this.bind = evaluate(callerSource(read, hidden.length > 0));
    this.hidden = evaluate(hiddenSource(hidden));
    this.written = new Map(written.map((field) => [field.key, field]));
    this.seen = new Map(read.map((field) => [field.key, field.slots]));
  }

  run(frame, showLife) {
    const { count } = frame;
    const index = isArray(frame.index) ? frame.index : numbers(frame.index, count);
    const raw = [];
    for (const field of this.read) for (const slot of field.slots) raw[slot] = field.raw;
    this.texts = frame.texts;
    this.results = columnsOf(frame, raw);
    this.changes = new Map();
    const give = this.bind(this.call, this.texts, this.results, this.fields, this.hidden);
    for (let i = 0; i < count; i++) {
      showLife(index[i]);
      const given = give(i, index[i]);
      if (given !== undefined && given !== null) this.take(i, given);
    }
    const values = [];
    for (const [slot, { at, texts, typed }] of this.changes) {
      values.push([slot, at.length === count ? null : at, texts, typed]);
    }
    return { values, infos: [[], [], [], []], options: [] };
  }

  take(i, given) {
    if (!isObject(given) || isArray(given)) {
      throw new WrongShape(
        `It must give an object of new values by field key, such as ({ name: "…" }), or undefined, not ${kindOf(given)}.`,
      );
    }
    if (typeof given.then === "function") throw new WrongShape("It must give its values at once, not a promise.");
    for (const key of keysOf(given)) {
      const field = this.written.get(key);
      if (field === undefined) throw new WrongShape(`It gives a value for "${key.slice(0, 80)}", but no field has this key.`);
      const value = given[key];
      if (value === undefined) continue;
      if (!field.many) {
        this.set(i, 0, field, value);
        continue;
      }
      if (!isArray(value) || value.length !== field.slots.length) {
        throw new WrongShape(`The value of "${key}" must be a list of ${field.slots.length}, one for each of its columns.`);
      }
      for (let j = 0; j < value.length; j++) if (value[j] !== undefined) this.set(i, j, field, value[j]);
    }
  }

  set(i, entry, field, value) {
    const seen = this.seen.get(field.key)?.[entry];
    // A list may have been changed in place, so only its text can tell.
    const same = seen !== undefined && (value === this.texts[seen][i] || (value === this.results[seen][i] && !isObject(value)));
    if (same && value !== null) return;
    // null and "" both empty a cell; the parent tells them apart, for `row` shows cells in error as null too.
    const [text, typed] = cellText(value, field);
    if ((typeof value === "number" && !isFinite(value)) || (isObject(value) && text === "Invalid Date")) {
      throw new WrongShape(`What it gives for "${field.key}" is ${text}: the row has no value to reckon with.`);
    }
    const slot = field.slots[entry];
    let changes = this.changes.get(slot);
    if (changes === undefined) this.changes.set(slot, (changes = { at: [], texts: [], typed: [] }));
    if (typed) changes.typed.push(changes.at.length);
    changes.at.push(i);
    changes.texts.push(value === null ? null : text);
  }
}
