/** The address with which the page was loaded. The router changes the address afterwards, not what the page says. */
const LOADED = window.location.href;

/**
 * Where the service is, with "/" at the end. Paths of the dashboard have several levels and a proxy may put the service
 * below a path of its own, so the server writes the way back to its root into the page.
 */
export function serviceRoot(page: Document = document, address: string = LOADED): string {
  const way = page.querySelector<HTMLMetaElement>("meta[name=headgate-root]")?.content ?? "/";
  return new URL(way, address).href;
}

/** The path of the service's root, for the router. */
export const basePath = (root: string = serviceRoot()): string => new URL(root).pathname;
