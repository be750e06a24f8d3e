import type { Day } from '../portfolio/day.ts'
import { type Money, share, type Shares, shareOut } from '../portfolio/decimal.ts'
import type { Span } from './carried-flow.ts'
import { type Figure, figureOf } from './gap-part.ts'
import type { Flow } from './movement.ts'

/** What the flows of one lot add up to so far. */
export type LotAccount = Record<Figure, Money> & {
  /** The purchase; null for what belongs to no lot. */
  lot: string | null
  date: Day | null
  shares: Shares
  /** Σ flow × growth, not rounded (carried-flow.ts). */
  fine: bigint
  /** What had been booked for a share when the account last took its part. */
  since: PerShare
  unknown: Partial<Record<Figure, true>>
  reason: string | null
  /** False while no flow has been booked, as for a lot that was sold before the period. */
  isMoved: boolean
}

/** What one share would have got, had it always been held: whole numbers of 1e-16 of an amount. */
type PerShare = Record<Figure | 'fine', bigint>

const PER_SHARE = 10n ** 16n

/** Lots with their shares, as sold and bought. */
export type Parts = readonly { lot: string | null; shares: Shares }[]

/**
 * The accounts of a symbol's lots. A dividend is booked once, for a share; each lot takes its part when its shares change,
 * so that a dividend for a hundred lots costs no more than one for a single lot. `watched` collects one lot's flows.
 */
export class LotAccounts {
  readonly #accounts = new Map<string | null, LotAccount>()
  readonly #held = new Set<LotAccount>()
  readonly #span: Span
  readonly #watched: { lot: string | null; flows: Flow[] } | null
  #total: Shares = 0n
  #perShare: PerShare = { paid: 0n, received: 0n, dividends: 0n, fine: 0n }

  constructor(span: Span, watched: { lot: string | null; flows: Flow[] } | null) {
    this.#span = span
    this.#watched = watched
  }

  /** The lots that hold shares. */
  get held(): LotAccount[] {
    return [...this.#held]
  }

  /** Books a flow to one lot. */
  book(lot: string | null, flow: Flow): void {
    if (this.#watched?.lot === lot) this.#watched.flows.push(flow)
    const account = this.#accountOf(lot)
    account.isMoved = true
    const { amount } = flow
    const figure = figureOf[flow.kind]
    if (typeof amount === 'string') {
      account.unknown[figure] = true
      account.reason ??= amount
      return
    }
    account[figure] += figure === 'paid' ? -amount : amount
    const growth = this.#span.growth(flow.day)
    if (typeof growth === 'string') account.reason ??= growth
    else account.fine += amount * growth
  }

  /** Divides a flow among lots by shares, exactly; without lots it belongs to none. */
  bookAmong(parts: Parts, flow: Flow): void {
    const { amount } = flow
    if (parts.length === 0) return this.book(null, flow)
    if (typeof amount === 'string') return parts.forEach(({ lot }) => this.book(lot, flow))
    const amounts = shareOut(
      amount,
      parts.map(({ shares }) => shares),
    )
    parts.forEach(({ lot }, i) => this.book(lot, { ...flow, amount: amounts[i]! }))
  }

  /** Divides a dividend, interest, a fee or a tax among the lots that hold shares; when none does, among `otherwise`. */
  bookPerShare(flow: Flow, otherwise: Parts): void {
    const { kind, amount } = flow
    const growth = this.#span.growth(flow.day)
    const total = this.#total
    if (total <= 0n) return this.bookAmong(otherwise, flow)
    if (typeof amount === 'string' || typeof growth === 'string') return this.bookAmong(this.held, flow)
    const figure = figureOf[kind]
    const before = this.#perShare
    const each = (amount * PER_SHARE) / total
    this.#perShare = {
      ...before,
      [figure]: before[figure] + (figure === 'paid' ? -each : each),
      fine: before.fine + (amount * growth * PER_SHARE) / total,
    }
    const lot = this.#watched && this.#accounts.get(this.#watched.lot)
    if (lot && this.#held.has(lot)) {
      this.#watched.flows.push({ ...flow, amount: share(amount, lot.shares, total) })
    }
  }

  /** Adds shares to a lot, or takes them away. */
  change(lot: string | null, shares: Shares, date: Day | null = null): void {
    const account = this.#accountOf(lot)
    this.#collect(account)
    account.date ??= date
    account.shares += shares
    this.#total += shares
    if (account.shares === 0n) this.#held.delete(account)
    else this.#held.add(account)
  }

  /** Brings every account up to date. */
  close(): LotAccount[] {
    for (const account of this.#held) this.#collect(account)
    return [...this.#accounts.values()].filter(({ isMoved }) => isMoved)
  }

  #accountOf(lot: string | null): LotAccount {
    let account = this.#accounts.get(lot)
    if (!account) {
      account = {
        lot,
        date: null,
        shares: 0n,
        paid: 0n,
        received: 0n,
        dividends: 0n,
        fine: 0n,
        since: this.#perShare,
        unknown: {},
        reason: null,
        isMoved: false,
      }
      this.#accounts.set(lot, account)
    }
    return account
  }

  #collect(account: LotAccount): void {
    const { shares, since } = account
    const now = this.#perShare
    account.since = now
    if (since === now || shares === 0n) return
    account.isMoved = true
    account.fine += (shares * (now.fine - since.fine)) / PER_SHARE
    for (const figure of ['paid', 'received', 'dividends'] as const) {
      if (now[figure] === since[figure]) continue
      account[figure] += (shares * (now[figure] - since[figure])) / PER_SHARE
    }
  }
}
