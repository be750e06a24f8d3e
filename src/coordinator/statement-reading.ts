import type { Day } from '../portfolio/day.ts'
import type { Security } from '../portfolio/instrument.ts'
import type { Answers, Question } from '../statements/question.ts'
import { readingOf, type ReadWith, type Statement } from '../statements/read-statement.ts'
import type { NamedSecurity } from '../statements/security.ts'
import { meant, securityQuery } from '../statements/security-query.ts'
import { type Progress, withPauses } from '../statements/steps.ts'
import type { Database } from '../storage/database.ts'
import { chosenTickers, closesOn, searchesOf } from '../storage/securities.ts'

/**
 * Reads a statement with what is stored: the tickers that its owner has chosen for ISINs and names, those that the source
 * has found before, and closes where the file leaves open what its days and numbers mean. Nothing is fetched; a file that
 * needs none of it is read once. In the pauses of a long one others are answered.
 */
export async function readWithStored(
  { db, owner, today, pause }: { db: Database; owner: string; today: Day; pause: Pause },
  text: string,
  answers: Answers = {},
  without: ReadonlySet<string> = new Set(),
): Promise<Statement | { problem: string }> {
  const read = (more: ReadWith) => withPauses(readingOf(text, today, { answers, without, ...more }), pause)
  const asked = new Map<Day, Set<string>>()
  const first = await read({
    closes: (symbol, day) => {
      asked.set(day, (asked.get(day) ?? new Set()).add(symbol))
      return null
    },
  })
  // days that are open hide the securities of their rows, so that these may be asked for by the second reading only
  const known = await closesOf(db, asked)
  const closes = (symbol: string, day: Day) => known.get(day)?.get(symbol) ?? null
  const second = known.size === 0 ? first : await read({ closes })
  if ('problem' in second) return second
  const { tickers, choices } = await tickersOf(db, owner, openSecurities(second.questions))
  if (tickers.size === 0) return withChoices(second, choices)
  const third = await read({ closes, securities: (security) => tickers.get(keyOf(security)) ?? null })
  return 'problem' in third ? third : withChoices(third, choices)
}

/** The listings among which a person chooses stand in the question. */
function withChoices(statement: Statement, choices: ReadonlyMap<string, readonly Security[]>): Statement {
  if (choices.size === 0) return statement
  const questions = statement.questions.map((question) => {
    const own = question.about === 'security' ? choices.get(keyOf(question.security)) : undefined
    return own ? { ...question, choices: own } : question
  })
  return { ...statement, questions }
}

/** Hears how far a reading is, and lets others be answered. */
export type Pause = (progress: Progress) => Promise<void>

/** The securities that are asked for. */
export function openSecurities(questions: readonly Question[]): OpenSecurity[] {
  return questions.filter((question) => question.about === 'security')
}

type OpenSecurity = Extract<Question, { about: 'security' }>

/** What a security is remembered by: its ISIN, or else what the file calls it, in capitals. */
export function keyOf({ isin, symbol, name }: NamedSecurity): string {
  return (isin || symbol || name).toUpperCase()
}

/** So many securities are looked up, and so many days. */
const MOST_SECURITIES = 60
const MOST_DAYS = 48

async function tickersOf(
  db: Database,
  owner: string,
  open: readonly OpenSecurity[],
): Promise<{ tickers: Map<string, string>; choices: Map<string, readonly Security[]> }> {
  const choices = new Map<string, readonly Security[]>()
  if (open.length === 0) return { tickers: new Map(), choices }
  const some = open.slice(0, MOST_SECURITIES)
  const keys = some.map(({ security }) => keyOf(security))
  const [tickers, searches] = await Promise.all([
    chosenTickers(db, owner, keys),
    searchesOf(
      db,
      keys.map((key) => securityQuery(key).query),
    ),
  ])
  for (const { security, trade } of some) {
    const key = keyOf(security)
    const query = securityQuery(key)
    const searched = searches.get(query.query)
    if (tickers.has(key) || !searched) continue
    const found = meant(query, searched.found, security.currency || null, trade)
    if (found.status === 'one') tickers.set(key, found.security.symbol)
    if (found.status === 'several') choices.set(key, found.securities.slice(0, MOST_CHOICES))
  }
  return { tickers, choices }
}

const MOST_CHOICES = 8

/** What symbols closed at on the first days that were asked for, by day. */
async function closesOf(
  db: Database,
  asked: ReadonlyMap<Day, ReadonlySet<string>>,
): Promise<Map<Day, Map<string, number>>> {
  const days = [...asked].slice(0, MOST_DAYS)
  const closes = await Promise.all(days.map(([day, symbols]) => closesOn(db, [...symbols].slice(0, 50), day)))
  return new Map(days.flatMap(([day], i) => (closes[i]!.size > 0 ? [[day, closes[i]!] as const] : [])))
}
