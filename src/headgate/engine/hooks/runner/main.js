// The program that the parent starts: it takes orders, calls hooks and tells what they changed. See docs/hooks.md.

import { markRow, parseWith, receive, send } from "./channel.js";
import { cellText, Changes, isObject, messagesOf } from "./changes.js";
import { current, enter, fail, placeOf, WrongShape } from "./failures.js";
import { RowExpression } from "./expression.js";
import { fetchThroughParent, isReading, nextWhileReading } from "./fetch.js";
import { checkSource, createRealm, evaluate, evaluateExpression, evaluateHook, setLogLimit } from "./realm.js";
import { Layout, Rows } from "./records.js";

const isArray = Array.isArray;
const timeNow = performance.now.bind(performance);
const wallClock = Date.now;
const setImmediate = globalThis.setImmediate;
const PROGRESS_EVERY = 500; // milliseconds
const ROWS_PER_ANSWER = 1000;
const PLAIN_FIELD = { key: "value", delimiter: null, temporal: null };

const hooks = new Map(); // kind → [{call, position}]
let realm;
let layout = null;
let rows = null;
let column = null;
let finishRows = null;
let expression = null;
let actions = [];
let lastProgress = 0;

function hooksOf(kind) {
  return hooks.get(kind) ?? [];
}

// The parent's clock for one call starts anew with every sign of life.
function showLife(row) {
  current.row = row;
  markRow(row);
  const time = wallClock();
  if (time - lastProgress >= PROGRESS_EVERY) sendProgress(time);
}

function sendProgress(time) {
  lastProgress = time;
  send({ t: "progress", position: current.position });
}

function begin(kind, position) {
  enter(kind, position);
  markRow(null);
  sendProgress(wallClock());
}

function isPromise(value) {
  return isObject(value) && typeof value.then === "function";
}

// Rejections that nobody handles are reported by the event loop, so it must turn once before an answer.
function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

function load(frame) {
  frame.hooks.forEach(({ kind, position, source }, number) => {
    enter(kind, position);
    const problem = checkSource(source);
    if (problem !== null) throw new WrongShape(problem.message, problem);
    const call = evaluateHook(source, number);
    if (typeof call !== "function") throw new WrongShape("The source of the hook is not a function.");
    if (!hooks.has(kind)) hooks.set(kind, []);
    hooks.get(kind).push({ call, position });
  });
  return {};
}

async function callEach(kind, mode) {
  const { records, index } = rows;
  const took = [];
  for (const { call, position } of hooksOf(kind)) {
    begin(kind, position);
    const start = timeNow();
    for (let i = 0; i < records.length; i++) {
      showLife(index[i]);
      let returned = mode === undefined ? call(records[i]) : call(records[i], mode);
      if (isPromise(returned)) returned = await returned;
      if (mode !== undefined) rows.settle(i, returned, records[i]);
    }
    took.push(timeNow() - start);
  }
  return took;
}

async function callWithAll(kind, second) {
  const took = [];
  for (const { call, position } of hooksOf(kind)) {
    begin(kind, position);
    const start = timeNow();
    const records = rows.records.slice();
    const returned = await call(records, second);
    settleAll(returned);
    took.push(timeNow() - start);
  }
  return took;
}

function settleAll(returned) {
  const patches = new Map();
  if (returned !== undefined && returned !== null) {
    if (!isArray(returned)) throw new WrongShape("The hook must return a list of records with their index, or nothing.");
    for (let i = 0; i < returned.length; i++) {
      const record = returned[i];
      if (record === rows.records[i]) continue;
      const at = isObject(record) ? rows.positionOf(record.index) : undefined;
      if (at === undefined) {
        throw new WrongShape(`Entry ${i} of the returned list has no "index" of a row that the hook was given.`);
      }
      if (patches.has(at)) rows.settle(at, patches.get(at), rows.records[at]);
      patches.set(at, record);
    }
  }
  for (let i = 0; i < rows.records.length; i++) {
    current.row = rows.index[i];
    rows.settle(i, patches.get(i), rows.records[i]);
  }
  current.row = null;
}

function answerInParts(changes) {
  for (let from = 0; from < changes.count; from += ROWS_PER_ANSWER) {
    const to = Math.min(changes.count, from + ROWS_PER_ANSWER);
    const part = changes.slice(from, to);
    if (part.values.length || part.infos[0].length || part.options.length) send({ t: "part", from, count: to - from, ...part });
  }
}

