import { transformAsync } from "@babel/core";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where the server listens while the pages are developed. */
const SERVER = process.env.HEADGATE_SERVER ?? "http://127.0.0.1:8000";

/** Expands Lingui's macros. Babel sees only the files that use them; everything else stays with the faster compiler. */
function linguiMacros(): Plugin {
  return {
    name: "lingui-macros",
    enforce: "pre",
    transform: {
      filter: { id: /\.tsx?$/, code: /@lingui\/(core|react)\/macro/ },
      async handler(code, id) {
        const result = await transformAsync(code, {
          filename: id,
          babelrc: false,
          configFile: false,
          sourceMaps: true,
          parserOpts: { plugins: ["typescript", "jsx"] },
          // The English text stays in the code: a message that no catalogue has yet is shown in English, never as a number.
          plugins: [["@lingui/babel-plugin-lingui-macro", { stripMessageField: false }]],
        });
        return result?.code ? { code: result.code, map: result.map ?? null } : null;
      },
    },
  };
}

/** The first parts of the dashboard's paths, as server/pages.py has them. */
const DASHBOARD =
  /^\/(?:(?:imports|schemas|memory|recipes|webhooks|settings|health|account|setup|sign-in|invitation|password-reset)(?:\/[^?#]*)?)?(?=[?#]|$)/;

/** The server's addresses for the pages, while they are developed: links lead to `/review`. */
function pageAddresses(): Plugin {
  return {
    name: "page-addresses",
    apply: "serve",
    transformIndexHtml: (page) => page.replace('name="headgate-root" content="./"', 'name="headgate-root" content="/"'),
    configureServer: ({ middlewares }) =>
      void middlewares.use((request, _response, next) => {
        request.url = request.url?.replace(/^\/review(?=[?#]|$)/, "/review.html").replace(DASHBOARD, "/dashboard.html");
        next();
      }),
  };
}

export default defineConfig({
  // Relative, because a proxy may put the service below a path of its own.
  base: "./",
  plugins: [linguiMacros(), pageAddresses(), react(), lingui()],
  // The server puts a new nonce in this place of every answer.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "../src/headgate/server/ui",
    emptyOutDir: true,
    manifest: "manifest.json",
    // An inlined asset would be a data: URL, which the pages' policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { dashboard: "dashboard.html", review: "review.html" } },
  },
  server: {
    proxy: {
      "/api": SERVER,
      "/files": SERVER,
      "/uploads": SERVER,
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
