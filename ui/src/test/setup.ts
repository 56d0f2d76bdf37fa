import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Conditions come as soon as they are true; a busy machine needs longer.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

// What jsdom lacks and Mantine asks for.
const nothing = () => undefined;
Object.assign(window, {
  matchMedia: (media: string) => ({
    matches: false,
    media,
    addEventListener: nothing,
    removeEventListener: nothing,
  }),
  ResizeObserver: class {
    observe = nothing;
    unobserve = nothing;
    disconnect = nothing;
  },
});
Object.defineProperty(document, "fonts", { value: new EventTarget() });
Object.assign(Element.prototype, { scrollIntoView: nothing });
