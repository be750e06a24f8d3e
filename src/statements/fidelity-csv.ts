import { cashCharge, cashDividend, cashInterest, cashMovement, cashReturned } from './broker-cash.ts'
import { exchangedWith, hasShares, option, sharesMoved, split, spunOff } from './broker-shares.ts'
import { brokerTrade } from './broker-trade.ts'
import { plainNumber } from './spelling.ts'
import type { Reading, StatementFormat } from './statement-format.ts'

/**
 * Fidelity's file comes from Activity & Orders → Download, “History_for_Account_….csv”. It has a byte order mark, blank
 * lines, the header, the rows (newest first), blank lines, then legal text in quotes and the day of the download. An
 * export of several accounts adds `Account` columns, and older files have `Security Description`. Price and Quantity
 * change places from one year to another.
 *
 *     Run Date,Action,Symbol,Description,Type,Price ($),Quantity,Commission ($),Fees ($),Accrued Interest ($),Amount ($),Cash Balance ($),Settlement Date
 *     07/07/2025,"YOU SOLD EXCHANGE TO FXNAX FIDELITY 500 INDEX FUND (FXAIX) (Cash)",FXAIX,"FIDELITY 500 INDEX FUND",Cash,217.03,-331.291,,,,71900,--,07/07/2025
 *     06/30/2025,"REINVESTMENT FIDELITY U.S. BOND INDEX FUND (FXNAX) (Cash)",FXNAX,"FIDELITY U.S. BOND INDEX FUND",Cash,10.44,228.858,,,,-2389.28,--,
 *     06/30/2025,"DIVIDEND RECEIVED FIDELITY U.S. BOND INDEX FUND (FXNAX) (Cash)",FXNAX,"FIDELITY U.S. BOND INDEX FUND",Cash,,0.000,,,,2389.28,--,
 *
 *     "Brokerage services are provided by Fidelity Brokerage Services LLC (FBS), ..."
 *     Date downloaded 07/11/2025 7:51 pm
 *
 * The Action begins with the kind of row. The first match in the table below reads it; an Action that is not in the
 * table is rejected by name, not guessed. Commission and fees are the trade's fee; price and amount are reconciled in
 * broker-trade.ts. A reinvestment is a buy, and its dividend is a row of its own. A reinvestment into the core position
 * (such as SPAXX) only moves cash to cash and is left out, but the dividend that the core position paid is kept. When a
 * row has a day “as of”, that day counts instead of the day of booking.
 */
export const fidelityCsv: StatementFormat = {
  name: 'Fidelity',
  columns: ['Run Date', 'Action', 'Symbol', 'Quantity', 'Price', 'Amount'],
  dates: ['Run Date'],
  numbers: ['Quantity', 'Price', 'Amount', 'Commission', 'Fees'],
  days: 'mdy',
  read(cell) {
    const row = rowOf(cell)
    if (!/^\d/.test(row.booked) && plainNumber(row.amount) === null) {
      return { skip: 'text below the table, not a transaction' }
    }
    if (isOption(row)) return option
    if (isSweep(row))
      return { skip: 'cash moved into or out of the core position, which already counts as cash' }
    const kind = kinds.find(([pattern]) => pattern.test(row.action))
    return kind
      ? kind[1](row)
      : {
          reject: `We don’t recognize the action “${row.action.slice(0, 100)}”: add this transaction by hand.`,
        }
  },
}

type Row = {
  /** The action in upper case, with single blanks. */
  action: string
  booked: string
  date: string
  symbol: string
  currency: string
  shares: string
  price: string
  charges: string[]
  amount: string
}

