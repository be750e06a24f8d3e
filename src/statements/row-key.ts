import { text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import { storedTerms, withNamesOfLots } from '../portfolio/terms.ts'
import type { Transaction } from '../portfolio/transaction.ts'

/**
 * Returns a key for each row, in their order: the content of the row in plain spelling, and its number among equal
 * rows: `buy|TSLA|2012-01-03|14.245014|28.08|0|USD#1`. Equal rows in one file stay two (#1, #2), and the same file
 * read again has the same keys. Numbers of keys in `taken` are skipped. The id that a broker gave the row comes last,
 * `…|USD#1~T-42`.
 */
export function rowKeys(
  transactions: readonly TransactionDraft[],
  taken: ReadonlySet<string> = new Set(),
  ids: readonly (string | undefined)[] = [],
): string[] {
  const numbers = new Set([...taken].map((key) => key.replace(ID, '')))
  const seen = new Map<string, number>()
  return transactions.map((transaction, i) => {
    const row = rowOf(transaction)
    let ordinal = (seen.get(row) ?? 0) + 1
    while (numbers.has(`${row}#${ordinal}`)) ordinal++
    seen.set(row, ordinal)
    const id = keyId(ids[i])
    return `${row}#${ordinal}${id && `~${id}`}`
  })
}

/** The content of a key, without its number and its id. */
export function contentOf(key: string): string {
  return key.replace(NUMBER, '')
}

const NUMBER = /#\d+(?:~.*)?$/
const ID = /~[^#|]*$/

/** An id as a key has it; '' for none. */
function keyId(id: string | undefined): string {
  return (id ?? '')
    .replaceAll(/[\s#|~]+/g, ' ')
    .trim()
    .slice(0, 80)
}

/**
 * Returns, for each row of a file, whether the ledger has it already. A row of the ledger matches what it says now
 * and, when it was edited, what it said when it was entered (its key), so that neither our own export nor the
 * broker's file adds it again. Of equal rows, as many match as the ledger has; any more are new. Where file and ledger
 * both have the broker's id of a row, only the same id is the same row: of two equal fills, an overlapping file adds
 * the one that is not there.
 */
export function knownRows(
  rows: readonly TransactionDraft[],
  ledger: readonly Transaction[],
  keys: ReadonlyMap<string, string>,
  ids: readonly (string | undefined)[] = [],
): boolean[] {
  /** How many rows there are by content, and of these by id. */
  const there = new Map<string, Map<string, number>>()
  for (const transaction of ledger) {
    const key = keys.get(transaction.id)
    const id = key === undefined ? '' : (ID.exec(key)?.[0].slice(1) ?? '')
    // returned capital was read as a dividend of this note before there was a kind for it
    const isReturn = transaction.type === 'dividend' && /^return of capital/i.test(transaction.note)
    const returned = isReturn && rowOf({ ...transaction, type: 'return_of_capital' })
    // and a tax as a fee
    const isTax = transaction.type === 'fee' && /^foreign tax/i.test(transaction.note)
    const withheld = isTax && rowOf({ ...transaction, type: 'tax' })
    for (const row of new Set([rowOf(transaction), key && contentOf(key), returned, withheld])) {
      if (!row) continue
      const byId = there.get(row) ?? new Map<string, number>()
      byId.set(id, (byId.get(id) ?? 0) + 1)
      there.set(row, byId)
    }
  }
  if (there.size === 0) return rows.map(() => false)
  const contents = rows.map(rowOf)
  const own = rows.map((_, i) => keyId(ids[i]))
  const takes = (i: number, id: string): boolean => {
    const byId = there.get(contents[i]!)
    const left = byId?.get(id) ?? 0
    if (left > 0) byId!.set(id, left - 1)
    return left > 0
  }
  // the same ids first, so that a row without one does not take another's place
  const known = rows.map((_, i) => own[i] !== '' && takes(i, own[i]!))
  return known.map((isKnown, i) => {
    if (isKnown || takes(i, '')) return true
    if (own[i] !== '') return false
    const other = [...(there.get(contents[i]!) ?? [])].find(([, left]) => left > 0)
    return other !== undefined && takes(i, other[0])
  })
}

/**
 * Returns a key without its number. The note does not count, nor do the share units of a trade. A row without a
 * currency has none in its key.
 *
 * A buy or sell has shares|price in its key; a dividend, deposit, withdrawal or fee its amount; a split its ratio,
 * `5:1`. What only some kinds have comes last.
 */
export function rowOf(transaction: TransactionDraft): string {
  const { type, symbol, date, shares, price, amount, ratio, fee, currency } = transaction
  // a file has only the days of the lots
  const { terms } = withNamesOfLots(transaction, () => undefined)
  const what =
    shares !== null
      ? [text(shares), ...(price === null ? [] : [text(price)])]
      : [ratio ? `${ratio.numerator}:${ratio.denominator}` : text(amount)]
  const cash = type === 'exchange' ? [text(amount)] : []
  const more = [...cash, ...(terms ? [JSON.stringify(storedTerms(terms))] : [])]
  return [type, symbol ?? '', date, ...what, text(fee), currency ?? '', ...more].join('|')
}
