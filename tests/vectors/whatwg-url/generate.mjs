// Writes vectors.json: [text, href or null] by Node's own WHATWG URL, hand-picked shapes and seeded combinations of parts.
// Where Node 20 lags behind the standard, nothing is drawn: ^ in paths, and /.. as the whole path of other schemes.
import { writeFileSync } from 'node:fs'

let state = 7
function random(limit) {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
  return Math.floor((state / 0x80000000) * limit)
}
const pick = (list) => list[random(list.length)]

const schemes = ['http:', 'https:', 'HTTPS:', 'ftp:', 'ws:', 'file:', 'git:', 'http', '', 'https:/', 'mailto:']
const slashes = ['//', '//', '//', '//', '/', '', '///', '////', '\\\\', '/\\']
const users = ['', '', '', '', 'user@', 'user:pass@', ':@', 'a@b@']
const hosts = [
  'example.com', 'EXAMPLE.com', 'www.google.de', 'a.b', 'localhost', '127.0.0.1', '0x7f.1', '256.1.1.1', '[::1]', '[::1', 'münchen.de',
  'xn--mnchen-3ya.de', 'xn--zz--.de', 'faß.de', '例え.jp', 'a b.com', 'a_b.com', 'a%41.com', '-a.com', 'a..b', 'a.b.', '', '1.2.3', 'ab--cd.com',
  'i❤.ws', 'a<b', '。com', 'a.com。', 'foo.0x4', 'example.123',
]
const ports = ['', '', '', ':80', ':443', ':8080', ':', ':99999', ':a']
const paths = [
  '', '/', '/a//b', '/a/../b', '/a/./b', '/..', '/.', '/a/%2e%2e/b', '/a/.hidden', '/a b', '/ü', '/%zz', '/a\\b', '/a|b', '/{a}', "/it's",
  '//x', '/a;b=c', '/%E4', '/a..b/c', '/...', '/a/..', '/a`b',
]
const queries = ['', '', '', '?', '?q=1', '?q=a b', "?q='x'", '?ü', '?a=b&c[]=d', '?a?b/../c', '?%2e']
const fragments = ['', '', '', '#', '#top', '#a b', '#ü', '#a`b', '#/../x']

const texts = new Set([
  'https://a.b', 'www.example.com', 'example.com', 'localhost:3000', 'example.com:80/x', 'C:\\x\\y', 'javascript:alert(1)', 'data:text/plain,x',
  'mailto:a@b.c', 'http:example.com', 'http:///example.com', 'http://///example.com//x', 'https://ex\tample.com/\nx', 'urn:isbn:1', '//example.com',
  '/path', '?q', '#f', 'http://', 'http://?', 'http:// a.com', 'tel:+1', 'git://github.com/x.git', 'git+ssh://a@b/c', 'foo:/bar', 'foo://', 'foo:///x',
  'blob:https://a.b/x', 'about:blank', 'http://user:p%20w@h/', 'https://example.com/\u00a0x', 'https://example.com/?x=\u{1f600}', 'h ttp://a.b',
])
while (texts.size < 6000) {
  const scheme = pick(schemes)
  const path = pick(paths)
  if (['git:', 'mailto:'].includes(scheme) && path === '/..') continue
  texts.add(scheme + (scheme ? pick(slashes) : '') + pick(users) + pick(hosts) + pick(ports) + path + pick(queries) + pick(fragments))
}
const vectors = [...texts].map((text) => {
  try {
    return [text, new URL(text).href]
  } catch {
    return [text, null]
  }
})
writeFileSync('vectors.json', `[\n${vectors.map((vector) => JSON.stringify(vector)).join(',\n')}\n]\n`)
console.log(vectors.length, vectors.filter(([, href]) => href !== null).length)
