import type { Sample } from "../api/types";

/** A file as the service takes samples: its bytes in base64. */
export async function sampleOf(file: File): Promise<Sample> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  // In parts, because a call can only have so many arguments; of three bytes each, so that they can be joined.
  for (let start = 0; start < bytes.length; start += 24_576)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + 24_576))));
  return { filename: file.name, content: parts.join("") };
}
