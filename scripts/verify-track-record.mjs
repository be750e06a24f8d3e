// node scripts/verify-track-record.mjs FILE [HASH]
// Checks a track record that Yardstick exported, offline and with none of its code: that no row was changed, left out or put in,
// and that the transactions in the file are those that were recorded. Of a hash that you noted it says of which close it is.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

process.on('uncaughtException', () => end(['This file cannot be read as a track record: node scripts/verify-track-record.mjs FILE']))
const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const [path, noted] = process.argv.slice(2)
const { yardstick, version, portfolio, closes, transactions } = JSON.parse(readFileSync(path, 'utf8'))
if (yardstick !== 'track record' || version !== 1) throw new Error('another file')

const faults = []
const recorded = new Map() // when, by the hash of a transaction
let before = { number: 0, day: '', at: '', trades: 0, prompt: 0, hash: '0'.repeat(64) }
for (const close of closes) {
  const { number, day, at, added, removed, ledger, previous, hash } = close
  const fault = (words) => faults.push(`Close ${number} (${day}): ${words}.`)
  const lines = ['number', 'day', 'at', 'revision', 'index', 'trades', 'prompt', 'added', 'removed', 'ledger', 'previous'].map(
    (name) => `${name}: ${Array.isArray(close[name]) ? close[name].join(' ') : (close[name] ?? 'none')}\n`,
  )
  if (sha256(`yardstick track record 1\nportfolio: ${portfolio}\n${lines.join('')}`) !== hash)
    fault('its hash is not that of what it says')
  if (previous !== before.hash || number !== before.number + 1) fault('it does not follow the row before it')
  if (day <= before.day || at <= before.at) fault('it is not later than the row before it')
  for (const each of removed) if (!recorded.delete(each)) fault('it removes what was not recorded')
  for (const each of added) recorded.set(each, at.slice(0, 10))
  if (sha256([...recorded.keys()].sort().map((each) => `${each}\n`).join('')) !== ledger)
    fault('its transactions are not those of its ledger')
  if (removed.length > 0) console.log(`${day}: transactions changed or deleted that were recorded: ${removed.length}.`)
  if (hash === noted) console.log(`The hash that you noted is that of close ${number}, ${day}.`)
  before = close
}

const fields = 'ticker type date price shares fee amount ratio currency acquired cost lots new_ticker cost_share share_units row_key created_at'
const hashOf = (line) => sha256(fields.split(' ').map((field) => `${field}: ${JSON.stringify(line[field] ?? null)}\n`).join(''))
const now = new Map(transactions.map((line) => [hashOf(line), line]))
const lost = [...recorded.keys()].filter((each) => !now.has(each)).length
const open = [...now.keys()].filter((each) => !recorded.has(each)).length
const trades = [...now].filter(([hash, { type }]) => recorded.has(hash) && (type === 'buy' || type === 'sell'))
const prompt = trades.filter(([hash, { date }]) => Date.parse(recorded.get(hash)) - Date.parse(date) <= 3 * 86_400_000).length
if (open > 0) console.log(`Transactions that were entered or changed after the last close: ${open}.`)
if (lost > 0) faults.push(`Transactions that are not as they were recorded, changed or deleted after the last close: ${lost}.`)
else if (trades.length !== before.trades || prompt !== before.prompt) faults.push('The last close counts its trades wrongly.')
if (noted && !closes.some(({ hash }) => hash === noted)) faults.push('The hash that you noted is not in this record.')
end(faults)

function end(found) {
  const sound = () => `The record holds. Closes: ${closes.length}, trades: ${trades.length}, recorded within 3 days: ${prompt}. Last hash: ${before.hash}`
  console.log(found.length > 0 ? found.join('\n') : sound())
  process.exit(found.length > 0 ? 1 : 0)
}
