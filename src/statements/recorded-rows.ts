import { type Decimal, over, sum, text, times } from '../portfolio/decimal.ts'
import { cashCharge, cashDividend, cashInterest, cashMovement } from './broker-cash.ts'
import { exchanged, option, sharesMoved, split, spunOff } from './broker-shares.ts'
import type { Unsettled } from './settled-rows.ts'
import type { Reading } from './statement-format.ts'
import { exact, type Facts, isGiven, isNegative, size } from './facts.ts'
import { trade } from './recorded-trade.ts'
import type { Kind } from './type-words.ts'

/** What the ledger records for a row: one transaction or more, or why there is none. */
export function recorded(facts: Facts): Reading[] {
  const { kind, shares, symbol } = facts
  // money that moved with shares is a transfer of these, or a word that means both
  if (movesMoney.has(kind) && isGiven(shares) && symbol !== '')
    return transferred(facts, directions[kind] ?? null)
  // what is earned on a coin is paid in it
  if (kind === 'interest' && isGiven(shares) && symbol.includes('-')) return reward(facts)
  return readers[kind](facts)
}

/** Money from outside or to it. */
export const movesMoney = new Set<Kind>(['deposit', 'withdrawal', 'cash'])
const directions: Partial<Record<Kind, 'in' | 'out'>> = { deposit: 'in', withdrawal: 'out' }

const readers: Record<Kind, (facts: Facts) => Reading[]> = {
  buy: (facts) => trade('buy', facts),
  sell: (facts) => trade('sell', facts),
  trade: (facts) => {
    const sale =
      facts.shares.startsWith('-') || (facts.signed && isGiven(facts.amount) && !isNegative(facts.amount))
    return trade(sale ? 'sell' : 'buy', { ...facts, shares: size(facts.shares) })
  },
  dividend: (facts) => dividend(facts),
  reinvested,
  reward,
  interest,
  tax: (facts) => charge('tax', facts),
  fee: (facts) => charge('fee', facts),
  deposit: (facts) => moved(facts, isNegative(facts.amount) ? -1 : 1),
  withdrawal: (facts) =>
    facts.signed && isGiven(facts.amount) && !isNegative(facts.amount)
      ? [{ reject: `Amount “${facts.amount}”: a withdrawal should take money out.` }]
      : moved(facts, -1),
  cash: (facts) =>
    facts.signed || isNegative(facts.amount)
      ? moved(facts, isNegative(facts.amount) ? -1 : 1)
      : [{ reject: `Amount “${facts.amount}”: nothing says whether this money came or went.` }],
  'return of capital': (facts) => dividend(facts, 'return_of_capital'),
  split: () => [split],
  'stock dividend': bonus,
  transfer: (facts) =>
    isGiven(facts.shares) ? transferred(facts, null) : moved(facts, isNegative(facts.amount) ? -1 : 1),
  received: (facts) =>
    isGiven(facts.shares) ? transferred(facts, 'in') : moved(facts, isNegative(facts.amount) ? -1 : 1),
  delivered: (facts) => (isGiven(facts.shares) ? transferred(facts, 'out') : moved(facts, -1)),
  // GE(US3696043013) Spinoff 1 for 3 (GEHC, GE HEALTHCARE, US36266G1076)
  'spin-off': (facts) => [spunOff(facts, /^([A-Z0-9. ]{1,12})\([A-Z0-9]{9,12}\)/.exec(facts.note)?.[1])],
  exchange: (facts) => [withPart('exchange', exchanged(facts.shares, facts.symbol), facts)],
  'in lieu': ({ amount, symbol }) => [
    {
      reject: `${amount} was paid in lieu of a fractional share of ${symbol}: add it by hand, as a sell of that fraction.`,
    },
  ],
  option: () => [option],
  short: () => [{ skip: 'short positions are not tracked' }],
  sweep: () => [{ skip: 'cash moved into or out of the money market, which already counts as cash' }],
  conversion: () => [
    { skip: 'a conversion of one currency into another is not recorded; the portfolio converts by itself' },
  ],
  canceled: (facts) => [
    withPart(
      'canceled',
      {
        reject: `A row was canceled${facts.symbol && ` (${facts.symbol})`}: delete the transaction that it takes back.`,
      },
      facts,
    ),
  ],
  sum: () => [{ skip: 'a sum of other rows' }],
  nothing: () => [{ skip: 'a row that moved neither shares nor cash' }],
}