const kinds: readonly (readonly [RegExp, (row: Row) => Reading])[] = [
  // BUY CANCEL CXL DESCRIPTION CANCELLED TRADE as of 03/04/2024 ...
  [
    /^(BUY|SELL) CANCEL|\bCXL\b|\bCANCELLED TRADE\b/,
    ({ action }) => ({
      reject: `A trade was canceled: “${action.slice(0, 100)}”. Delete the original trade.`,
    }),
  ],
  // REVERSE SPLIT R/S FROM 517103404#REOR M0051311040001 LARGO RESOURCES LTD ... (517103602) (Cash)
  [/^((REVERSE|FORWARD|STOCK) )?SPLIT\b/, () => split],
  // DISTRIBUTION SPINOFF FROM:(AAA ) ...
  [
    /^(DISTRIBUTION )?SPIN-?OFF\b/,
    (row) => spunOff(row, /FROM: ?\(([A-Z.]{1,10}) ?\)/.exec(row.action)?.[1]),
  ],
  // MERGER MER PAYOUT #REOR ..., NAME CHANGED N/C TO ...
  [/^(CASH |STOCK )?MERGER\b|^NAME CHANGED?\b|^CONVER|^TENDER|^LIQUIDATION\b/, exchangedWith],
  // DISTRIBUTION NVIDIA CORPORATION COM (NVDA) (Margin): these are the extra shares of a split
  [/^DISTRIBUTION\b/, (row) => (hasShares(row.shares) ? split : cashDividend(row))],
  // IN LIEU OF FRX SHARE LEU PAYOUT 517103602 LARGO RESOURCES LTD ...
  [
    /^IN LIEU OF\b/,
    ({ amount, symbol }) => ({
      reject: `${amount} was paid in lieu of a fractional share of ${symbol}: add it by hand, as a sell of that fraction.`,
    }),
  ],
  [/^YOU (BOUGHT|SOLD) SHORT (SALE|COVER)\b/, () => ({ skip: 'short positions are not tracked' })],
  // YOU BOUGHT PROSPECTUS UNDER SEPARATE COVER FIDELITY 500 INDEX FUND (FXAIX) (Cash), YOU BOUGHT ASSIGNED PUTS ...
  [/^(YOU BOUGHT|REINVESTMENT)\b/, (row) => trade('buy', row)],
  [/^YOU SOLD\b/, (row) => trade('sell', row)],
  // INTEREST EARNED FDIC INSURED DEPOSIT AT JP MORGAN BK NO (QXXXX) (Cash): this is interest of a bank deposit
  [/^(DIVIDEND|INTEREST)\b.*\bFDIC INSURED\b|^(MARGIN |MUNI EXEMPT )?INT(EREST)?\b/, cashInterest],
  [/^DIVIDENDS?\b/, cashDividend],
  // LONG-TERM CAP GAIN as of 12/14/2020 T ROWE PRICE BLUE CHIP GRWTH CL I (TBCIX) (Cash)
  [/^(SHORT|LONG)-TERM CAP GAIN\b/, (row) => cashDividend({ ...row, note: 'capital gain distribution' })],
  [/^RETURN OF CAPITAL\b/, cashReturned],
  [/^REDEMPTION PAYOUT\b/, () => bond],
  // WIRE TRANSFER FEE, but not DIRECT DEBIT BUILDING FEES
  [/^(WIRE|TRANSFER|ACAT)( TRANSFER| OUT)? FEE\b/, (row) => charge(row)],
  // TRANSFER OF ASSETS ACAT RECEIVE ..., TRANSFERRED FROM VS X12-345678-1 ..., JOURNALED ...
  // Electronic Funds Transfer Received (Cash), DIRECT DEPOSIT ..., PARTIC CONTR CURRENT VS ..., ROTH CONVERSION VS ...
  [
    /^(TRANSFER|JOURNAL|ACAT|ELECTRONIC FUNDS|EFT|DIRECT (DEPOSIT|DEBIT)|WIRE|CHECK|BILL PAY|DEBIT CARD|CASH (CONTR|ADVANCE)|CONTRIB|CO CONTR|PARTIC CONTR|ROLLOVER|ROTH CONVERSION|(NORMAL|EARLY|PREMATURE) DIST|DEPOSIT|WITHDRAWAL)/,
    transfer,
  ],
  // FOREIGN TAX PAID ...; tax withheld from a payout of an IRA (FED TAX W/H) left the account with it
  [/^[A-Z/ -]*\bTAX\b/, (row) => (row.symbol ? charge(row, 'tax') : cashMovement(row))],
  // FEE CHARGED ..., ADVISOR FEE ...
  [/^[A-Z/ -]*\bFEES?\b/, (row) => charge(row)],
]

