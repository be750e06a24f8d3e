import { kinds, typesWhere, typesWith } from '../portfolio/kind.ts'
import type { StatementFormat } from './statement-format.ts'
import { textOf } from './text-cell.ts'

/**
 * Ticker,Date,Type,Shares,Price
 * TSLA,2012-01-03,Buy,14.245014,$28.08
 *
 * Our own export (write-statement.ts) has more columns and more types, and is read again by the same rules:
 *
 * Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note,Units Day
 * QQQ,dividend,2012-03-16,,,,0.6,,USD,,
 * TSLA,split,2020-08-31,,,,,5:1,,,
 * NVDA,buy,2020-01-02,5.998,120,0,,,,adjusted by the broker,2024-06-10
 *
 * Where the owner has said in which units a trade is, a column Share Units says `as_traded` or `adjusted`; where a row
 * keeps the currency that its listing had, a column Listing Currency does.
 *
 * Shares that came from elsewhere may have two columns more, Acquired and Cost:
 *
 * Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note,Units Day,Acquired,Cost
 * VTI,transfer_in,2024-01-02,,12,0,,,USD,,,2019-05-06,1800
 *
 * A sale that takes lots by name has them in a column Lots, by their day; `#2` is the second purchase of that day in the file, or
 * where the file has none of it, in the portfolio:
 *
 * Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note,Units Day,Lots
 * QQQ,sell,2024-01-08,50,6,0,,,USD,,,"2024-01-02#2 4, 2024-01-03"
 *
 * The export of the cash flows is read likewise; its rows that nobody entered say so in their type.
 */
export const transactionsCsv: StatementFormat = {
  name: 'Transactions',
  columns: ['Ticker', 'Type', 'Date', 'Price', 'Shares'],
  dates: ['Date', 'Units Day', 'Acquired', 'Review'],
  numbers: ['Price', 'Shares', 'Fee', 'Amount', 'Cost'],
  market: ['Ticker', 'Price', 'Date'],
  speaks: { column: 'Type', isOwn, unless: 'Ratio' },
  isOurs: { unless: 'Ratio' },
  also: { Fee: 'fee', Amount: 'amount' },
  read(cell) {
    const type = cell('Type').toLowerCase()
    const worked = workedOut.get(type.split(' ')[0]!)
    if (worked !== undefined) return { skip: worked }
    const entry = {
      type,
      symbol: cell('Ticker'),
      date: cell('Date'),
      currency: cell('Currency'),
      listingCurrency: cell('Listing Currency'),
      note: textOf(cell('Note')),
      review: cell('Review'),
    }
    // the amount of a buy or sell is price × shares: a column Amount may be rounded, negative or net of fees
    return isTrade.has(type)
      ? {
          ...entry,
          shares: cell('Shares'),
          price: cell('Price'),
          fee: cell('Fee'),
          unitsDay: cell('Units Day'),
          units: cell('Share Units'),
          lots: cell('Lots'),
        }
      : {
          ...entry,
          shares: movesShares.has(type) ? cell('Shares') : '',
          fee: cell('Fee'),
          amount: type === 'price' ? cell('Price') || cell('Amount') : cell('Amount'),
          ratio: cell('Ratio'),
          acquired: cell('Acquired'),
          cost: cell('Cost'),
          new_symbol: cell('New Ticker'),
          cost_share: cell('Cost Share'),
          lots: cell('Lots'),
        }
  },
}

/** `Buy`, `return_of_capital`, `inferred deposit`; not `Kauf`, `BOUGHT` or `B`. */
function isOwn(word: string): boolean {
  const type = word.trim().toLowerCase()
  return type === '' || Object.hasOwn(kinds, type) || workedOut.has(type.split(' ')[0] ?? '')
}

const isTrade: ReadonlySet<string> = typesWith('price')

/** The kinds that move shares without a price. */
const movesShares: ReadonlySet<string> = typesWhere(
  ({ fields }) => fields.includes('shares') && !fields.includes('price'),
)

/**
 * The first word of a cash flow's type (`inferred deposit`, `derived dividend`, `hypothetical purchase`), and the reason why its row is
 * skipped.
 */
const workedOut = new Map(
  Object.entries({
    inferred: 'an inferred deposit is not a transaction, and is inferred again from what was spent',
    derived: 'an automatic dividend is not a transaction, and counts again from what the source lists',
    other: 'a second cash flow of a transaction is in the row of its first',
    hypothetical: 'a hypothetical trade of a benchmark is a comparison, not a transaction',
  }),
)
