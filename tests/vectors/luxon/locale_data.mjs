// Writes src/headgate/engine/types/date_locale.json: how each CLDR locale writes dates and times, taken from this Node's
// own Intl (ICU). Run `npm run locale-data` with a Node whose `process.versions.cldr` is 48. The tags are those of the file
// as it is; another list (first made of Babel's `locale_identifiers()`, "-" for "_") can be named: `-- tags.json`.
// The data are Unicode CLDR's, under the licence beside the file (Unicode-3.0).
//
// A pattern is a list of literals and fields. A field is marked by U+0001 and written as in CLDR: y yy · M MM · d dd · H h K k
// (once or twice) · m mm · s ss · z (zone); a name says its list: M:<list> · E:<list> (Monday first) · G:<list> ·
// a:<list at the full hour>:<list within the hour> (24 hours). A locale lists only what differs from its parent's. Every pattern is proved here: rendered again for many moments and compared with Intl's own text.
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const OUTPUT = fileURLToPath(new URL("../../../src/headgate/engine/types/date_locale.json", import.meta.url));
const LEGACY = ["iw", "in", "ji", "jw", "mo", "tl", "sh", "no", "nb", "zh-CN", "zh-TW", "zh-HK", "zh-MO", "zh-SG"];
const n = "numeric", s = "short", l = "long";
const date = (month, more = {}) => ({ year: n, month, day: n, ...more });
const time = (more = {}) => ({ hour: n, minute: n, ...more });
const FORMS = {
  D: date(n), DD: date(s), DDD: date(l), DDDD: date(l, { weekday: l }),
  t: time(), tt: time({ second: n }), ttt: time({ second: n, timeZoneName: s }), tttt: time({ second: n, timeZoneName: l }),
  T: time({ hourCycle: "h23" }), TT: time({ second: n, hourCycle: "h23" }),
  TTT: time({ second: n, hourCycle: "h23", timeZoneName: s }), TTTT: time({ second: n, hourCycle: "h23", timeZoneName: l }),
  f: date(n, time()), ff: date(s, time()), fff: date(l, time({ timeZoneName: s })),
  ffff: date(l, time({ weekday: l, timeZoneName: l })),
  F: date(n, time({ second: n })), FF: date(s, time({ second: n })),
  FFF: date(l, time({ second: n, timeZoneName: s })), FFFF: date(l, time({ weekday: l, second: n, timeZoneName: l })),
};
const WIDTHS = ["short", "long", "narrow"];
const MARK = "\u0001";
const shown = (text) => text.replace(/[\u200e\u200f\u061c]/g, "").replace(/\u202f/g, " ");

