// Every text of the pages stands in every language, with the same placeholders. Fails on what is missing, left over or broken.
import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";

const SHOWN = 20;

/** The names of a compiled message's placeholders and tags, at any depth. */
function placeholders(tokens, found = new Set()) {
  if (!Array.isArray(tokens)) return found;
  for (const token of tokens) {
    if (typeof token === "string") for (const [, tag] of token.matchAll(/<\/?(\w+)\/?>/g)) found.add(`<${tag}>`);
    else {
      found.add(token[0]);
      for (const choice of Object.values(token[2] ?? {})) placeholders(choice, found);
    }
  }
  return found;
}

/** The placeholders of a message; null when it is no message that can be read. */
function placeholdersOf(message) {
  try {
    return [...placeholders(compileMessageOrThrow(message))].sort().join(" ");
  } catch {
    return null;
  }
}

/** The plural forms that whole numbers need in a language (CLDR), such as one, few, many, other in Polish. */
function formsOf(locale) {
  const rules = new Intl.PluralRules(locale.replace("_", "-"));
  return new Set(Array.from({ length: 201 }, (_, number) => rules.select(number)));
}

/** Those that a message does not have wherever it counts something. */
function missingForms(tokens, needed) {
  if (!Array.isArray(tokens)) return [];
  return tokens.flatMap((token) => {
    if (!Array.isArray(token) || !token[2]) return [];
    const missing = token[1] === "plural" ? [...needed].filter((form) => !(form in token[2])) : [];
    return [...missing, ...Object.values(token[2]).flatMap((choice) => missingForms(choice, needed))];
  });
}

function* problemsOf(locale, source, text) {
  if (!text) return yield `${locale}: not translated: ${source}`;
  const wanted = placeholdersOf(source);
  if (placeholdersOf(text) !== wanted) yield `${locale}: expected the placeholders ${wanted || "(none)"}: ${text}`;
  else if (locale !== "en") {
    // The English source may leave out the singular where it never occurs, or reads the same.
    const missing = missingForms(compileMessageOrThrow(text), formsOf(locale));
    if (missing.length) yield `${locale}: plural form missing (${missing.join(", ")}): ${text}`;
  }
}

const config = getConfig();
const problems = [];
for (const catalog of await getCatalogs(config)) {
  const wanted = await catalog.collect();
  if (!wanted) throw new Error("The texts could not be read from the code; the lines above say why.");
  const there = await catalog.readAll();
  for (const locale of config.locales) {
    const found = there[locale] ?? {};
    for (const [id, message] of Object.entries(wanted)) {
      const source = message.message ?? id;
      const entry = found[id];
      const text = entry && !entry.obsolete ? entry.translation || (locale === "en" ? source : "") : "";
      problems.push(...problemsOf(locale, source, text));
    }
    for (const [id, entry] of Object.entries(found))
      if (!entry.obsolete && !(id in wanted)) problems.push(`${locale}: not used any more: ${entry.message ?? id}`);
  }
}
for (const problem of problems.slice(0, SHOWN)) console.error(problem);
if (problems.length > SHOWN) console.error(`… and ${problems.length - SHOWN} more.`);
if (problems.length) {
  console.error("Run `npm run i18n:extract`, then fill in the catalogues in src/locales/.");
  process.exit(1);
}
console.log(`${config.locales.length} languages are complete.`);
