import { brokerOf } from '../brokers/brokers.ts'
import type { Delivery } from '../brokers/broker.ts'
import { log } from '../jobs/log.ts'
import { done, type Outcome } from '../jobs/outcome.ts'
import { withBudget } from '../market/http/call-budget.ts'
import { isOpen } from '../statements/question.ts'
import {
  connectionWith,
  disconnectBroker,
  noteAsked,
  type OpenedConnection,
} from '../storage/broker-connections.ts'
import { keepStatement, latestStatement, packed, settledStatement } from '../storage/broker-statements.ts'
import { inOneTransaction } from '../storage/database.ts'
import { hashOf } from '../storage/idempotency.ts'
import type { Imported } from './edited.ts'
import type { Home } from './home.ts'
import { type ImportChoices, noChoices } from './import-choices.ts'

/** Imports a statement in somebody's name, or looks at what would come of that. */
type Import = (actor: string, text: string, preview: boolean, choices: ImportChoices) => Promise<Imported>

/** The longest statement, in characters: as much as a file may have. */
const LONGEST = 5_000_000
/** A row of D1 has at most 2 MB. */
const LONGEST_KEPT = 1_900_000

/**
 * Fetches a broker's statement, keeps it and imports what is new in it. It may run twice, or be killed at any line: the
 * statement is fetched again, and rows that are there already are not added. Rows that resemble one of the ledger wait for
 * somebody to look at them. The outcome asks for another try where the broker had none ready.
 */
export async function fetchStatement(home: Home, id: string, importAs: Import): Promise<Outcome> {
  const { db, env } = home
  const broker = brokerOf(id)
  const connection = broker ? await connectionWith(db, home.id, id) : null
  // disconnected since it was asked for
  if (!broker || !connection) return done
  const ask = broker.connect({ fetch: (input, init) => fetch(input, init), now: () => Date.now() }, env)
  const delivery = await withBudget(() => ask(connection))
  const said = delivery.status === 'ok' ? await taken(home, connection, delivery, importAs) : delivery.reason
  if (said !== null) await inOneTransaction(db, [noteAsked(db, home.id, connection, said, Date.now())])
  log('statement fetched', { portfolio: home.id, broker: id, status: delivery.status })
  return delivery.status === 'later' ? { retryAfter: delivery.retryAfter, reason: delivery.reason } : done
}

/** What came of a statement, in a sentence; null when whoever connected the broker may edit the portfolio no longer. */
async function taken(
  home: Home,
  connection: OpenedConnection,
  { text }: Extract<Delivery, { status: 'ok' }>,
  importAs: Import,
): Promise<string | null> {
  const { db } = home
  const { broker, accountId } = connection
  if (text.length > LONGEST) return TOO_LONG
  const [hash, gzip] = [await hashOf(text), await packed(text)]
  if (gzip.length > LONGEST_KEPT) return TOO_LONG
  const [latest, earlier] = await Promise.all([
    latestStatement(db, home.id, broker),
    settledStatement(db, home.id, broker),
  ])
  if (latest?.hash === hash) return 'Nothing has changed since the last statement.'
  const choices = { ...noChoices, holdsBack: true, ...(earlier && { earlier }) }
  const imported = await withoutDoubt((preview) => importAs(accountId, text, preview, choices))
  if (imported === null) {
    const by = { portfolioId: home.id, broker, by: accountId }
    await inOneTransaction(db, disconnectBroker(db, by, Date.now()))
    return null
  }
  const statement = {
    id: crypto.randomUUID(),
    portfolioId: home.id,
    broker,
    receivedAt: Date.now(),
    hash,
    gzip,
  }
  await inOneTransaction(db, [keepStatement(db, { ...statement, ...imported })])
  return imported.outcome
}

const TOO_LONG = 'The statement is larger than 5 MB. Choose a shorter period for the query.'

type Taken = { outcome: string; isOpen: boolean; rejected: number[] }

/** Imports what nobody has to be asked about; null when the account may edit the portfolio no longer. */
async function withoutDoubt(read: (preview: boolean) => Promise<Imported>): Promise<Taken | null> {
  const looked = await read(true)
  if (looked.status === 'unreadable') return { outcome: looked.problem, isOpen: true, rejected: [] }
  if (looked.status !== 'previewed') return null
  const { counts, questions, rejected } = looked.value
  const lines = rejected.map(({ line }) => line)
  const open = questions.filter(isOpen).length
  const similar = counts.similar ?? 0
  if (counts.new > 0) {
    const imported = await read(false)
    if (imported.status !== 'ok') return null
  }
  const parts = [
    counted(counts.new, 'row', 'imported'),
    ...(counts.known > 0 ? [`${counts.known} already there`] : []),
    ...(counts.rejected > 0 ? [counted(counts.rejected, 'row', 'rejected')] : []),
    ...(similar > 0 ? [`${counted(similar, 'row', 'held back')}, which resemble rows you have`] : []),
    ...(open > 0 ? [counted(open, 'question', 'open')] : []),
  ]
  return { outcome: `${parts.join(', ')}.`, isOpen: similar > 0 || open > 0, rejected: lines }
}

function counted(count: number, noun: string, done: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'} ${done}`
}
