import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";
import { LOCALES } from "./src/locales";

export default defineConfig({
  sourceLocale: "en",
  locales: [...LOCALES],
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*"] }],
  // Line numbers would change every catalogue with every edit.
  format: formatter({ lineNumbers: false }),
});
