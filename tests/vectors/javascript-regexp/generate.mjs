// Writes vectors.json: {texts, patterns: [[pattern, flags, found]]}, where found has a 0 or 1 per text, by Node's RegExp.
// Hand-picked patterns that schemas use, traps between engines, and patterns drawn from a grammar with a fixed seed.
import { writeFileSync } from 'node:fs'

let state = 3
function random(limit) {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
  return Math.floor((state / 0x80000000) * limit)
}
const pick = (list) => list[random(list.length)]

const texts = [
  'a', 'A', 'b', 'z', '0', '9', '_', '-', ' ', '.', '\\', '/', ']', '{', '}', '^', '$', 'ab', 'ba', 'aa', 'aab', 'abc', 'ABC', 'aBc', 'abab',
  'a1', '1a', '12', '12345', '123456', '12345-6789', 'SKU-0042', 'sku-0042', 'AB-12', 'foo bar', 'foo\nbar', 'a\nb', 'a\rb', 'a\u2028b', 'a\u2029b',
  '\n', '\r', '\t', '\v', '\f', '\b', '\0', '\u00a0', '\u0085', '\ufeff', '\u180e', '\u200b', '\u3000', 'é', 'É', 'e\u0301', 'ß', 'ẞ', 'SS', 'ſ', 's', 'S', '\u212a', 'k', 'K',
  'İ', 'ı', 'i', 'I', 'σ', 'ς', 'Σ', 'µ', 'μ', 'å', 'Å', 'ÿ', 'Ÿ', 'π', 'ж', 'Ж', '١', '１', '日本', '😀', 'a😀b', '😀😀', '\u{10400}', '\u{10428}',
  'name@example.com', 'https://example.com/x?y=1', '2024-03-01', '01/03/2024', '+49 30 123456', '(212) 867-5309', '$1,234.50', 'Password1!', 'password',
  'x{2}', 'a{,3}', 'a-z', 'a]', 'aaaaaaaaaaaaaaa', 'the the', 'résumé', 'a\\b', "it's", '#fff', '#FFFFFF', '192.168.0.1', '00:1A:2b:3C:4d:5E', 'ab\u0301',
]

const handPicked = [
  '^\\d{5}(-\\d{4})?$', '^[A-Z]{2}-\\d+$', '^\\w+@\\w+\\.\\w+$', '^(?=.*[A-Z])(?=.*\\d).{8,}$', '^(?!.*foo).*$', '(?<=\\$)\\d+', '(?<!a)b', '(\\w)\\1', '\\b(\\w+) \\1\\b',
  '(?<year>\\d{4})-(?<month>\\d{2})', '(?<c>.)\\k<c>', '^.$', '^..$', '^.{2}$', '^[^a]$', '^[^]$', '[]', 'a[]', '^[\\s\\S]*$', '^\\S+$', '^\\s+$', '\\s', '\\S', '\\W', '\\w', '\\D', '\\d',
  '\\bfoo', 'bar\\b', '\\Ba', 'a\\B', '^a$', '^b', 'a$', '^$', '$', '^', 'a.b', '^a.b$', '[\\b]', '[\\w-]+', '^[\\w.-]+$', '[a\\-z]', '[-a]', '[a-]', '[+--]', '[a-z-9]', '[\\d-x]', '[\\]]', '[[]',
  '\\/', '\\-', '\\_', '\\@', "\\'", '\\#', '\\ ', '\\.', '\\\\', '\\x41', '\\u0041', '\\u{41}', '\\u{1F600}', '\\cA', '\\0', '\\t', '\\v', 'a{,3}', 'x{2}', 'x\\{2\\}', 'a{2}', 'a{2,}', 'a{1,2}?', 'a+?',
  'a*?b', ']', '}', '{', 'a]', '\\ud83d', '\\ud83d\\ude00', '^\\ud83d\\ude00$', '[\\ud83d\\ude00]', '^[😀]$', '😀+', '^😀{2}$', '[^\\x00-\\x7f]', '[\\u0000-\\uffff]', '^[\\x20-\\x7e]+$', 'é', '[é]', '[à-ÿ]', '[À-Ý]',
  's', 'ſ', 'k', 'K', '\u212a', 'ß', 'ẞ', 'ss', 'σ', 'ς', 'Σ', 'i', 'I', 'İ', 'ı', 'µ', 'å', '[a-z]', '[A-Z]', '[^a-z]', '[^k]', '[^s]', '\\u017f', '\\u212a', '[\\u0100-\\u01ff]', 'π', 'ж', '\\u{10400}',
  '\\p{L}', '\\p{Lu}', '^\\p{L}+$', '\\P{L}', '[\\p{N}]', '\\p{Script=Greek}', '(a|b|ab)+$', '^(a|ab)(c|bcd)?$', '(?:a|b)*', '(a*)*$', '(a+)+$', '^(a?){3}$', '(|a)+b', '^(?:\\+|00)\\d', 'a|b', '|', '()', '(?:)',
  '^#(?:[0-9a-f]{3}){1,2}$', '^(?:\\d{1,3}\\.){3}\\d{1,3}$', '^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$', '^[A-Za-z]+(?: [A-Za-z]+)*$', '\\1(a)', '(a)|\\1b', '^(?:a(?=b)|b)+$', '\\8', '\\07', '[\\07]', '(?:x|\\b)a', 'a\\b',
  '^\\b', '(?:^|,)a(?:,|$)', 'a(?:$|b)', '^(?:^a)$', '.*', '.+', '^.*$', '^.+$', '[.]', '[^.]', '[^\\n]', '[^\\d\\s]', '[\\D]', '[^\\D]', '[\\W_]', '^[^\\W_]+$', '[\\S\\n]',
]
const flagSets = ['', 'i', 'm', 's', 'u', 'iu', 'im', 'ms', 'su', 'imsu']

