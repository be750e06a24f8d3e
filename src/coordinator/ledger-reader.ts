import { DurableObject } from 'cloudflare:workers'
import type { Day } from '../portfolio/day.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { pastLedger } from '../portfolio/past-ledger.ts'
import { readWhatIf } from '../portfolio/what-if-spelling.ts'
import { remembered } from '../portfolio/remembered.ts'
import type { Look, Snapshot } from '../snapshot/snapshot.ts'
import { type Variant, variantOf, withVariant } from '../snapshot/variant.ts'
import type { LedgerCache } from './ledger-cache.ts'
import { type Refused, withBenchmark } from './look.ts'
import type { LookUps } from './look-ups.ts'
import { lookSnapshot, pastSnapshot, type Publication } from './snapshot-builder.ts'

/** Who asks: an account, or whoever has the share link of which this is the hash. */
export type Reader = string | { link: string }

/**
 * What every reading of a portfolio's object begins with: its ledger, of now or of a past day, with what somebody looks at
 * beside it. Null when there is no portfolio, or the reader may not see it. An object's methods are called by name over RPC,
 * and only its own class's: so the classes that read are not parts of the coordinator but what it extends.
 */
export abstract class LedgerReader extends DurableObject<Env> {
  protected abstract readonly ledgers: LedgerCache
  protected abstract readonly lookUps: LookUps

  /** Runs behind whatever the object is doing. */
  protected abstract inTurn<T>(work: () => Promise<T>): Promise<T>

  /** Runs behind the edit that is underway, but beside a long import, of which nobody has seen anything. */
  protected abstract behindEdits<T>(work: () => Promise<T>): Promise<T>

  /** Whether somebody may see the portfolio; nobody may where there is none. */
  protected abstract maySee(reader: Reader): Promise<boolean>

  /** What pages are shown; null when there is no portfolio. */
  protected abstract publication(): Promise<Publication | null>

  /** What the dashboard shows as of a past day, by today's ledger. It is made once of a ledger. */
  async snapshotOn(
    reader: Reader,
    asOf: Day | null,
    look: Look | null = null,
  ): Promise<Snapshot | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const shown = await this.shownOf(ledger, asOf, look)
    const variant = shown && (await this.variant(ledger, look))
    if (!shown || !variant || !look) return shown
    if ('refused' in variant) return variant
    return once(ledger, `${look.whatIf} ${shown.revision}`, () => withVariant(shown, variant, look))
  }

  /** The snapshot of a ledger with one more benchmark, or of a past one; that of the pages where it is neither. */
  private async shownOf(ledger: Ledger, asOf: Day | null, look: Look | null): Promise<Snapshot | null> {
    if (asOf !== null) {
      const portfolio = await this.ledgers.portfolio()
      return portfolio && once(ledger, 'snapshot', () => pastSnapshot(ledger, portfolio, look ?? undefined))
    }
    const [shown, read] = [await this.publication(), await this.ledgers.ledger()]
    if (!shown || !read || look?.vs == null) return shown && shown.snapshot
    const { revision } = shown.snapshot
    return once(ledger, `snapshot ${revision}`, () => lookSnapshot(ledger, read, shown.snapshot, look))
  }

  /** The variant of a ledger that somebody looks at, made once of it; null without any. */
  protected async variant(ledger: Ledger, look: Look | null): Promise<Variant | Refused | null> {
    const rule = look?.whatIf == null ? null : readWhatIf(look.whatIf)
    if (rule === null) return null
    if ('reason' in rule) return { refused: sentence(rule.reason) }
    const known = 'benchmark' in rule ? await this.withBenchmark(ledger, rule.benchmark) : ledger
    if ('refused' in known) return known
    const found = once(ledger, `variant ${rule.spelling}`, () => variantOf(known, rule))
    return 'reason' in found ? { refused: sentence(found.reason) } : found
  }

  /** The same with what somebody looks at among its benchmarks, or why that cannot be. */
  protected async looked(
    reader: Reader,
    asOf: Day | null,
    look: Look | null,
  ): Promise<Ledger | Refused | null> {
    const now = await this.ledger(reader)
    if (!now) return null
    const ledger = look?.vs == null ? now : await this.withBenchmark(now, look.vs)
    return 'refused' in ledger || asOf === null ? ledger : pastLedger(ledger, asOf)
  }

  private async withBenchmark(ledger: Ledger, benchmark: string): Promise<Ledger | Refused> {
    const now = Date.now()
    const read: Parameters<typeof withBenchmark>[2] = (symbols, since) =>
      this.ledgers.otherMarkets(symbols, since)
    const found = await withBenchmark(ledger, benchmark, read, now)
    return 'missing' in found ? this.lookUps.fetch(found.missing, now) : found
  }

  /** The ledger of now, or as of a past day. */
  protected async ledger(reader: Reader, asOf: Day | null = null): Promise<Ledger | null> {
    const read = (await this.maySee(reader)) ? await this.ledgers.ledger() : null
    return read && (asOf === null ? read.ledger : pastLedger(read.ledger, asOf))
  }
}

/** A reason as a sentence. */
function sentence(reason: string): string {
  return `${reason[0]!.toUpperCase()}${reason.slice(1)}.`
}

/** What pages show again and again is made once of a ledger, and forgotten with it. */
export function once<T>(ledger: Ledger, name: string, make: () => T): T {
  const reports = reportsOf(ledger)
  // what is looked at once is forgotten
  if (reports.size >= REPORTS && !reports.has(name)) reports.clear()
  if (!reports.has(name)) reports.set(name, make())
  return reports.get(name) as T
}

/** So many reports of one ledger are kept. */
const REPORTS = 32

const reportsOf = remembered((_ledger: Ledger) => new Map<string, unknown>())