function loadColumn(frame) {
  column ??= { index: [], ids: [], texts: [], existing: [] };
  for (const [, at, messages] of frame.existing) {
    if (messages !== null) column.existing.push([column.index.length + at, messages]);
  }
  const index = isArray(frame.index) ? frame.index : Array.from({ length: frame.count }, (_, i) => frame.index + i);
  const ids = isArray(frame.ids) ? frame.ids : Array.from({ length: frame.count }, (_, i) => frame.ids + i);
  for (let i = 0; i < frame.count; i++) {
    column.index.push(index[i]);
    column.ids.push(String(ids[i]));
    column.texts.push(frame.texts[i]);
  }
}

async function callColumn(frame) {
  const { index, ids, texts, existing } = column;
  const changes = new Changes([texts], texts.length);
  for (const [i, messages] of existing) changes.known(0, i, messages, null);
  const positions = new Map(index.map((value, i) => [value, i]));
  const make = evaluate("(function(index,value,ids,out){for(let i=0;i<index.length;i++)out.push({index:index[i],value:value[i],rowId:ids[i]});return out})");
  const took = [];
  for (const { call, position } of hooksOf("columnHooks").filter((hook) => frame.positions.includes(hook.position))) {
    begin("columnHooks", position);
    const start = timeNow();
    const cells = make(index, texts, ids, realm.newArray());
    const given = cells.slice();
    const returned = await call(cells);
    for (let i = 0; i < given.length; i++) {
      current.row = index[i];
      settleColumnCell(changes, i, given[i], frame.field);
    }
    current.row = null;
    if (returned !== undefined && returned !== null) {
      if (!isArray(returned)) throw new WrongShape("The hook must return a list of {index, value?, info?}, or nothing.");
      for (let i = 0; i < returned.length; i++) {
        const at = isObject(returned[i]) ? positions.get(returned[i].index) : undefined;
        if (at === undefined) throw new WrongShape(`Entry ${i} of the returned list has no "index" of a cell that the hook was given.`);
        current.row = index[at];
        if (returned[i] !== given[at]) settleColumnCell(changes, at, returned[i], frame.field);
        current.row = null;
      }
    }
    took.push(timeNow() - start);
  }
  column = null;
  answerInParts(changes);
  return { took };
}

function settleColumnCell(changes, i, cell, field) {
  const { value, info } = cell;
  changes.value(0, i, value, field);
  if (info !== undefined) changes.info(0, i, info, field.key);
}

async function callSteps(frame) {
  const payload = frame.payload;
  const took = [];
  for (const { call, position } of hooksOf("stepHooks").filter((hook) => frame.positions.includes(hook.position))) {
    begin("stepHooks", position);
    const start = timeNow();
    await call(realm.instance(), payload);
    took.push(timeNow() - start);
  }
  return { took, actions };
}

async function callFinish(frame) {
  begin("beforeFinishCallback", 0);
  const start = timeNow();
  const [{ call }] = hooksOf("beforeFinishCallback");
  const given = finishRows ?? realm.newArray();
  finishRows = null;
  const returned = await call(given, frame.metadata, realm.instance());
  const took = [timeNow() - start];
  if (returned === undefined || returned === null) return { took, actions, cancel: null };
  const { cancel, message } = isObject(returned) ? returned : {};
  if (!isObject(returned) || !["undefined", "boolean"].includes(typeof cancel) || !["undefined", "string"].includes(typeof message)) {
    throw new WrongShape("beforeFinishCallback must return {cancel: true, message: text}, or nothing.");
  }
  return { took, actions, cancel: cancel ? (message ?? "").toWellFormed() : null };
}

function loadExpression(frame) {
  begin("transform", 0);
  const { call, problem } = evaluateExpression(frame.source);
  if (problem !== undefined) throw new WrongShape(problem.message, problem);
  if (typeof call !== "function") throw new WrongShape("This is more than one expression.");
  expression = new RowExpression(call, frame, evaluate);
  return {};
}

function transform(frame) {
  begin("transform", 0);
  const start = timeNow();
  const changes = expression.run(frame, showLife);
  return { took: [timeNow() - start], ...changes };
}

let addedRows = 0;
const addedFields = new Map(); // key → what rowsAsText must know of a field that the table does not have yet