function grammar(depth) {
  const kind = random(depth > 0 ? 12 : 6)
  switch (kind) {
    case 0: case 1: return pick(['a', 'b', 'A', '1', '_', '-', ' ', 'é', 'k', 's', 'ß', '\\.', '\\/', '\\n', '\\x61', '\\u0062'])
    case 2: return pick(['\\d', '\\w', '\\s', '\\D', '\\W', '\\S', '.'])
    case 3: return `[${pick(['', '^'])}${grammarClass()}]`
    case 4: return pick(['^', '$', '\\b', '\\B', 'a', 'b'])
    case 5: return pick(['ab', 'ba', '😀', 'foo', '12'])
    case 6: return `(${grammar(depth - 1)})`
    case 7: return `(?:${grammar(depth - 1)}|${grammar(depth - 1)})`
    case 8: return `(?:${grammar(depth - 1)})${pick(['*', '+', '?', '{2}', '{1,2}', '{2,}', '*?', '+?'])}`
    case 9: return `${pick(['(?=', '(?!', '(?<=', '(?<!'])}${grammar(depth - 1)})`
    default: return grammar(depth - 1) + grammar(depth - 1)
  }
}
function grammarClass() {
  const items = ['a', 'b', 'k', '_', '.', 'a-z', 'A-Z', '0-9', '\\d', '\\w', '\\s', '\\W', '\\D', '\\S', 'é', 'à-ÿ', '\\-', '\\]', '\\n', '\\u0041-\\u0043', '\\u2000-\\u3000', '$', '|']
  return Array.from({ length: 1 + random(3) }, () => pick(items)).join('')
}

const patterns = []
const seen = new Set()
function add(pattern, flags) {
  let regex
  try {
    regex = new RegExp(pattern, flags)
  } catch {
    return
  }
  if (seen.has(`${flags}/${pattern}`)) return
  seen.add(`${flags}/${pattern}`)
  patterns.push([pattern, flags, texts.map((text) => (regex.test(text) ? '1' : '0')).join('')])
}
for (const pattern of handPicked) for (const flags of flagSets) add(pattern, flags)
while (patterns.length < 4500) add(grammar(4), pick(flagSets))

writeFileSync(
  'vectors.json',
  `{"texts": ${JSON.stringify(texts)},\n"patterns": [\n${patterns.map((vector) => JSON.stringify(vector)).join(',\n')}\n]}\n`,
)
console.log(texts.length, patterns.length)
