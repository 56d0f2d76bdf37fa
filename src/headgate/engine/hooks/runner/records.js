// Records as hooks see them, built from columns of text, and the merging of what hooks make of them.

import { Changes, isObject } from "./changes.js";
import { WrongShape } from "./failures.js";

const isArray = Array.isArray;
// A column of result texts that says no more than the texts as displayed.
const SAME = 1;
const SAME_OR_NULL = 2;

// A key named __proto__ must become a property like any other.
export function property(key) {
  return `[${JSON.stringify(key)}]`;
}

function cellSource(slot) {
  return `value:d[${slot}][i],resultValue:r[${slot}][i],info:[]`;
}

function fieldSource(field) {
  if (!field.many) return `${property(field.key)}:{${cellSource(field.slots[0])}}`;
  const each = (column) => field.slots.map((slot) => `${column}[${slot}][i]`).join(",");
  const cells = field.slots.map((slot) => `{${cellSource(slot)}}`).join(",");
  return `${property(field.key)}:{value:[${each("d")}],resultValue:[${each("r")}],info:[],manyToOne:[${cells}]}`;
}

// Plain literals from generated code: own properties, so that spreading and JSON work, and one hidden class for all rows.
function builderSource(fields) {
  const row = fields.map(fieldSource).join(",\n");
  return `(function(d,r,index,ids,from,count,out){for(let i=0;i<count;i++)
out.push({index:index[i],rowId:ids[i],row:{${row}}});})`;
}

function typedValue(text) {
  if (text === null) return null;
  switch (text.charCodeAt(0)) {
    case 91: // [
      return JSON.parse(text);
    case 116: // t
      return true;
    case 102: // f
      return false;
    default:
      return Number(text);
  }
}

export class Layout {
  // `compile` evaluates a source in the hooks' realm.
  constructor(fields, compile) {
    this.fields = fields;
    this.slots = [];
    this.byKey = new Map();
    for (const field of fields) {
      this.byKey.set(field.key, field);
      for (let j = 0; j < field.slots.length; j++) this.slots[field.slots[j]] = { field, entry: j };
    }
    this.build = compile(builderSource(fields));
    this.newArray = compile("(function(){return []})");
  }
}

export function numbers(start, count) {
  const list = new Array(count);
  for (let i = 0; i < count; i++) list[i] = start + i;
  return list;
}

// The typed values of a frame, column by column; `raw` says which of them are JSON and not texts.
export function columnsOf(frame, raw) {
  return frame.results.map((column, slot) => {
    let texts = column;
    if (column === SAME) texts = frame.texts[slot];
    else if (column === SAME_OR_NULL) texts = frame.texts[slot].map((text) => (text === "" ? null : text));
    return raw[slot] ? texts.map(typedValue) : texts;
  });
}

// One or more batches of rows, loaded one after another.
export class Rows {
  constructor(layout) {
    this.layout = layout;
    this.index = [];
    this.ids = [];
    this.texts = layout.slots.map(() => []);
    this.records = layout.newArray();
    this.sizes = [];
    this.existing = [];
  }

  load(frame) {
    const { layout } = this;
    const { count } = frame;
    const index = isArray(frame.index) ? frame.index : numbers(frame.index, count);
    const ids = (isArray(frame.ids) ? frame.ids : numbers(frame.ids, count)).map(String);
    const results = columnsOf(frame, layout.slots.map(({ field }) => field.raw));
    layout.build(frame.texts, results, index, ids, 0, count, this.records);
    const offset = this.index.length;
    if (offset === 0) {
      this.index = index;
      this.ids = ids;
      this.texts = frame.texts;
    } else {
      append(this.index, index);
      append(this.ids, ids);
      for (let slot = 0; slot < this.texts.length; slot++) append(this.texts[slot], frame.texts[slot]);
    }
    for (const [slot, at, messages, options] of frame.existing) this.existing.push([slot, offset + at, messages, options]);
    this.sizes.push(count);
    return this;
  }

  get count() {
    return this.index.length;
  }

  // Called once, when all batches are loaded.
  ready() {
    this.changes = new Changes(this.texts, this.count);
    this.positions = null;
    for (const [slot, i, messages, options] of this.existing) {
      const { field, entry } = this.layout.slots[slot];
      const cell = this.records[i].row[field.key];
      const place = field.many ? cell.manyToOne[entry] : cell;
      if (messages !== null) place.info = messages.map(([level, message]) => ({ message, level }));
      if (options !== null) {
        place.selectOptions = options.map(([label, value, alternateMatches]) => ({ label, value, alternateMatches }));
      }
      this.changes.known(slot, i, messages, options);
    }
    return this;
  }

  positionOf(index) {
    if (this.positions === null) this.positions = new Map(this.index.map((value, i) => [value, i]));
    return this.positions.get(index);
  }