function dividend(facts: Facts, type: 'dividend' | 'return_of_capital' = 'dividend'): Reading[] {
  const { date, symbol, currency, note, signed } = facts
  const kept = exact(size(facts.tax)) ?? 0n
  const fee = exact(size(facts.fee)) ?? 0n
  const stated = isGiven(facts.amount) ? exact(facts.amount) : product(facts)
  const before = isGiven(facts.gross ?? '') ? exact(facts.gross!) : null
  // what is missing of a gross amount without anything that says why was withheld
  const isWithheld = kept === 0n && fee === 0n && before !== null && stated !== null && stated > 0n
  const tax = isWithheld && before > stated && isGiven(facts.amount) ? before - stated : kept
  if (stated === null) return [{ type, date, symbol, currency, amount: facts.amount, note }]
  if (signed && stated < 0n) {
    const undone = cashDividend({ date, symbol, currency, amount: text(stated), note })
    return [withPart(type, undone, { ...facts, amount: text(-stated) })]
  }
  const cash = stated < 0n ? -stated : stated
  const amount = text(
    (facts.amountIs === 'net' || tax !== kept) && isGiven(facts.amount) ? cash + tax + fee : cash,
  )
  const paid = { type, date, symbol, currency, amount, note, fee: fee > 0n ? text(fee) : '' }
  if (tax === 0n) return [paid]
  return [paid, { type: 'tax', date, symbol, currency, amount: text(tax), note: '' }]
}

/**
 * The shares that a dividend bought; where the row has none it is the dividend, or what was taken of it for shares that stand in a
 * row of their own. In a file that lists no dividends apart the row is both: the dividend, and what it bought.
 */
function reinvested(facts: Facts): Reading[] {
  const { date, symbol, currency, shares, price, amount, signed } = facts
  if (!isGiven(shares)) {
    if (!signed || !isNegative(amount)) return dividend(facts)
    const reject = `${size(amount)} was taken to buy shares of ${symbol}, and nothing says how many: add the buy by hand.`
    return [withPart('reinvested cash', { reject }, facts)]
  }
  if (!isGiven(price) && !isGiven(amount)) {
    const reject = `${size(shares)} shares of ${symbol} were bought with a dividend, and nothing says for how much: add the buy by hand.`
    return [withPart('reinvested shares', { reject }, facts)]
  }
  const note = facts.note || 'dividend reinvested'
  // the amount is that of the dividend, which came, or what was paid
  const [bought, ...more] = trade('buy', { ...facts, signed: false, note })
  if (!facts.reinvestsAlone || !bought || !('type' in bought)) return bought ? [bought, ...more] : more
  const value = times(exact(bought.shares ?? '') ?? 0n, exact(bought.price ?? '') ?? 0n)
  const paid = text(sum([value, exact(bought.fee ?? '') ?? 0n]))
  return [{ type: 'dividend', date, symbol, currency, amount: paid, note }, bought]
}

/** Shares that a company gave beside those that were held. With a price or an amount they are what a dividend bought. */
function bonus(facts: Facts): Reading[] {
  const { date, symbol, shares, note } = facts
  if (!isGiven(shares)) return isGiven(facts.amount) ? dividend(facts) : [split]
  if (isNegative(shares) || symbol === '') return [split]
  if (isGiven(facts.amount) || isGiven(facts.price))
    return reward({ ...facts, note: note || 'stock dividend' })
  return [{ type: 'stock_dividend', date, symbol, shares, note }]
}

/** Shares × price, where the file states the amount of one share: null without both. */
function product({ shares, price }: Facts): Decimal | null {
  const [count, each] = [exact(size(shares)), exact(size(price))]
  if (count === null || each === null) return null
  return times(count, each)
}

