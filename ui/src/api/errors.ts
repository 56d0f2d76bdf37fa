/** The server answered, and said no. `message` is its own text for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    message: string,
    /** What a 409 is about, such as `view_changed` or `preparing`. */
    readonly code: string | null = null,
    /** Problems of a body by path, of a 400. */
    readonly problems: Readonly<Record<string, readonly string[]>> = {},
    /** All that the answer says; null when it is no JSON. */
    readonly body: unknown = null,
  ) {
    super(message);
  }
}

/** The server could not be reached, or cannot answer now (429, 502, 503, 504): the same request may succeed later. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";

  constructor(
    message: string,
    /** Seconds after which the server wants to be asked again. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

const TRANSIENT = new Set([429, 502, 503, 504]);

/** What an answer that is not a success means. */
export async function errorOf(response: Response): Promise<ApiError | NetworkError> {
  const body: unknown = await response.json().catch(() => null);
  const detail = textAt(body, "detail") ?? response.statusText;
  if (TRANSIENT.has(response.status)) {
    const seconds = Number(response.headers.get("Retry-After"));
    return new NetworkError(detail, seconds > 0 ? seconds : null);
  }
  const problems = response.status === 400 ? problemsOf(body) : {};
  return new ApiError(response.status, detail, textAt(body, "code"), problems, body);
}

function textAt(body: unknown, key: string): string | null {
  if (typeof body !== "object" || body === null) return null;
  const value = (body as Record<string, unknown>)[key];
  return typeof value === "string" ? value : null;
}

function problemsOf(body: unknown): Record<string, string[]> {
  if (typeof body !== "object" || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) && entry[1].every((text) => typeof text === "string"),
    ),
  );
}
