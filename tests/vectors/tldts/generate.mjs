// Writes vectors.json: [host, registrable domain or null, subdomain, suffix or null when it is not in the ICANN part].
import { writeFileSync } from 'node:fs'
import { parse } from 'tldts'

const suffixes = [
  'com', 'de', 'org', 'net', 'io', 'co.uk', 'uk', 'ac.uk', 'gov.uk', 'jp', 'co.jp', 'kawasaki.jp', 'city.kawasaki.jp', 'tokyo.jp', 'chiyoda.tokyo.jp', 'com.br', 'br',
  'ck', 'co.ck', 'www.ck', 'er', 'com.au', 'au', 'nsw.gov.au', 'museum', 'xn--p1ai', 'рф', 'xn--55qx5d.cn', '公司.cn', 'github.io', 'blogspot.com', 's3.amazonaws.com', 'us', 'k12.ca.us',
  'ca.us', 'google', 'app', 'dev', 'aero', 'pg', 'com.pg', 'np', 'com.np', 'com.bd', 'mm', 'fk', 'no', 'oslo.no', 'gs.oslo.no', 'it', 'pisa.it', 'za', 'co.za', 'nz', 'co.nz', 'in', 'co.in',
  'invalid', 'localhost', 'local', 'test', 'example', 'onion', 'corp', 'lan', 'co', 'com.co', 'eu', 'eu.com', 'uk.com', 'gb.net', 'de.com', 'tr', 'com.tr', 'kr', 'co.kr', 'tw', 'xn--kpry57d', '台灣',
]
// The list has `*.ck` but no `ck`: libraries differ on what the bare name is, and to us all of it is an error.
const wildcards = ['kawasaki.jp', 'ck', 'er', 'pg', 'np', 'mm', 'fk']

const vectors = []
for (const suffix of suffixes) {
  for (const prefix of ['', 'example.', 'www.example.', 'a.b.example.', 'xn--mnchen-3ya.', 'münchen.']) {
    if (prefix === '' && wildcards.includes(suffix)) continue
    const { domain, subdomain, publicSuffix, isIcann } = parse(prefix + suffix, { allowPrivateDomains: false })
    vectors.push(isIcann ? [prefix + suffix, domain, subdomain, publicSuffix] : [prefix + suffix, null, null, null])
  }
}
writeFileSync('vectors.json', `[\n${vectors.map((vector) => JSON.stringify(vector)).join(',\n')}\n]\n`)
console.log(vectors.length, vectors.filter((vector) => vector[3] !== null).length)
