import type { Verdict } from '../market/verdict/quarantine.ts'
import type { Quoted } from '../market/source.ts'
import type { Instrument, QuarantinedQuote, StoredSymbol } from '../portfolio/instrument.ts'
import type { QuoteUpdate } from '../storage/quotes.ts'

/**
 * The row to store for a price with its verdict, and with the name of the second source that gave it (null: the chosen
 * one): the price itself, or the one before it with the quarantined price beside it. Null when a price is quarantined
 * and there is none before it to show.
 */
export function quoteUpdate(
  known: StoredSymbol,
  { instrument, quote }: Quoted,
  verdict: Verdict,
  source: string | null = null,
): QuoteUpdate | null {
  switch (verdict.status) {
    case 'ok':
      return { quote: { ...quote, source }, ...(!isAsStored(instrument, known.instrument) && { instrument }) }
    case 'older':
      return known.quote && { quote: known.quote, held: known.held }
    case 'quarantined':
      return known.quote && { quote: known.quote, held: verdict.held }
  }
}

/** A quote does not know the session, so the session is not compared. */
function isAsStored(reported: Instrument, stored: Instrument | null): boolean {
  const fields = Object.keys(reported) as (keyof Instrument)[]
  return stored !== null && fields.every((field) => field === 'session' || reported[field] === stored[field])
}

/** Why a price is in quarantine; null when it is not. */
export function quarantineReason(verdict: Verdict): string | null {
  return verdict.status === 'quarantined' ? quarantineMessage(verdict.held) : null
}

/** The sentence that the owner reads about a price in quarantine. */
export function quarantineMessage({ price, currency, reason }: QuarantinedQuote): string {
  return `a price of ${price} ${currency} is held for review: ${reason}`
}