function noteAddedField(field) {
  if (typeof field?.key !== "string") return;
  const [type, options] = isArray(field.type) ? field.type : [field.type];
  addedFields.set(field.key, {
    key: field.key,
    many: field.manyToOne === true,
    delimiter: type === "multi-select" ? (options?.delimiter ?? ",") : null,
    temporal: ["date", "datetime", "time"].includes(type) ? type : null,
  });
}

function act(name, json) {
  const { line, column: at } = placeOf(realm.stack());
  actions.push({ position: current.position, line, column: at, name, json: json.toWellFormed() });
  if (name === "addField") noteAddedField(JSON.parse(json)[0]);
  if (name !== "addRows") return undefined;
  const ids = realm.newArray();
  const count = JSON.parse(json)[0].length;
  for (let i = 0; i < count; i++) ids.push(`hook-${++addedRows}`);
  return ids;
}

// Values of added rows become text by the same rule as values that row hooks set.
function rowsAsText(given) {
  if (!isArray(given)) throw realm.newError("addRows needs a list of {index?, row}.");
  return given.map((entry) => {
    const row = {};
    const info = {};
    for (const key of Object.keys(entry?.row ?? {})) {
      const cell = entry.row[key];
      const value = isObject(cell) && "value" in cell ? cell.value : cell;
      try {
        const field = addedFields.get(key) ?? layout?.byKey.get(key) ?? { ...PLAIN_FIELD, key };
        row[key] = isArray(value) && field.many ? value.map((part) => cellText(part, field)) : cellText(value ?? null, field);
        if (isObject(cell) && "value" in cell) {
          if (cell.info !== undefined) info[key] = messagesOf(cell.info, key);
          if (cell.selectOptions !== undefined) throw new WrongShape("addRows takes no selectOptions; give them in a row hook.");
        }
      } catch (error) {
        throw error instanceof WrongShape ? realm.newError(error.message) : error;
      }
    }
    return { index: entry?.index ?? null, row, info };
  });
}

const orders = {
  check: (frame) => ({ problems: frame.sources.map(checkSource) }),
  load,
  layout(frame) {
    layout = new Layout(frame.fields, evaluate);
    addedFields.clear();
    return {};
  },
  async rows(frame) {
    rows = new Rows(layout).load(frame).ready();
    const took = await callEach("rowHooks", frame.mode);
    return { took, ...rows.changes.slice(0, rows.count) };
  },
  async deleted(frame) {
    rows = new Rows(layout).load(frame).ready();
    return { took: await callEach("rowDeleteHooks") };
  },
  collect(frame) {
    (rows ??= new Rows(layout)).load(frame);
  },
  async all(frame) {
    rows.ready();
    const took = await callWithAll(frame.kind, frame.second);
    answerInParts(rows.changes);
    return { took };
  },
  collectColumn: loadColumn,
  column: callColumn,
  step: callSteps,
  collectFinish(frame) {
    finishRows ??= realm.newArray();
    for (let i = 0; i < frame.rows.length; i++) finishRows.push(frame.rows[i]);
  },
  finish: callFinish,
  expression: loadExpression,
  transform,
};

async function serve() {
  for (;;) {
    const frame = (isReading() ? await nextWhileReading() : undefined) ?? receive();
    try {
      const answer = await orders[frame.op](frame);
      if (answer === undefined) continue;
      await turn();
      send({ t: "done", id: frame.id, ...answer });
      actions = [];
      if (!frame.op.startsWith("collect")) rows = null;
    } catch (thrown) {
      fail(thrown);
    }
  }
}

function start() {
  const options = JSON.parse(Deno.args[0]);
  setLogLimit(options.consoleBytes);
  const fetch = options.fetch
    ? (input, init, resolve, reject) => void fetchThroughParent(input, init, resolve, reject, (text) => realm.newError(text))
    : null;
  realm = createRealm({ act, rowsAsText, fetch });
  parseWith(realm.parse);
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    fail(event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    fail(event.error);
  });
  globalThis.addEventListener("beforeunload", () => fail(new WrongShape("The promise that the hook returned never settles.")));
  for (const name of ["Deno", "process", "Buffer", "fetch", "Worker", "WebSocket", "EventSource", "WebAssembly"]) {
    delete globalThis[name];
  }
  send({ t: "ready" });
  void serve();
}

start();
