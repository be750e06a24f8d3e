import type { Instrument, Security } from '../portfolio/instrument.ts'
import { DAY } from '../portfolio/time.ts'
import { type Database, inOneTransaction } from '../storage/database.ts'
import { saveSearches, unheardOf } from '../storage/securities.ts'
import { gateway } from './durable-objects.ts'
import { cause, log } from './log.ts'

/** So many new tickers are asked for at a time. */
const MOST_TICKERS = 100

/**
 * Asks the source whether it knows tickers that nobody has needed yet, and remembers what it says (`unknownTickers`). While
 * it does not answer, nothing is known of them, and nothing is said.
 */
export async function askForTickers(env: Env, db: Database, symbols: readonly string[]): Promise<void> {
  const fresh = (await unheardOf(db, symbols)).slice(0, MOST_TICKERS)
  if (fresh.length === 0) return
  const failed = (error: unknown) => {
    log('tickers not asked for', { error: cause(error) })
    return new Map<string, null>()
  }
  const known = await gateway(env).instruments(fresh).catch(failed)
  const at = Date.now()
  const answers = new Map(
    [...known].map(([symbol, instrument]) => {
      const found = instrument ? [securityOf(symbol, instrument)] : []
      // what may have been meant instead is still to be asked for, so the answer to that is old from the start
      return [symbol, { found, at: instrument ? at : at - DAY }] as const
    }),
  )
  if (answers.size > 0) await inOneTransaction(db, saveSearches(db, answers))
}

function securityOf(symbol: string, { name, kind, exchange, currency }: Instrument): Security {
  return { symbol, name, kind, exchange, currency }
}
