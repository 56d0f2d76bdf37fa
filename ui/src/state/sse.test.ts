import { expect, test } from "vitest";
import { readEvents, type ServerEvent } from "./sse";

/** A body that arrives in the given pieces. */
function body(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
}

async function read(...pieces: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(body(...pieces))) events.push(event);
  return events;
}

test("events are read whatever their line ends are and wherever the pieces are cut", async () => {
  const text = 'event: changed\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: still here\n\nevent:state\rdata:x\r\r';
  const expected = [
    { event: "changed", data: '{"a":\n1}' },
    { event: "state", data: "x" },
  ];
  // The end of the text stays a possible half of a line end, so something has to follow.
  expect(await read(`${text}\n`)).toEqual(expected);
  expect(await read(...Array.from(`${text}\n`))).toEqual(expected);
});

test("a letter that is cut in the middle of its bytes is put together again", async () => {
  const bytes = new TextEncoder().encode("data: Zürich 漢\n\n");
  expect(await read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual([
    { event: "message", data: "Zürich 漢" },
  ]);
});

test("comments, unknown fields and an event without data say nothing", async () => {
  expect(await read(": ping\n\nid: 7\nretry\n\nevent: changed\n\n")).toEqual([]);
});

test("an event that was cut off by the end of the stream is not believed", async () => {
  expect(await read('event: finished\ndata: {"status"')).toEqual([]);
});
