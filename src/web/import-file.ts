import { type ImportChoices, noChoices } from '../coordinator/import-choices.ts'
import type { Imported } from '../coordinator/edited.ts'
import { keyOf, openSecurities } from '../coordinator/statement-reading.ts'
import { gateway } from '../jobs/durable-objects.ts'
import { findSecurities } from '../jobs/find-securities.ts'
import type { Question } from '../statements/question.ts'
import { meant, securityQuery } from '../statements/security-query.ts'
import { type Database, database, inOneTransaction } from '../storage/database.ts'
import { closesOn, saveSearch, searchesOf } from '../storage/securities.ts'
import type { Scope } from './access/portfolio-scope.tsx'

/** So many securities are looked up at the source for one file at a time; it allows few searches a minute. */
const MOST_SEARCHED = 5

/**
 * Hands a statement to the portfolio, as a preview or for good. What it names that nobody knows yet is looked up first.
 */
export async function importFile(
  env: Env,
  { actor, coordinator }: Pick<Scope, 'actor' | 'coordinator'>,
  text: string,
  isPreview: boolean,
  choices: ImportChoices = noChoices,
): Promise<Imported> {
  const read = (preview: boolean) => coordinator.import(actor, text, preview, choices)
  const looked = isPreview || ISIN.test(text) ? await withTickersFound(env, read) : null
  return isPreview && looked ? looked : read(isPreview)
}

/**
 * Previews a statement. Securities that it leaves open are looked up outside of the portfolio's object, which goes on
 * answering meanwhile; what was found is remembered, so that the next reading of the file knows more.
 */
export async function withTickersFound(
  env: Env,
  read: (isPreview: true) => Promise<Imported>,
): Promise<Imported> {
  const looked = await read(true)
  if (looked.status !== 'previewed') return looked
  const db = database(env.DB)
  return (await lookUpSecurities(env, db, looked.value.questions)) ? read(true) : looked
}

const ISIN = /\b[A-Z]{2}[A-Z0-9]{9}\d\b/

/** Asks the source for securities by ISIN or name, and for what closed near a trade where several may be meant. */
async function lookUpSecurities(env: Env, db: Database, questions: readonly Question[]): Promise<boolean> {
  const now = Date.now()
  const found = await Promise.all(
    openSecurities(questions)
      .slice(0, MOST_SEARCHED)
      .map(async ({ security, trade }): Promise<boolean> => {
        const query = securityQuery(keyOf(security))
        const { securities } = await findSecurities(env, db, query, now)
        if (securities.length === 0) return false
        const which = meant(query, securities, security.currency || null, trade)
        if (which.status !== 'several' || query.symbol !== null || !trade) return true
        const lacking = which.securities.filter(({ closes }) => closes?.[trade.day] === undefined)
        await addCloses(
          env,
          db,
          { query: query.query, symbols: lacking.map(({ symbol }) => symbol) },
          trade.day,
        )
        return true
      }),
  )
  return found.includes(true)
}

/** So many listings of one security are told apart. */
const MOST_LISTINGS = 4

async function addCloses(
  env: Env,
  db: Database,
  { query, symbols }: { query: string; symbols: readonly string[] },
  day: string,
): Promise<void> {
  const some = symbols.slice(0, MOST_LISTINGS)
  const stored = await closesOn(db, some, day)
  const others = some.filter((symbol) => !stored.has(symbol))
  const fetched = others.length > 0 ? await gateway(env).closesOn(others, day) : new Map<string, number>()
  const searched = (await searchesOf(db, [query])).get(query)
  if (!searched || stored.size + fetched.size === 0) return
  const found = searched.found.map((each) => {
    const close = stored.get(each.symbol) ?? fetched.get(each.symbol)
    return close === undefined ? each : { ...each, closes: { ...each.closes, [day]: close } }
  })
  await inOneTransaction(db, [saveSearch(db, query, { ...searched, found })])
}
