// The realm that hook code lives in: a clean context of its own in which neither `eval` nor `import` work.

import vm from "node:vm";
import { send } from "./channel.js";
import { current, EXPRESSION_FILE, fail, HOOK_FILE, placed } from "./failures.js";
import { prelude } from "./prelude.js";

const NativeError = Error;
const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } });
const now = performance.now.bind(performance);
const inspect = Deno.inspect;
const LENT = ["URL", "URLSearchParams", "TextEncoder", "TextDecoder"];
const NETWORK = ["Headers", "Request", "Response", "AbortController", "AbortSignal", "Blob", "FormData"];
const { setTimeout, setInterval, clearTimeout, clearInterval, queueMicrotask, atob, btoa, structuredClone, reportError } =
  globalThis;
const lent = Object.fromEntries([...LENT, ...NETWORK].map((name) => [name, globalThis[name]]));
const webCrypto = globalThis.crypto;
let logBudget = 0;

export function evaluate(source) {
  return new vm.Script(source, { filename: "headgate" }).runInContext(context);
}

export function setLogLimit(bytes) {
  logBudget = bytes;
}

function shown(values) {
  return values
    .map((value) => (typeof value === "string" ? value : inspect(value, { depth: 4, colors: false, strAbbreviateSize: 10_000 })))
    .join(" ");
}

const ENTRY_OVERHEAD = 64;

function log(level, values) {
  const text = shown(values).toWellFormed();
  logBudget -= text.length + ENTRY_OVERHEAD;
  if (logBudget < 0) {
    fail(new NativeError("The hooks wrote more to the console than one import may."));
    return;
  }
  send({ t: "log", level, text, kind: current.kind, position: current.position, row: current.row });
}

// A timer's failure belongs to the hook that set it.
function guarded(callback) {
  const { kind, position, row } = current;
  const origin = { kind, position, row };
  return () => {
    try {
      callback();
    } catch (thrown) {
      fail(thrown, origin);
    }
  };
}

export function createRealm(options) {
  const host = {
    log,
    now,
    setTimeout: (callback, delay) => Number(setTimeout(guarded(callback), delay)),
    setInterval: (callback, delay) => Number(setInterval(guarded(callback), delay)),
    clearTimeout: (id) => clearTimeout(Number(id)),
    clearInterval: (id) => clearInterval(Number(id)),
    queueMicrotask: (callback) => queueMicrotask(guarded(callback)),
    randomUUID: () => webCrypto.randomUUID(),
    getRandomValues: (array) => webCrypto.getRandomValues(array),
    atob: (text) => atob(text),
    btoa: (text) => btoa(text),
    structuredClone: (value, how) => structuredClone(value, how),
    classNames: options.fetch ? [...LENT, ...NETWORK] : LENT,
    classes: lent,
    fetch: options.fetch,
    act: options.act,
    rowsAsText: options.rowsAsText,
  };
  return evaluate(`(${prelude})`)(host);
}

// The source as one expression. Compiling finds every error of syntax and runs nothing.
function compiled(prefix, source, suffix, filename) {
  return new vm.Script(`${prefix}${source}\n${suffix}`, { filename });
}

export function evaluateHook(source, number) {
  return compiled("(", source, ")", `${HOOK_FILE}${number}`).runInContext(context);
}

// V8 keeps the place of a syntax error in the error itself and gives it when there is no stack to give instead.
let reported = null;
let reporting = false;

globalThis.addEventListener("error", (event) => {
  if (!reporting) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  reported = event;
});

function placeOfSyntaxError(error, isExpression) {
  reporting = true;
  reported = null;
  reportError(error);
  reporting = false;
  return reported?.lineno ? placed(reported.lineno, reported.colno, isExpression) : { line: null, column: null };
}

function syntaxProblem(attempt, isExpression = false) {
  const limit = NativeError.stackTraceLimit;
  NativeError.stackTraceLimit = 0;
  try {
    attempt();
    return null;
  } catch (error) {
    return { message: `${error.name}: ${error.message}`, ...placeOfSyntaxError(error, isExpression) };
  } finally {
    NativeError.stackTraceLimit = limit;
  }
}

export function checkSource(source) {
  const problem = syntaxProblem(() => compiled("(", source, ")", `${HOOK_FILE}0`));
  if (problem !== null) return problem;
  // Text that closes the parenthesis around it cannot close a bracket too, and a list of expressions is no operand.
  for (const [prefix, suffix] of [["[", "]"], ["0?", ":0"]]) {
    if (syntaxProblem(() => compiled(prefix, source, suffix, `${HOOK_FILE}0`)) !== null) {
      return { message: "This is more than one expression.", line: null, column: null };
    }
  }
  return null;
}

const PARAMETERS = '(function(row,text,index,fields){"use strict";';

// One expression, or the body of a function; it cannot be both, for only a body may have a `return`.
export function evaluateExpression(source) {
  const forms = [[`${PARAMETERS}return(\n`, ")})"], [`${PARAMETERS}\n`, "})"]];
  const problems = forms.map(([prefix, suffix]) => syntaxProblem(() => compiled(prefix, source, suffix, EXPRESSION_FILE), true));
  const form = problems.indexOf(null);
  if (form === -1) return { problem: problems[/\breturn\b/.test(source) ? 1 : 0] };
  // Nobody gave this person a way to the network: the operator's list of hosts is for the hooks of schemas.
  evaluate("delete globalThis.fetch");
  return { call: compiled(forms[form][0], source, forms[form][1], EXPRESSION_FILE).runInContext(context) };
}