const bond: Reading = { skip: 'bonds and other securities without a ticker are not tracked' }

/** A CUSIP such as 91282CJK8 stands for a bond; its price is for 100 of its face value. */
const CUSIP = /^[0-9A-Z]{8}\d$/

function trade(type: 'buy' | 'sell', { action, date, symbol, currency, ...row }: Row): Reading {
  if (CUSIP.test(symbol)) return bond
  const read = brokerTrade({ type, ...row })
  if ('reject' in read) return read
  const note = action.startsWith('REINVESTMENT') ? 'dividend reinvested' : ''
  return { ...read, date, symbol, currency, note }
}

function charge(row: Row, type?: 'tax'): Reading {
  return cashCharge({ ...row, note: row.action.slice(0, 200) }, type)
}

function transfer(row: Row): Reading {
  if (!hasShares(row.shares)) return cashMovement(row)
  return sharesMoved(row.shares, row.symbol, 'were transferred to or from another account')
}

function rowOf(cell: (column: string) => string): Row {
  const action = cell('Action').replace(/\s+/g, ' ')
  // some files have the header Quantity,Currency,Price above cells that are currency, price and quantity:
  // Run Date,Action,...,Exchange Quantity,Exchange Currency,Quantity,Currency,Price,Exchange Rate,...,Amount
  // 11/03/2025,YOU BOUGHT ...,0,,USD,41.25,12,0,...,-495
  const shifted = /^[A-Z]{3}$/.test(cell('Quantity'))
  const [currency, price, shares] = shifted
    ? [cell('Quantity'), cell('Currency'), cell('Price')]
    : [cell('Currency'), cell('Price'), cell('Quantity')]
  const booked = cell('Run Date')
  const asOf = /\bAS OF (\d{1,2}[/-]\d{1,2}[/-]\d{2,4})\b/i.exec(action)
  return {
    action: action.toUpperCase(),
    booked,
    date: slashed(asOf?.[1] ?? booked),
    symbol: shareClasses.get(cell('Symbol')) ?? cell('Symbol'),
    // columns that name no currency say ($)
    currency: currency || 'USD',
    shares,
    price,
    charges: [cell('Commission'), cell('Fees')],
    amount: cell('Amount'),
  }
}

/** Fidelity writes classes of shares without a separator, so that they look like another ticker. */
const shareClasses = new Map([
  ['BRKA', 'BRK-A'],
  ['BRKB', 'BRK-B'],
  ['BFA', 'BF-A'],
  ['BFB', 'BF-B'],
])

/** Some exports write `06-01-2026` for 06/01/2026. */
function slashed(day: string): string {
  return /^\d{1,2}-/.test(day) ? day.replaceAll('-', '/') : day
}

/** Fidelity writes an option as -NVDA260807C200; the shares of an assigned option are rows of their own. */
function isOption({ action, symbol }: Row): boolean {
  return (
    symbol.startsWith('-') || /\b(OPENING|CLOSING) TRANSACTION\b|^(EXPIRED|ASSIGNED|EXERCISED)\b/.test(action)
  )
}

/** The funds in which Fidelity keeps uninvested cash. */
const corePositions = new Set(['SPAXX', 'FDRXX', 'FZFXX', 'FCASH'])

/** REDEMPTION FROM CORE ACCOUNT FIDELITY GOVERNMENT MONEY MARKET (SPAXX) (Cash), EXCHANGED TO SPAXX ... */
function isSweep({ action, symbol }: Row): boolean {
  const core = corePositions.has(symbol) || action.includes('FDIC INSURED DEPOSIT')
  return (
    /^(PURCHASE INTO|REDEMPTION FROM) CORE ACCOUNT\b|^EXCHANGED TO (SPAXX|FDRXX|FZFXX|FCASH)\b/.test(
      action,
    ) ||
    (core && /^(YOU BOUGHT|YOU SOLD|REINVESTMENT)\b/.test(action))
  )
}
