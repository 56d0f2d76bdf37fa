import { errorOf, NetworkError } from "../../api/errors";
import { fromPage } from "../../dashboard/api/client";
import { serviceRoot } from "../../dashboard/root";

type Method = "GET" | "POST" | "PUT" | "DELETE";

interface Options {
  /** A body that is sent as JSON. */
  json?: unknown;
  /** JSON that is sent letter by letter: a number keeps every digit. */
  text?: string;
  /** The version that a change is based on, as its ETag: with a newer one there the service refuses it (412). */
  ifMatch?: string | null;
  signal?: AbortSignal | undefined;
}

/** Ask the service. Raises ApiError or NetworkError. */
async function send(method: Method, path: string, { json, text, ifMatch, signal }: Options = {}): Promise<Response> {
  const body = text ?? (json === undefined ? null : JSON.stringify(json));
  const response = await fetch(new URL(`api/v1/schemas/${path}`, serviceRoot()), {
    method,
    headers: {
      ...fromPage(),
      ...(body === null ? {} : { "Content-Type": "application/json" }),
      ...(ifMatch ? { "If-Match": ifMatch } : {}),
    },
    body,
    signal: signal ?? null,
    cache: "no-store",
    credentials: "same-origin",
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new NetworkError("The service cannot be reached.");
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** The body of an answer. */
export async function ask<Body>(method: Method, path: string, options?: Options): Promise<Body> {
  return (await (await send(method, path, options)).json()) as Body;
}

/** The body of an answer, letter by letter. */
export async function askText(method: Method, path: string, options?: Options): Promise<string> {
  return (await send(method, path, options)).text();
}

/** The body of an answer letter by letter, and the version that it is, as its ETag. */
export async function askVersion(
  method: Method,
  path: string,
  options?: Options,
): Promise<{ text: string; tag: string | null }> {
  const response = await send(method, path, options);
  return { text: await response.text(), tag: response.headers.get("ETag") };
}

export async function remove(path: string): Promise<void> {
  await send("DELETE", path);
}