  // Take over what a hook returned for row `i`, then everything that changed in it.
  settle(i, returned, record) {
    if (returned !== undefined && returned !== null && returned !== record) this.merge(record, returned);
    const { row } = record;
    if (!isObject(row)) throw new WrongShape('The record\'s "row" must stay an object of cells by field key.');
    const { fields } = this.layout;
    let missing = 0;
    for (let f = 0; f < fields.length; f++) {
      const field = fields[f];
      const cell = row[field.key];
      if (cell === undefined) {
        missing++;
        continue;
      }
      if (!isObject(cell)) throw notACell(field.key);
      if (field.many) this.settleMany(i, cell, field);
      else this.settleCell(field.slots[0], i, cell, field);
    }
    if (Object.keys(row).length > fields.length - missing) this.refuseUnknown(row);
  }

  refuseUnknown(row) {
    for (const key of Object.keys(row)) if (!this.layout.byKey.has(key)) throw noSuchField(key);
  }

  settleCell(slot, i, cell, field) {
    const { value, info, selectOptions } = cell;
    if (value !== this.texts[slot][i] && this.changes.value(slot, i, value, field)) {
      cell.resultValue = value;
      cell.value = this.texts[slot][i];
    }
    if (info !== undefined && (info === null || info.length !== 0 || this.changes.infos.size !== 0)) {
      this.changes.info(slot, i, info, field.key);
    }
    if (selectOptions !== undefined) this.changes.selectOptions(slot, i, selectOptions, field.key);
  }

  settleMany(i, cell, field) {
    const { value, info, selectOptions, manyToOne } = cell;
    const { slots } = field;
    if (value !== undefined) {
      if (!isArray(value) || value.length !== slots.length) {
        throw new WrongShape(`The value of "${field.key}" must be a list of ${slots.length}, one for each of its columns.`);
      }
      for (let j = 0; j < slots.length; j++) {
        if (this.changes.value(slots[j], i, value[j], field) && isObject(manyToOne?.[j])) {
          manyToOne[j].value = this.texts[slots[j]][i];
          manyToOne[j].resultValue = value[j];
        }
      }
    }
    if (manyToOne !== undefined) {
      if (!isArray(manyToOne) || manyToOne.length > slots.length) {
        throw new WrongShape(`"manyToOne" of "${field.key}" must be a list of at most ${slots.length} cells.`);
      }
      for (let j = 0; j < manyToOne.length; j++) {
        if (manyToOne[j] === undefined) continue;
        if (!isObject(manyToOne[j])) throw notACell(field.key);
        this.settleCell(slots[j], i, manyToOne[j], field);
        if (isArray(value)) value[j] = this.texts[slots[j]][i];
      }
    }
    // Messages about the whole field stand at its first column, and from there later hooks change or empty them.
    if (info !== undefined && info !== null && info.length !== 0) {
      this.changes.info(slots[0], i, info, field.key);
      if (isObject(manyToOne?.[0])) {
        manyToOne[0].info = info;
        cell.info = this.layout.newArray();
      }
    }
    if (selectOptions !== undefined) {
      for (const slot of slots) this.changes.selectOptions(slot, i, selectOptions, field.key);
    }
  }

  merge(record, returned) {
    if (!isObject(returned) || isArray(returned)) {
      throw new WrongShape("The hook must return a record {row: {key: {value?, info?, selectOptions?}}}, or nothing.");
    }
    const patch = returned.row;
    if (patch === undefined || patch === record.row) return;
    if (!isObject(patch)) throw new WrongShape('"row" of the returned record must be an object of cells by field key.');
    for (const key of Object.keys(patch)) {
      if (!this.layout.byKey.has(key)) {
        throw noSuchField(key);
      }
      const cell = patch[key];
      if (cell === undefined || cell === record.row[key]) continue;
      if (!isObject(cell)) throw notACell(key);
      record.row[key] = { ...record.row[key], ...definedOf(cell) };
    }
  }
}

function definedOf(cell) {
  const { value, info, selectOptions, manyToOne } = cell;
  const found = {};
  if (value !== undefined) found.value = value;
  if (info !== undefined) found.info = info;
  if (selectOptions !== undefined) found.selectOptions = selectOptions;
  if (manyToOne !== undefined) found.manyToOne = manyToOne;
  return found;
}

function append(list, more) {
  for (let i = 0; i < more.length; i++) list.push(more[i]);
}

function noSuchField(key) {
  return new WrongShape(`The returned record has a cell "${key.slice(0, 80)}", but no such field is in the table.`);
}

function notACell(key) {
  return new WrongShape(`The cell "${String(key).slice(0, 80)}" must be an object {value?, info?, selectOptions?}.`);
}
