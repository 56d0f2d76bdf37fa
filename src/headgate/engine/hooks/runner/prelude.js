// What hook code finds in its realm beside the language itself. Evaluated inside that realm from its source text, so that
// the functions and objects it makes belong there; `host` is what the outer realm lends.

export function prelude(host) {
  "use strict";
  const { stringify, parse } = JSON;
  const define = Object.defineProperty;
  const global = globalThis;
  const expose = (name, value) => define(global, name, { value, writable: true, configurable: true, enumerable: false });

  delete global.WebAssembly;

  const console = {};
  for (const level of ["debug", "log", "info", "warn", "error"]) console[level] = (...values) => host.log(level, values);
  console.trace = console.dir = console.table = console.dirxml = console.log;
  console.group = console.groupCollapsed = (...values) => values.length && console.log(...values);
  console.groupEnd = console.clear = console.timeStamp = () => {};
  console.assert = (truth, ...values) => truth || host.log("error", ["Assertion failed:", ...values]);
  const counts = new Map();
  console.count = (label = "default") => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    console.log(`${label}: ${counts.get(label)}`);
  };
  console.countReset = (label = "default") => counts.delete(label);
  const started = new Map();
  console.time = (label = "default") => started.set(label, host.now());
  console.timeLog = console.timeEnd = (label = "default") => {
    if (started.has(label)) console.log(`${label}: ${(host.now() - started.get(label)).toFixed(3)} ms`);
  };
  expose("console", console);

  const timer = (start) => (callback, delay, ...values) => {
    if (typeof callback !== "function") throw new TypeError("The callback of a timer must be a function.");
    return start(() => callback(...values), Number(delay) || 0);
  };
  expose("setTimeout", timer(host.setTimeout));
  expose("setInterval", timer(host.setInterval));
  expose("clearTimeout", (id) => host.clearTimeout(id));
  expose("clearInterval", (id) => host.clearInterval(id));
  expose("queueMicrotask", (callback) => {
    if (typeof callback !== "function") throw new TypeError("The callback of a microtask must be a function.");
    host.queueMicrotask(() => callback());
  });
  expose("crypto", {
    randomUUID: () => host.randomUUID(),
    getRandomValues: (array) => host.getRandomValues(array),
  });
  expose("performance", { now: () => host.now() });
  expose("atob", (text) => host.atob(text));
  expose("btoa", (text) => host.btoa(text));
  expose("structuredClone", (value, options) => host.structuredClone(value, options));
  for (const name of host.classNames) expose(name, host.classes[name]);
  if (host.fetch) expose("fetch", (input, init) => new Promise((resolve, reject) => host.fetch(input, init, resolve, reject)));

  // The `instance` argument of step hooks: every call is noted with its place and carried out by the parent afterwards.
  const instance = () => {
    const act = (name, values) => host.act(name, stringify(values, (key, value) => (value === undefined ? null : value)));
    const made = {
      addField: (field, place) => act("addField", [field, place]),
      removeField: (key) => act("removeField", [key]),
      addRows: (rows) => act("addRows", [host.rowsAsText(rows)]),
      removeRows: (ids) => act("removeRows", [ids]),
      updateInfoMessages: (messages) => act("updateInfoMessages", [messages]),
      setHeaderRowOverride: (row) => act("setHeaderRowOverride", [row]),
      setUser: (user) => act("setUser", [user]),
      setDevelopmentMode: (on) => act("setDevelopmentMode", [on]),
      setConfirmationMessage: (html, options) => act("setConfirmationMessage", [html, options]),
    };
    made.addInfoMessages = made.updateInfoMessages;
    return made;
  };
  return { parse, instance, newArray: () => [], newError: (message) => new TypeError(message), stack: () => new Error().stack };
}
