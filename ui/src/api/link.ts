/** The review link is `{base}/review#{token}`; the part behind `#` never leaves the browser by itself. */
export class BadLinkError extends Error {
  override readonly name = "BadLinkError";
}

const EXPIRY_BYTES = 6;
const ID_BYTES = 16;

/** The token of the address, or "" when there is none. */
export const tokenOf = (address: Pick<Location, "hash">): string => address.hash.replace(/^#/, "");

/** The import that a token opens: it is written in the token, behind six bytes of expiry. Raises BadLinkError. */
export function importIdOf(token: string): string {
  let raw: string;
  try {
    raw = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw new BadLinkError();
  }
  if (raw.length < EXPIRY_BYTES + ID_BYTES) throw new BadLinkError();
  const hex = Array.from(raw.slice(EXPIRY_BYTES, EXPIRY_BYTES + ID_BYTES), (byte) =>
    byte.charCodeAt(0).toString(16).padStart(2, "0"),
  ).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Where the service is, with "/" at the end: the page's own directory, because a proxy may put it below a path. */
export const pageRoot = (): string => new URL(".", window.location.href).href;
