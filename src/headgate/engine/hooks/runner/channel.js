// Frames to and from the parent process: four bytes of length (little endian), then that many bytes of JSON.
// Everything the engine needs is taken hold of here, before hook code exists.

const readSync = Deno.stdin.readSync.bind(Deno.stdin);
const read = Deno.stdin.read.bind(Deno.stdin);
const writeSync = Deno.stdout.writeSync.bind(Deno.stdout);
const writeErrorSync = Deno.stderr.writeSync.bind(Deno.stderr);
const leave = Deno.exit.bind(Deno);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const HEADER = 4;
let buffer = new Uint8Array(1 << 20);
let start = 0;
let end = 0;
let parse = JSON.parse;

// Frames are parsed by the realm that hooks live in, so that a hook gets arrays and objects of its own realm.
export function parseWith(parser) {
  parse = parser;
}

function wantedBytes() {
  if (end - start < HEADER) return HEADER;
  const view = new DataView(buffer.buffer, start, HEADER);
  return HEADER + view.getUint32(0, true);
}

function makeRoom(size) {
  if (start + size <= buffer.length) return;
  const larger = size > buffer.length ? new Uint8Array(Math.max(size, buffer.length * 2)) : buffer;
  larger.set(buffer.subarray(start, end), 0);
  buffer = larger;
  end -= start;
  start = 0;
}

function takeFrame() {
  const size = wantedBytes();
  makeRoom(size);
  if (size === HEADER || end - start < size) return null;
  const text = decoder.decode(buffer.subarray(start + HEADER, start + size));
  start += size;
  if (start === end) start = end = 0;
  return parse(text);
}

function arrived(count) {
  if (count === null) leave(0); // The parent is gone, or done with us.
  end += count;
}

export function receive() {
  for (;;) {
    const frame = takeFrame();
    if (frame !== null) return frame;
    arrived(readSync(buffer.subarray(end)));
  }
}

export async function receiveLater() {
  for (;;) {
    const frame = takeFrame();
    if (frame !== null) return frame;
    arrived(await read(buffer.subarray(end)));
  }
}

export function send(message) {
  const body = encoder.encode(JSON.stringify(message));
  const frame = new Uint8Array(HEADER + body.length);
  new DataView(frame.buffer).setUint32(0, body.length, true);
  frame.set(body, HEADER);
  let written = 0;
  while (written < frame.length) written += writeSync(frame.subarray(written));
}

// The row that is about to be worked on, left where the parent finds it should this process be stopped in the middle.
const mark = new Uint8Array([0xff, 0x72, 0x6f, 0x77, 0, 0, 0, 0, 0, 0, 0, 0]);
const markedRow = new DataView(mark.buffer, 4);

export function markRow(row) {
  markedRow.setFloat64(0, row ?? -1, true);
  writeErrorSync(mark);
}

export function stop() {
  leave(0);
}
