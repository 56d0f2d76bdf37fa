import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";
import { LOCALES } from "./src/locales";

export default defineConfig({
  sourceLocale: "en",
  locales: [...LOCALES],
  // One set of files for each page, so that nobody loads the texts of the other one. What both show stands in both.
  catalogs: [
    {
      path: "<rootDir>/src/locales/{locale}",
      include: ["src"],
      exclude: ["**/*.test.*", "src/dashboard/**", "src/studio/**"],
    },
    {
      path: "<rootDir>/src/locales/dashboard/{locale}",
      include: ["src/*.tsx", "src/dashboard", "src/studio"],
      exclude: ["**/*.test.*"],
    },
  ],
  // Line numbers would change every catalogue with every edit.
  format: formatter({ lineNumbers: false }),
});