/** Shares that were earned at a price are a dividend that bought them: no money came from outside. */
function reward(facts: Facts): Reading[] {
  const { date, symbol, currency, shares } = facts
  if (!isGiven(shares)) return moved(facts, isNegative(facts.amount) ? -1 : 1)
  const price = exact(size(facts.price))
  const count = exact(size(shares))
  const value = price && count ? times(count, price) : (exact(size(facts.amount)) ?? 0n)
  if (!count || value === 0n) return [sharesMoved(shares, symbol, 'were received without a price')]
  const note = facts.note || 'reward'
  return [
    { type: 'dividend', date, symbol, currency, amount: text(value), note },
    {
      type: 'buy',
      date,
      symbol,
      currency,
      shares: size(shares),
      price: text(price || over(value, count)),
      note,
    },
  ]
}

function interest(facts: Facts): Reading[] {
  const { date, currency } = facts
  const tax = exact(size(facts.tax)) ?? 0n
  const stated = isGiven(facts.amount) ? exact(facts.amount) : product(facts)
  if (stated === null || stated < 0n)
    return [
      cashInterest({ date, symbol: '', currency, amount: stated === null ? facts.amount : text(stated) }),
    ]
  const fee = exact(size(facts.fee)) ?? 0n
  const amount = text(facts.amountIs === 'net' ? sum([stated, tax, fee]) : stated)
  const kept = [
    { type: 'tax', date, currency, amount: text(tax), note: '' },
    { type: 'fee', date, currency, amount: text(fee), note: '' },
  ]
  return [
    { type: 'interest', date, currency, amount, note: facts.note },
    ...kept.filter((each) => each.amount !== '0'),
  ]
}

/** A fee or a tax in a row of its own; a positive one in a file with signs was given back. */
function charge(type: 'fee' | 'tax', facts: Facts): Reading[] {
  const { date, symbol, currency } = facts
  const columns = [facts.amount, facts[type], facts.fee, facts.tax]
  const stated = columns.find(isGiven) ?? text(product(facts)) ?? ''
  // in a plan of funds, which has no cash, shares are sold for it
  if (type === 'fee' && isNegative(facts.shares) && symbol !== '' && isGiven(facts.amount)) {
    const sold = trade('sell', { ...facts, signed: false, fee: '', tax: '' })
    return [...sold, { type, date, symbol, currency, amount: size(facts.amount), note: facts.note }]
  }
  const amount = facts.signed && stated === facts.amount ? stated : `-${size(stated)}`
  const note = facts.note.slice(0, 200)
  const read = cashCharge({ date, symbol, currency, amount, note }, type)
  return [withPart(type, read, { ...facts, amount: size(amount) })]
}

/** A rejection with what the row may be together with others; any other reading as it is. */
function withPart(what: Unsettled['what'], reading: Reading, facts: Facts): Reading {
  if (!('reject' in reading)) return reading
  const { date, symbol, shares, price, amount, currency, note } = facts
  return { ...reading, of: { what, date, symbol, shares, price: size(price), amount, currency, note } }
}

/** Money from outside or to it, and a fee beside it. */
function moved(facts: Facts, sign: 1 | -1): Reading[] {
  const { date, currency, note } = facts
  const counted = isGiven(facts.price) ? text(product(facts)) : size(facts.shares)
  const stated = isGiven(facts.amount) ? size(facts.amount) : counted || facts.amount
  const movement = {
    ...cashMovement({ date, symbol: '', currency, amount: sign < 0 ? `-${stated}` : stated }),
    note,
  }
  const fee = exact(size(facts.fee)) ?? 0n
  if (fee === 0n || facts.amountIs === 'net') return [movement]
  return [movement, cashCharge({ date, symbol: '', currency, amount: text(-fee), note })]
}

/** Shares that came from another place or went there, at what the row says that they had cost. */
function transferred(facts: Facts, direction: 'in' | 'out' | null): Reading[] {
  const { date, symbol, currency, note, shares } = facts
  if (shares.startsWith('-') || direction === 'out')
    return [{ type: 'transfer_out', date, symbol, currency, shares: size(shares), note }]
  if (direction === null) return [sharesMoved(shares, symbol, 'were transferred to or from another account')]
  const cost = isGiven(facts.price)
    ? product(facts)
    : isGiven(facts.amount)
      ? exact(size(facts.amount))
      : null
  return [{ type: 'transfer_in', date, symbol, currency, shares, ...(cost && { cost: text(cost) }), note }]
}
