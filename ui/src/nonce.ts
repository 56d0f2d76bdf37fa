/** The nonce of this answer's Content-Security-Policy, for style elements that are made while the page runs. */
export const nonce = (): string => document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
