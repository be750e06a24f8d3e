import { cashCharge, cashDividend, cashInterest, cashMovement, cashReturned } from './broker-cash.ts'
import { exchangedWith, hasShares, option, sharesMoved, split, spunOff } from './broker-shares.ts'
import { brokerTrade } from './broker-trade.ts'
import type { Reading, StatementFormat } from './statement-format.ts'

/**
 * Robinhood's file comes from Account → Reports and statements → Reports → Account activity, as CSV. Its rows are
 * newest first and all in dollars; amounts paid are in brackets, and a security's CUSIP is on the line after its name.
 *
 *     "Activity Date","Process Date","Settle Date","Instrument","Description","Trans Code","Quantity","Price","Amount"
 *     "7/13/2026","7/13/2026","7/14/2026","QQQ","Invesco QQQ
 *     CUSIP: 46090E103
 *     Dividend Reinvestment","Buy","0.001791","$714.48","($1.28)"
 *     "7/10/2026","7/10/2026","7/10/2026","QQQ","Cash Div: R/D 2026-06-22 ...","CDIV","","","$1.28"
 *     "7/1/2026","7/1/2026","7/2/2026","","ACH Deposit","ACH","","","$500.00"
 *     "","","","","","","","","","The data provided is for informational purposes only. ..."
 *
 * The day is that of the activity (the trade), not that of its settlement. Price, amount and unlisted fees are
 * reconciled in broker-trade.ts. A reinvestment is a buy like any other, and its dividend is a row of its own. The
 * table below says how each Trans Code is read; one that is not in it is rejected by name, not guessed.
 */
export const robinhoodCsv: StatementFormat = {
  name: 'Robinhood',
  columns: ['Activity Date', 'Instrument', 'Trans Code', 'Quantity', 'Price', 'Amount'],
  dates: ['Activity Date'],
  numbers: ['Quantity', 'Price', 'Amount'],
  days: 'mdy',
  read(cell) {
    const code = cell('Trans Code').toUpperCase()
    if (cell('Activity Date') === '' && code === '') {
      return { skip: 'text below the table, not a transaction' }
    }
    const row: Row = {
      code,
      date: cell('Activity Date'),
      // a class of shares: BRK.B there is BRK-B here
      symbol: cell('Instrument').replace('.', '-'),
      currency: 'USD',
      description: cell('Description').replace(/\s+/g, ' '),
      shares: cell('Quantity'),
      price: cell('Price'),
      amount: cell('Amount'),
    }
    const read = Object.hasOwn(codes, code) ? codes[code] : undefined
    return read
      ? read(row)
      : {
          reject: `We don’t recognize the Trans Code “${code.slice(0, 20)}” (${inWords(row)}): add this transaction by hand.`,
        }
  },
}

type Row = {
  code: string
  date: string
  symbol: string
  currency: string
  description: string
  shares: string
  price: string
  amount: string
}

const codes: Partial<Record<string, (row: Row) => Reading>> = {
  BUY: trade,
  SELL: trade,
  // the trade was canceled after it was reported
  BCXL: canceled,
  SCXL: canceled,

  CDIV: cashDividend,
  QDIV: cashDividend,
  // a manufactured dividend, paid by the borrower of the shares
  MDIV: cashDividend,
  SCAP: (row) => cashDividend({ ...row, note: 'capital gain distribution' }),
  LCAP: (row) => cashDividend({ ...row, note: 'capital gain distribution' }),
  ROC: cashReturned,

  ACH: cashMovement,
  RTP: cashMovement,
  WIRE: cashMovement,
  // contributions to an IRA come from the owner or a rollover; Robinhood's match and boosts are gifts of the broker,
  // and as such money from outside too, not a gain of the holdings
  CFIR: cashMovement,
  DRFRO: cashMovement,
  MTCH: cashMovement,
  GDBP: cashMovement,
  GMPC: cashMovement,
  // money to and from the futures account and the credit card
  FUTSWP: cashMovement,
  XENT: cashMovement,
  XENT_CC: cashMovement,
  // the row may be about cash or shares
  ITRF: transfer,
  JNL: transfer,
  ACATI: transfer,
  ACATO: transfer,

  GOLD: charge,
  DFEE: charge,
  AFEE: charge,
  DTAX: (row) => charge(row, 'tax'),
  MINT: charge,

  // the sign separates interest earned from interest charged on margin
  INT: cashInterest,
  SLIP: cashInterest,

  SPL: () => split,
  SPR: () => split,

  REC: ({ shares, symbol }) => sharesMoved(shares, symbol, 'were received without a price'),
  SDIV: () => split,
  SOFF: (row) => spunOff(row),
  MRGS: exchangedWith,
  MRGC: exchangedWith,
  SXCH: exchangedWith,
  CONV: exchangedWith,
  CIL: ({ amount, symbol }) => ({
    reject: `${amount} was paid in lieu of a fractional share of ${symbol}: add it by hand, as a sell of that fraction.`,
  }),

  BTO: () => option,
  STO: () => option,
  BTC: () => option,
  STC: () => option,
  OEXP: () => option,
  OASGN: () => option,
  OEXCS: () => option,
}

function trade({ code, date, symbol, currency, description, shares, price, amount }: Row): Reading {
  const type = code === 'BUY' ? 'buy' : 'sell'
  const read = brokerTrade({ type, shares, price, charges: [], amount })
  if ('reject' in read) return read
  const note = /Dividend Reinvestment/i.test(description) ? 'dividend reinvested' : ''
  return { ...read, date, symbol, currency, note }
}

function canceled(row: Row): Reading {
  return { reject: `A trade was canceled: ${inWords(row)}. Delete the original trade.` }
}

function charge(row: Row, type?: 'tax'): Reading {
  return cashCharge({ ...row, note: row.description.slice(0, 200) }, type)
}

function transfer(row: Row): Reading {
  if (!hasShares(row.shares)) return cashMovement(row)
  return sharesMoved(row.shares, row.symbol, 'were transferred to or from another account')
}

function inWords({ symbol, description, shares, amount }: Row): string {
  return (
    [symbol, description.slice(0, 80), shares, amount].filter(Boolean).join(', ') || 'nothing else in the row'
  )
}
