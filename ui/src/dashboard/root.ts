/**
 * Where the service is, with "/" at the end. Paths of the dashboard have several levels and a proxy may put the service
 * below a path of its own, so the server writes the way back to its root into the page.
 */
export function serviceRoot(page: Document = document): string {
  const way = page.querySelector<HTMLMetaElement>("meta[name=headgate-root]")?.content ?? "/";
  return new URL(way, page.location.href).href;
}

/** The path of the service's root, for the router. */
export const basePath = (root: string = serviceRoot()): string => new URL(root).pathname;
