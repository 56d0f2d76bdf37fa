// Writes vectors.json: what libphonenumber-js (max metadata) makes of numbers of every country in many spellings.
// Each entry: [text, default country or "", country or "", E.164, national format, international format, source of the
// calling code], or [text, default country] when the text is no valid number.
import { writeFileSync } from 'node:fs'
import metadata from 'libphonenumber-js/metadata.max.json'
import { getCountries, getCountryCallingCode, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/examples.mobile.json'

let state = 42
function random(limit) {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
  return Math.floor((state / 0x80000000) * limit)
}

const digits = (count) => Array.from({ length: count }, () => random(10)).join('')

function judge(text, country) {
  const number = parsePhoneNumberFromString(text, { defaultCountry: country || undefined, extract: false })
  if (!number || !number.isValid() || number.ext) return [text, country]
  const source = number.__countryCallingCodeSource ?? ''
  return [text, country, number.country ?? '', number.number, number.formatNational(), number.formatInternational(), source]
}

// A number that matches the pattern: digits are drawn until one is valid, beginning like the examples of the metadata.
function validNumbers(country, count) {
  const code = getCountryCallingCode(country)
  const example = getExampleNumber(country, examples)
  const found = new Set(example ? [example.nationalNumber] : [])
  const lengths = metadata.countries[country][3]
  for (let attempt = 0; attempt < 4000 && found.size < count; attempt++) {
    const length = lengths[random(lengths.length)]
    let candidate = digits(length)
    if (attempt % 2 && example) {
      const kept = random(example.nationalNumber.length)
      candidate = example.nationalNumber.slice(0, kept) + digits(example.nationalNumber.length - kept)
    }
    const number = parsePhoneNumberFromString(`+${code}${candidate}`, { extract: false })
    if (number?.isValid()) found.add(number.nationalNumber)
  }
  return [...found]
}

function spellings(country, national) {
  const code = getCountryCallingCode(country)
  const number = parsePhoneNumberFromString(`+${code}${national}`)
  const written = [
    [`+${code}${national}`, ''], [national, country], [number.formatNational(), country],
    [number.formatInternational(), country], [`+${code} (0)${national}`, ''], [`0${national}`, country],
    [`00${code}${national}`, country], [`011${code}${national}`, country], [`${code}${national}`, country],
    [`+${code}-${national.slice(0, 3)}.${national.slice(3)}`, ''], [`00${code}${national}`, ''],
    [national.slice(0, -1), country], [`${national}${random(10)}`, country],
  ]
  return written.filter(() => random(3) > 0)
}

const vectors = []
for (const country of getCountries()) {
  for (const national of validNumbers(country, 12)) {
    for (const [text, origin] of spellings(country, national)) vectors.push(judge(text, origin))
  }
  for (let count = 0; count < 4; count++) vectors.push(judge(digits(5 + random(9)), country))
}
for (const code of Object.keys(metadata.nonGeographic ?? {})) {
  for (let count = 0; count < 60; count++) vectors.push(judge(`+${code}${digits(8 + random(4))}`, ''))
}
for (let count = 0; count < 1500; count++) vectors.push(judge(`+${1 + random(9)}${digits(8 + random(5))}`, ''))
for (const text of [
  '+1 212 867 5309', '+1 (212) 867-5309', '+1.212.867.5309', '+12128675309 ', '+1 212 867 5309 x5', '+1 212 867 5309 ext. 5',
  '+1 212 867 5309;ext=5', '1-800-FLOWERS', '+1-800-FLOWERS', 'call +1 212 867 5309', '+', '+1', '+0', '+999123456', '1', '12',
  '+49 30 12345678901234567890', '+49(0)30 123456', '٠٣٠ ١٢٣٤٥٦', '+４９３０１２３４５６', '+49/30/123456', '+49 30–123456', '++493012345',
  '+49 30 123456 #', '+49 30 12+3456', '030,123456', '+49 30\t123456', '+1 212 867 5309 or 5310', '911', '112', '+49110',
]) for (const country of ['', 'US', 'DE', 'GB']) vectors.push(judge(text, country))

writeFileSync('vectors.json', `[\n${vectors.map((vector) => JSON.stringify(vector)).join(',\n')}\n]\n`)
console.log(vectors.length, vectors.filter((vector) => vector.length > 2).length)