const formatters = new Map();
function formatter(tag, options) {
  const key = JSON.stringify([tag, options]);
  let made = formatters.get(key);
  if (!made) formatters.set(key, (made = new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" })));
  return made;
}
// FixedOffsetZone of Luxon names itself "UTC" wherever a format asks for the zone.
const partsOf = (tag, options, at) =>
  formatter(tag, options).formatToParts(at).map((p) => ({ type: p.type, value: p.type === "timeZoneName" ? "UTC" : shown(p.value) }));
const partOf = (tag, options, at, type) => partsOf(tag, options, at).find((p) => p.type.toLowerCase() === type)?.value ?? null;
const utc = (...args) => new Date(Date.UTC(...args));

// One moment in each month of the locale's calendar, and the number of that month.
function momentsOfMonths(tag) {
  const number = new Intl.DateTimeFormat(`en-u-ca-${calendarOf(tag)}-nu-latn`, { month: n, timeZone: "UTC" });
  const found = new Map();
  for (let day = 0; day < 366; day += 1) {
    const at = utc(2022, 0, 5 + day);
    const month = Number(number.formatToParts(at).find((p) => p.type === "month").value);
    if (!found.has(month)) found.set(month, utc(2022, 0, 10 + day));
  }
  return Array.from({ length: 12 }, (_, i) => found.get(i + 1));
}
const calendarOf = (tag) => new Intl.DateTimeFormat(tag).resolvedOptions().calendar;
const numberingOf = (tag) => new Intl.DateTimeFormat(tag).resolvedOptions().numberingSystem;
const digitsOf = (numbering) =>
  Array.from({ length: 10 }, (_, i) => new Intl.NumberFormat(`en-u-nu-${numbering}`, { useGrouping: false }).format(i)).join("");

const DAYS = Array.from({ length: 7 }, (_, i) => utc(2016, 10, 14 + i));
const HOURS = (minute) => Array.from({ length: 24 }, (_, i) => utc(2022, 2, 27, i, minute));

function describe(tag, lists) {
  const listId = (values) => {
    const key = JSON.stringify(values);
    if (!lists.has(key)) lists.set(key, lists.size);
    return lists.get(key);
  };
  const months = momentsOfMonths(tag);
  const names = {};
  for (const width of WIDTHS) {
    names[`L${width}`] = listId(months.map((at) => partOf(tag, { month: width }, at, "month")));
    names[`M${width}`] = listId(months.map((at) => partOf(tag, { month: width, day: n }, at, "month")));
    names[`c${width}`] = listId(DAYS.map((at) => partOf(tag, { weekday: width }, at, "weekday")));
    names[`E${width}`] = listId(DAYS.map((at) => partOf(tag, { weekday: width, month: l, day: n }, at, "weekday")));
    // Luxon's lists for reading are made from these very days, whatever the calendar.
    const read2009 = Array.from({ length: 12 }, (_, i) => utc(2009, i, 1));
    const whole = tag === "ja" || tag.startsWith("ja-");
    const list = (options, days, type) => listId(days.map((at) => (whole && type === "month"
      ? shown(formatter(tag, { month: width }).format(at)) : partOf(tag, options, at, type))));
    names[`readL${width}`] = list({ month: width }, read2009, "month");
    names[`readM${width}`] = list({ month: width, day: n }, read2009, "month");
    names[`readE${width}`] = list({ weekday: width, year: n, month: l, day: n }, DAYS, "weekday");
    names[`G${width}`] = listId([utc(-40, 0, 1), utc(2017, 0, 1)].map((at) => partOf(tag, { era: width }, at, "era")));
  }
  const wholeHours = { hour: n, hourCycle: "h12" };
  names.a = listId(HOURS(0).map((at) => partOf(tag, wholeHours, at, "dayperiod")));
  names.aPast = listId(HOURS(30).map((at) => partOf(tag, wholeHours, at, "dayperiod")));
  const numbering = numberingOf(tag);
  const forms = {};
  for (const [name, options] of Object.entries(FORMS)) forms[name] = pattern(tag, options, months, listId, digitsOf(numbering));
  const dayMonth = partsOf(tag, { month: n, day: n }, utc(2022, 2, 27)).map((p) => p.type).filter((t) => t !== "literal");
  const week = new Intl.Locale(tag);
  const info = week.getWeekInfo ? week.getWeekInfo() : week.weekInfo;
  return {
    calendar: calendarOf(tag), numbering, dayMonth: dayMonth.indexOf("day") < dayMonth.indexOf("month") ? "DM" : "MD",
    week: [info.firstDay, info.minimalDays ?? 4], ...names, ...forms,
  };
}

function pattern(tag, options, months, listId, digits) {
  const ascii = (text) => [...text].map((c) => (digits.indexOf(c) >= 0 && c !== "" ? [...digits].indexOf(c) : c)).join("");
  const base = partsOf(tag, options, utc(2022, 2, 7, 5, 4, 3));
  const all = (moments, index) => moments.map((at) => partsOf(tag, options, at)[index].value);
  const number = (index, letter) => letter.repeat(ascii(base[index].value).length);
  return base.map((part, index) => {
    switch (part.type) {
      case "literal": return part.value;
      case "year": return MARK + (ascii(part.value).length === 2 ? "yy" : "y");
      case "month": {
        const texts = all(months, index);
        for (const length of [1, 2]) {
          const native = (i) => [...String(i + 1).padStart(length, "0")].map((c) => [...digits][Number(c)]).join("");
          if (texts.every((t, i) => t === native(i))) return MARK + "M".repeat(length);
        }
        return `${MARK}M:${listId(texts)}`;
      }
      case "weekday": return `${MARK}E:${listId(all(DAYS, index))}`;
      case "day": {
        const month = Array.from({ length: 28 }, (_, i) => utc(2022, 1, 1 + i));
        return MARK + "d".repeat(Math.min(...all(month, index).map((t) => [...t].length)));
      }
      case "hour": {
        const midnight = Number(ascii(all([HOURS(0)[0]], index)[0])), noon = Number(ascii(all([HOURS(0)[12]], index)[0]));
        const letter = noon === 0 ? "K" : midnight === 12 ? "h" : midnight === 24 ? "k" : "H";
        return MARK + number(index, letter);
      }
      case "minute": return MARK + number(index, "m");
      case "second": return MARK + number(index, "s");
      case "dayPeriod": {
        const whole = all(HOURS(0), index), past = all(HOURS(30), index);
        return `${MARK}a:${listId(whole)}:${listId(past)}`;
      }
      case "timeZoneName": return `${MARK}z`;
      case "era": return `${MARK}G:${listId([part.value])}`;
      default: throw new Error(`${tag}: part ${part.type}`);
    }
  });
}

function render(form, at, entry, lists, digits) {
  const calendar = new Intl.DateTimeFormat(`en-u-ca-${entry.calendar}-nu-latn`, { year: n, month: n, day: n, timeZone: "UTC" });
  const parts = Object.fromEntries(calendar.formatToParts(at).map((p) => [p.type, p.value]));
  const num = (value, length) => [...String(value).padStart(length, "0")].map((c) => [...digits][Number(c)]).join("");
  const hour = at.getUTCHours();
  return form.map((item) => {
    if (!item.startsWith(MARK)) return item;
    const [token, list, past] = item.slice(1).split(":");
    const values = list === undefined ? null : lists[Number(list)];
    switch (token[0]) {
      case "y": return token === "yy" ? num(Number(parts.year) % 100, 2) : num(parts.year, 1);
      case "M": return values ? values[Number(parts.month) - 1] : num(parts.month, token.length);
      case "d": return num(parts.day, token.length);
      case "E": return values[(at.getUTCDay() + 6) % 7];
      case "H": return num(hour, token.length);
      case "h": return num(hour % 12 || 12, token.length);
      case "K": return num(hour % 12, token.length);
      case "k": return num(hour || 24, token.length);
      case "m": return num(at.getUTCMinutes(), token.length);
      case "s": return num(at.getUTCSeconds(), token.length);
      case "a": return at.getUTCMinutes() === 0 && at.getUTCSeconds() === 0 ? values[hour] : lists[Number(past)][hour];
      case "z": return "UTC";
      case "G": return values[0];
      default: throw new Error(item);
    }
  }).join("");
}

function prove(tag, entry, lists) {
  const digits = digitsOf(entry.numbering);
  const moments = [];
  for (let i = 0; i < 24; i += 1) moments.push(utc(1990 + 3 * i, i % 12, 1 + ((i * 7) % 28), i, (i * 7) % 60, (i * 11) % 60));
  moments.push(utc(2024, 1, 29, 12, 0, 0), utc(2024, 11, 31, 0, 0, 0), utc(2024, 2, 20, 12, 0, 30), utc(2000, 0, 1, 0, 1, 0));
  for (const [name, options] of Object.entries(FORMS)) {
    for (const at of moments) {
      const expected = partsOf(tag, options, at).map((p) => p.value).join("");
      const got = render(entry[name], at, entry, lists, digits);
      if (got !== expected) throw new Error(`${tag} ${name} ${at.toISOString()}: ${JSON.stringify(got)} is not ${JSON.stringify(expected)}`);
    }
  }
}

// The Persian leap years that ICU puts one year later than the arithmetic rule ((25 y + 11) mod 33 < 8) says.
function lateLeapYears() {
  const formatted = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { month: n, day: n, timeZone: "UTC" });
  const isNewYear = (at) => formatted.formatToParts(at).filter((p) => p.type !== "literal").every((p) => p.value === "1");
  const day = 864e5, late = [];
  let start = Date.UTC(622, 2, 21);
  for (let year = 1; year < 9377; year += 1) {
    const leap = !isNewYear(start + 365 * day);
    if (leap && (25 * year + 11) % 33 >= 8) late.push(year);
    start += (leap ? 366 : 365) * day;
  }
  return late;
}

function parentOf(tag, known) {
  const parts = tag.split("-");
  while (parts.length > 1) {
    parts.pop();
    if (known[parts.join("-")]) return parts.join("-");
  }
  return null;
}

// The tags of a file, else those that the data file has already.
function givenTags() {
  const text = fs.readFileSync(process.argv[2] ?? OUTPUT, "utf8");
  return process.argv[2] ? JSON.parse(text) : Object.keys(JSON.parse(text).locales).filter((tag) => !tag.includes("-u-"));
}

function main() {
  const tags = new Set(LEGACY);
  for (const tag of givenTags()) {
    let locale;
    try { locale = new Intl.Locale(tag); } catch { continue; }
    if (!Intl.DateTimeFormat.supportedLocalesOf(tag).length) continue;
    tags.add(tag);
    if (locale.script && locale.region) {
      const short = `${locale.language}-${locale.region}`;
      if (new Intl.Locale(short).maximize().script === locale.script) tags.add(short);
    }
  }
  // Where the locale's own calendar is not the Gregorian one, a tag can still ask for that one.
  for (const tag of [...tags]) if (calendarOf(tag) !== "gregory") tags.add(`${tag}-u-ca-gregory`);
  const lists = new Map(), entries = {};
  const sorted = [...tags].sort((a, b) => a.split("-").length - b.split("-").length || (a < b ? -1 : 1));
  for (const tag of sorted) {
    entries[tag] = describe(tag, lists);
    prove(tag, entries[tag], [...lists.keys()].map((k) => JSON.parse(k)));
    formatters.clear();
  }
  const numberings = [...new Set(Object.values(entries).map((e) => e.numbering).concat(Intl.supportedValuesOf("numberingSystem")))];
  const digits = Object.fromEntries(numberings.map((name) => [name, digitsOf(name)]).filter(([, d]) => [...d].length === 10).sort());
  fs.writeFileSync(OUTPUT, written(entries, lists, digits));
  console.log(`${sorted.length} locales, ${lists.size} lists`);
}

function written(entries, lists, digits) {
  const locales = {}, patterns = new Map();
  const patternId = (value) => {
    const key = JSON.stringify(value);
    if (!patterns.has(key)) patterns.set(key, patterns.size);
    return patterns.get(key);
  };
  for (const [tag, entry] of Object.entries(entries)) {
    const parent = parentOf(tag, entries);
    const own = Object.entries(entry).filter(([key, value]) => !parent || JSON.stringify(entries[parent][key]) !== JSON.stringify(value));
    locales[tag] = Object.fromEntries(own.map(([key, value]) => [key, key in FORMS ? patternId(value) : value]));
  }
  // Each list, pattern and locale is JSON in a string: few of them are ever looked at, and a string is loaded at once.
  const line = (texts) => texts.map((text) => JSON.stringify(text)).join(",\n");
  return `{"source":"Unicode CLDR ${process.versions.cldr} as ICU ${process.versions.icu} gives it; Unicode-3.0 licence",
"persianLateLeapYears":${JSON.stringify(lateLeapYears())},
"digits":${JSON.stringify(digits)},
"lists":[\n${line([...lists.keys()])}],
"patterns":[\n${line([...patterns.keys()])}],
"locales":{\n${Object.entries(locales).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(JSON.stringify(v))}`).join(",\n")}}}\n`;
}

main();
