// The TypeScript types of the API, from the server's own OpenAPI document. `--check` fails when they are out of date.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TYPES = here("../src/api/schema.d.ts");
const installed = here("../../.venv/bin/python");
const python = process.env.HEADGATE_PYTHON ?? (existsSync(installed) ? installed : "python3");

const document = execFileSync(python, ["-m", "headgate.server.openapi"], { encoding: "utf8", maxBuffer: 64 << 20 });
const types = `// Made by \`npm run generate\` from the server's OpenAPI document. Do not edit.\n\n${astToString(
  await openapiTS(JSON.parse(document), { defaultNonNullable: false, alphabetize: true }),
)}`;

if (!process.argv.includes("--check")) writeFileSync(TYPES, types);
else if (!existsSync(TYPES) || readFileSync(TYPES, "utf8") !== types) {
  console.error("src/api/schema.d.ts does not say what the server's OpenAPI document says: run `npm run generate`.");
  process.exit(1);
}
