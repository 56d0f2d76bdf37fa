// `fetch` for hooks. This process has no network: the parent makes the request, if the operator allows the host.

import { receiveLater, send } from "./channel.js";

const { Request, Response } = globalThis;
const toBase64 = Function.prototype.call.bind(Uint8Array.prototype.toBase64);
const fromBase64 = Uint8Array.fromBase64.bind(Uint8Array);
const waiting = new Map();
const arrived = [];
let lastId = 0;
let pump = null;

async function readAnswers() {
  while (waiting.size > 0) {
    const frame = await receiveLater();
    if (frame.op === "fetched") answer(frame);
    else arrived.push(frame);
  }
  pump = null;
}

function answer(frame) {
  const { resolve, reject, makeError } = waiting.get(frame.id);
  waiting.delete(frame.id);
  if (frame.problem !== null) {
    reject(makeError(frame.problem));
    return;
  }
  const empty = [101, 204, 205, 304].includes(frame.status);
  const response = new Response(empty ? null : fromBase64(frame.body), { status: frame.status, headers: frame.headers });
  Object.defineProperty(response, "url", { value: frame.url });
  resolve(response);
}

export async function fetchThroughParent(input, init, resolve, reject, makeError) {
  try {
    const request = new Request(input, init);
    const body = toBase64(new Uint8Array(await request.arrayBuffer()));
    const id = ++lastId;
    waiting.set(id, { resolve, reject, makeError });
    request.signal.addEventListener("abort", () => {
      if (waiting.has(id)) waiting.set(id, { resolve() {}, reject() {}, makeError });
      reject(request.signal.reason);
    });
    send({ t: "fetch", id, url: request.url, method: request.method, headers: [...request.headers], body });
    pump ??= readAnswers();
  } catch (error) {
    reject(makeError(error.message));
  }
}

// The next frame that came in while answers were being read, or undefined when nothing reads in the background.
export async function nextWhileReading() {
  while (arrived.length === 0 && pump !== null) await Promise.race([pump, new Promise((later) => setTimeout(later, 5))]);
  return arrived.shift();
}

export function isReading() {
  return pump !== null || arrived.length > 0;
}
