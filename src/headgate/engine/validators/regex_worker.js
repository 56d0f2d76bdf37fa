// Runs regular expressions for headgate's regex validators, in V8, away from the process that must not hang.
// Standard input: one JSON line [pattern, flags, texts] per request. Standard output: "ready", then one line per request:
// a string of 0 and 1, found or not for each text, or "!" and the reason when the pattern cannot run.
// The patterns run in a worker thread: should headgate die, the end of the input ends this process even in mid-search.

const source = `
  self.onmessage = ({ data }) => {
    try {
      const [pattern, flags, texts] = JSON.parse(data)
      const regex = new RegExp(pattern, flags)
      let found = ''
      for (const text of texts) found += regex.test(text) ? '1' : '0'
      self.postMessage(found)
    } catch (error) {
      self.postMessage('!' + String(error?.message ?? error).replaceAll('\\n', ' '))
    }
  }
  self.postMessage('ready')
`
const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' })
const encoder = new TextEncoder()
worker.onmessage = ({ data }) => {
  const bytes = encoder.encode(data + '\n')
  for (let written = 0; written < bytes.length; ) written += Deno.stdout.writeSync(bytes.subarray(written))
}

const decoder = new TextDecoder()
let line = []
for await (const chunk of Deno.stdin.readable) {
  let text = decoder.decode(chunk, { stream: true })
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
    line.push(text.slice(0, end))
    worker.postMessage(line.join(''))
    line = []
    text = text.slice(end + 1)
  }
  line.push(text)
}
Deno.exit(0)
