// Writes vectors.json: what Luxon's toFormat and fromFormat give. `npm ci && npm run vectors`, with a Node of CLDR 48.
import fs from "node:fs";
import { DateTime, VERSION } from "luxon";

const LOCALES = ("en-US en en-GB en-CA en-AU en-IN de-DE de-AT de-CH fr-FR fr-CA es-ES es-MX it-IT pt-BR pt-PT nl-NL da-DK sv-SE nb-NO fi-FI is-IS " +
  "pl-PL cs-CZ sk-SK hu-HU ro-RO bg-BG ru-RU uk-UA lt-LT lv-LV et-EE hr-HR sr-RS sl-SI el-GR tr-TR he-IL ar-SY ar-EG ar-AE fa-IR hi-IN bn-BD " +
  "th-TH vi-VN id-ID ms-MY ja-JP ko-KR zh-CN zh-TW zh-HK sw-KE ca-ES eu-ES mr-IN ta-IN my-MM th-TH-u-ca-gregory ar-EG-u-nu-latn").split(" ");
const TOKENS = ("S SSS u uu uuu s ss m mm h hh H HH Z ZZ ZZZ ZZZZ ZZZZZ z a d dd c ccc cccc ccccc E EEE EEEE EEEEE L LL LLL LLLL LLLLL M MM MMM " +
  "MMMM MMMMM y yy yyyy yyyyyy G GG GGGGG kk kkkk W WW n nn ii iiii o ooo q qq D DD DDD DDDD t tt ttt tttt T TT TTT TTTT f ff fff ffff F FF FFF " +
  "FFFF X x").split(" ");
const MOMENTS = ["2022-03-27T15:20:05", "2024-02-29T00:00:00", "1999-12-31T12:00:00", "2021-01-01T09:05:59", "2020-08-09T23:59:00", "1961-10-12T12:30:00",
  "2026-12-30T18:00:00", "0987-06-05T04:03:02"];
const QUOTED = ["yyyy 'o''clock' HH", "'Week' W 'of' kkkk", "dd''MM", "'yyyy' yyyy", "''''", "'open", "d 'de' MMMM 'de' yyyy", "yyyyy-QQ", "hh 'o' a", "HH'h'mm", "\t dd"];
const READ = ["yyyy-MM-dd", "dd/MM/yyyy", "d.M.yy", "MM-dd-yyyy", "yyyyMMdd", "d LLLL yyyy", "d MMMM yyyy", "dd LLL yyyy", "dd-MMM-yy", "LLL d, yyyy",
  "cccc, d LLLL yyyy", "EEE d MMM yyyy", "yyyy-ooo", "kkkk-'W'WW-c", "yyyy-MM-dd HH:mm", "d/M/y H:m:s", "yyyy-MM-dd'T'HH:mm:ssZZ", "hh:mm a", "h a", "HH'h'mm",
  "D", "DD", "DDD", "DDDD", "f", "ff", "F", "FF", "t", "tt", "T", "TT", "yyyy LL dd hh mm ss a"];
const DAMAGED = [["31/04/2022", "dd/MM/yyyy"], ["29/02/2023", "dd/MM/yyyy"], ["29/02/2024", "dd/MM/yyyy"], ["3/4/2022", "dd/MM/yyyy"], ["03/04/22", "dd/MM/yyyy"],
  ["3/4/61", "d/M/yy"], ["3/4/60", "d/M/yy"], ["3/4/2060", "d/M/yy"], ["3/4/022", "d/M/yy"], ["27 mar 2022", "d LLL yyyy"], ["27 MARCH 2022", "d LLLL yyyy"],
  ["Monday 27 March 2022", "cccc d LLLL yyyy"], ["Sunday 27 March 2022", "cccc d LLLL yyyy"], ["13:00 PM", "h:mm a"], ["0:30 PM", "h:mm a"], ["12:30 am", "h:mm a"],
  ["24:00", "HH:mm"], ["24:01", "HH:mm"], ["25:00", "H:mm"], ["10:60", "H:mm"], ["2022-366", "yyyy-ooo"], ["2024-366", "yyyy-ooo"], ["2022-W53-1", "kkkk-'W'WW-c"],
  ["2020-W53-7", "kkkk-'W'WW-c"], ["2022-00-10", "yyyy-MM-dd"], ["2022-03-27 ", "yyyy-MM-dd"], ["a2022-03-27", "yyyy-MM-dd"], ["2022.03.27", "yyyy.MM.dd"],
  ["2022x03x27", "yyyy.MM.dd"], ["27 Mar. 2022", "d LLL yyyy"], ["2022-03-27T10:00:00+5", "yyyy-MM-dd'T'HH:mm:ssZ"], ["2022-03-27T10:00:00-0530", "yyyy-MM-dd'T'HH:mm:ssZZZ"]];

const at = (iso) => DateTime.fromISO(iso, { zone: "utc" });
const written = {};
for (const locale of LOCALES) {
  written[locale] = MOMENTS.map((iso) => [...TOKENS, ...QUOTED].map((format) => at(iso).setLocale(locale).toFormat(format)));
}
const read = [];
function reading(text, format, locale) {
  let result = null;
  try {
    const parsed = DateTime.fromFormat(text, format, { locale, zone: "utc", setZone: true });
    // A format of the time alone means today, which is no part of the vector.
    const shown = /[yk]|[DfF]/.test(format) ? "yyyy-MM-dd'T'HH:mm:ss" : "'T'HH:mm:ss";
    if (parsed.isValid) result = parsed.toFormat(shown, { locale: "en-US" });
  } catch { /* a contradictory format reads nothing */ }
  return [text, format, locale, result];
}
for (const locale of LOCALES) {
  MOMENTS.slice(0, 5).forEach((iso, position) => READ.forEach((format, index) => {
    if ((position + index) % 2 === 0) read.push(reading(at(iso).setLocale(locale).toFormat(format), format, locale));
  }));
}
for (const [text, format] of DAMAGED) for (const locale of ["en-US", "en-GB", "de-DE"]) read.push(reading(text, format, locale));
const lines = (values) => values.map((value) => JSON.stringify(value)).join(",\n");
fs.writeFileSync(new URL("vectors.json", import.meta.url), `{"luxon":"${VERSION}","cldr":"${process.versions.cldr}",
"moments":${JSON.stringify(MOMENTS)},
"formats":${JSON.stringify([...TOKENS, ...QUOTED])},
"written":{\n${Object.entries(written).map(([locale, rows]) => `"${locale}":[\n${lines(rows)}]`).join(",\n")}},
"read":[\n${lines(read)}]}\n`);
console.log(`${Object.keys(written).length} locales, ${read.length} readings`);
