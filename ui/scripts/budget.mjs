// What a person downloads before a page can be used, compressed as a server would. Fails beyond the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes of each page. The dashboard is opened every day from the cache, the review page once from a link. */
const BUDGETS = { "review.html": 250_000, "dashboard.html": 250_000 };
const OUT = new URL("../../src/headgate/server/ui/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", OUT), "utf8"));

/** The files of an entry and of all that it imports at once; lazy parts are left out. */
function filesOf(name, found = new Set()) {
  const chunk = manifest[name];
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const file of chunk.css ?? []) found.add(file);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
}

let failed = false;
for (const [page, budget] of Object.entries(BUDGETS)) {
  const sizes = [...filesOf(page)].map((file) => [file, gzipSync(readFileSync(new URL(file, OUT))).length]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  for (const [file, size] of sizes) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`);
  console.log(`${(total / 1000).toFixed(1).padStart(8)} kB of ${budget / 1000} kB gzip for ${page}`);
  if (total <= budget) continue;
  console.error(`${page} is too large. Load what is not needed at once with import().`);
  failed = true;
}
process.exit(failed ? 1 : 0);
