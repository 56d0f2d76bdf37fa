// Writes vectors.json: [number text, format object, numbro's text], the reference for number_format.py.
// Run `npm ci && npm run generate` here. The pseudo-random choices have a fixed seed, so a new run gives the same file.
import { writeFileSync } from "node:fs";
import numbro from "numbro";

let state = 20260601;
const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];

const NUMBERS = [
    "0", "1", "-1", "2", "3", "4", "11", "12", "13", "21", "22", "23", "101", "111", "112", "113", "-11", "-21",
    "0.1", "-0.1", "0.5", "0.4", "-0.4", "0.25", "0.125", "1.5", "2.5", "1.25", "-1.25", "0.001", "-0.001", "0.004",
    "0.9", "0.99", "0.999", "9.99", "99.995", "999", "999.5", "1000", "-1000", "1023", "1024", "-1024", "1536", "1048576",
    "1234", "-1234", "1234.5678", "-1234.5678", "1234567", "-1234567.891", "1234567.1234567", "12345678.9",
    "500000", "499999", "999999", "1500000", "500000000", "1000000000", "1234567890", "-1234567890.12",
    "500000000000", "1000000000000", "1234567890123", "123456789012345", "1e15", "1e18", "100000000000000000000",
    "0.1234", "0.1256", "0.12567", "0.123456", "0.12345678", "0.56", "0.34", "234.567", "-3456.78", "60", "59", "61",
    "3599", "3600", "3661", "86400", "-60", "-1", "12.3", "12.7", "0.00001234", "0.000123", "42", "7", "10", "100",
];

const CHOICES = {
    output: [undefined, "number", "currency", "currency", "percent", "byte", "time", "ordinal"],
    base: ["binary", "decimal", "general"],
    characteristic: [undefined, undefined, undefined, 0, 1, 2, 4, 7],
    prefix: [undefined, undefined, undefined, undefined, "~", "about "],
    postfix: [undefined, undefined, undefined, undefined, " pcs", "!"],
    forceAverage: [undefined, undefined, undefined, undefined, "thousand", "million", "billion", "trillion"],
    average: [undefined, undefined, false, true],
    lowPrecision: [undefined, true, false],
    currencyPosition: [undefined, "prefix", "infix", "postfix"],
    currencySymbol: [undefined, "€", "$", "CHF", "£"],
    totalLength: [undefined, undefined, undefined, undefined, 0, 1, 3, 4, 6],
    mantissa: [undefined, 0, 1, 2, 3, 5],
    optionalMantissa: [undefined, true, false],
    trimMantissa: [undefined, undefined, true, false],
    optionalCharacteristic: [undefined, undefined, true, false],
    thousandSeparated: [undefined, true, false],
    negative: [undefined, "sign", "parenthesis"],
    forceSign: [undefined, undefined, true, false],
    spaceSeparated: [undefined, true, false],
    spaceSeparatedCurrency: [undefined, true, false],
    spaceSeparatedAbbreviation: [undefined, undefined, true],
    exponential: [undefined, undefined, undefined, undefined, undefined, true],
    prefixSymbol: [undefined, true, false],
};

// numbro answers these combinations with "ERROR: invalid format".
function repair(format) {
    if (format.output !== "byte") delete format.base;
    if (format.output !== "percent") delete format.prefixSymbol;
    if (format.average !== true) delete format.lowPrecision;
    if (format.exponential) delete format.totalLength;
    // rules.md gives `output: "currency"` alone another meaning.
    if (Object.keys(format).length === 1 && format.output === "currency") format.mantissa = 2;
    return format;
}

function randomFormat() {
    const density = random();
    const format = {};
    for (const [key, choices] of Object.entries(CHOICES)) {
        const value = pick(choices);
        if (value !== undefined && (key === "output" || key === "base" || random() < density)) format[key] = value;
    }
    return repair(format);
}

const CURRENCY = (currencySymbol, currencyPosition, more = {}) => ({
    output: "currency", currencySymbol, currencyPosition, spaceSeparatedCurrency: true, thousandSeparated: true, mantissa: 2, ...more,
});
const FIXED = [
    {}, { thousandSeparated: true }, { output: "percent" }, { output: "time" }, { output: "ordinal" },
    ...[0, 1, 2, 3, 4].flatMap((mantissa) => [{ output: "percent", mantissa }, { thousandSeparated: true, mantissa }]),
    CURRENCY("$", "prefix", { average: false }), CURRENCY("$", "prefix", { negative: "parenthesis", average: false }),
    CURRENCY("€", "postfix", { average: false }), CURRENCY("£", "prefix", { average: false }),
    { average: true }, { average: true, lowPrecision: false }, { totalLength: 4 }, { exponential: true },
];

const vectors = [];
for (const format of FIXED) for (const text of NUMBERS) vectors.push([text, format]);
for (let count = 0; count < 4500; count += 1) {
    const sign = random() < 0.3 ? "-" : "";
    const digits = `${sign}${(random() * 10 ** Math.floor(random() * 13)).toFixed(Math.floor(random() * 5))}`;
    vectors.push([random() < 0.6 ? pick(NUMBERS) : digits, randomFormat()]);
}

// numbro counts in doubles, headgate in exact decimals. A vector goes into "doubles" when numbro met a number on its way that
// a double does not hold as people wrote it (more than 15 digits, an exponent), or a negative tie, which it rounds up.
const toString = Number.prototype.toString;
function formatted(text, format) {
    let inexact = false;
    const quotient = format.output === "byte" && format.base !== "decimal" && !format.exponential;
    const digits = (shown) => shown.replace(/[-.]/g, "").replace(/^0+/, "").length;
    Number.prototype.toString = function (...radix) {
        const shown = toString.apply(this, radix);
        inexact ||= shown.includes("e") || (digits(shown) > 15 && !quotient);
        return shown;
    };
    const roundingFunction = (number) => {
        inexact ||= Math.abs(number) > 2 ** 53 || (number < 0 && Math.abs(number % 1) === 0.5);
        return Math.round(number);
    };
    const shown = numbro(Number(text)).format({ ...format, roundingFunction });
    Number.prototype.toString = toString;
    inexact ||= digits(text) > 15 || (format.output === "time" && Math.abs(Number(text)) > 2 ** 53);
    if (Object.keys(format).length > 0 && shown !== numbro(Number(text)).format({ ...format })) throw new Error("spoiled");
    return { line: JSON.stringify([text, format, shown]), inexact };
}

const all = vectors.map(([text, format]) => formatted(text, format));
if (all.some(({ line }) => line.includes("ERROR"))) throw new Error("a format is invalid");
const list = (wanted) => all.filter(({ inexact }) => inexact === wanted).map(({ line }) => line).join(",\n");
writeFileSync("vectors.json", `{"exact": [\n${list(false)}\n],\n"doubles": [\n${list(true)}\n]}\n`);
console.log(`${all.length} vectors, ${all.filter(({ inexact }) => inexact).length} of them inexact`);
