// The door's bare baselines, by node:http alone, without signatures or rules. Argument: how it answers:
// "constant" the same to everybody; "single" after one SELECT among 100,000 cards and one durable INSERT; "group" the same,
// but the answers of one turn of the event loop share a transaction and leave after it.
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'

const [how = 'group'] = process.argv.slice(2)
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bare-'))
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit(0))
const db = new Database(path.join(folder, 'bare.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`CREATE TABLE card (card TEXT PRIMARY KEY, member TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE log (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, card TEXT NOT NULL, member TEXT)`)
const cardOf = (n: number) => `6F00${n.toString(16).padStart(6, '0').toUpperCase()}`
const addCard = db.prepare('INSERT INTO card VALUES (?, ?)')
db.transaction(() => {
  for (let n = 0; n < 100_000; n++) addCard.run(cardOf(n), `member-${n}`)
})()
const find = db.prepare<[string], { member: string }>('SELECT member FROM card WHERE card = ?')
const append = db.prepare('INSERT INTO log (at, card, member) VALUES (?, ?, ?)')

const ANSWER = '{"grant":true,"reason":"ok","open_ms":3000,"receipt":"r1","list_rev":1}'

type Waiting = { card: string; response: http.ServerResponse }
let waiting: Waiting[] = []

const commit = db.transaction((batch: readonly Waiting[]) => {
  for (const { card } of batch) append.run(Date.now(), card, find.get(card)?.member ?? null)
})

function answerAll(): void {
  const batch = waiting
  waiting = []
  commit(batch)
  for (const { response } of batch) response.end(ANSWER)
}

const server = http.createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    response.setHeader('content-type', 'application/json')
    if (how === 'constant') {
      response.end(ANSWER)
      return
    }
    waiting.push({ card: JSON.parse(body).card, response })
    if (how === 'single') answerAll()
    else if (waiting.length === 1) setImmediate(answerAll)
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as { port: number }).port, card: cardOf(16), doors: [] }))
})
