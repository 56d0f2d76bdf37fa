// Which hook is running, and how its failure is told to the parent.

import { send, stop } from "./channel.js";

export const HOOK_FILE = "headgate-hook-";
export const EXPRESSION_FILE = "headgate-expression";
const MAX_MESSAGE = 2000;
const POSITION = new RegExp(`(?:${HOOK_FILE}\\d+|(${EXPRESSION_FILE})):(\\d+):(\\d+)`);

export const current = { kind: null, position: null, row: null };

// A mistake of the hook that did not come out of its code as an exception.
export class WrongShape extends Error {
  constructor(message, place = { line: null, column: null }) {
    super(message);
    this.place = place;
  }
}

export function enter(kind, position) {
  current.kind = kind;
  current.position = position;
  current.row = null;
}

// A hook's source stands behind one added parenthesis, an expression behind one added line, to whose `return` V8 puts some
// failures of its first word.
export function placed(line, column, isExpression) {
  if (isExpression) return line > 1 ? { line: line - 1, column } : { line: 1, column: 1 };
  return { line, column: line === 1 && column > 1 ? column - 1 : column };
}

export function placeOf(stack) {
  if (typeof stack !== "string") return { line: null, column: null };
  const found = POSITION.exec(stack);
  return found === null ? { line: null, column: null } : placed(Number(found[2]), Number(found[3]), found[1] !== undefined);
}

// A thrown value may be anything, with getters that throw or never return; the latter is the watchdog's case.
export function describe(thrown) {
  let message;
  let stack;
  if (thrown instanceof WrongShape) return { message: thrown.message, ...thrown.place };
  try {
    if ((typeof thrown === "object" && thrown !== null) || typeof thrown === "function") {
      stack = thrown.stack;
      message = thrown.message;
      const name = thrown.name;
      if (typeof message === "string" && typeof name === "string" && name !== "") message = `${name}: ${message}`;
    }
    if (typeof message !== "string") message = String(thrown);
  } catch {
    message = "The hook threw a value that cannot be shown.";
  }
  return { message: message.slice(0, MAX_MESSAGE), ...placeOf(stack) };
}

let failed = false;

export function fail(thrown, at = current) {
  if (failed) return;
  failed = true;
  const { message, line, column } = describe(thrown);
  send({ t: "error", kind: at.kind, position: at.position, row: at.row, message, line, column });
  stop();
}
