import type { XmlElement } from '@rgrove/parse-xml'
import type { Row } from '../csv.ts'
import type { Document } from '../documents.ts'
import type { Cells, Mapping } from '../mapping.ts'
import { tickerOf } from '../security.ts'
import { accrued, corporateAction, granted, lent, paidOn, traded } from './interactive-brokers.ts'
import { descendants, lineCounter, xmlRoot } from './xml.ts'

/**
 * A Flex query of Interactive Brokers. Which attributes are there, its owner has chosen.
 *
 *     <Trade symbol="MSFT" isin="US5949181045" tradeDate="20240205" quantity="5" tradePrice="404" ibCommission="-1" proceeds="-2020" currency="USD" assetCategory="STK" buySell="BUY" tradeID="1" levelOfDetail="EXECUTION"/>
 *     <CashTransaction type="Dividends" symbol="MSFT" amount="3.75" currency="USD" dateTime="20240314;202000" transactionID="2" levelOfDetail="DETAIL"/>
 */
const mapping: Mapping = {
  name: 'Interactive Brokers Flex',
  header: [],
  field: {
    date: ['tradedate', 'datetime', 'reportdate', 'settledate'],
    type: ['buysell', 'direction', 'kind'],
    symbol: 'symbol',
    isin: ['isin', 'cusip'],
    name: 'description',
    shares: 'quantity',
    price: 'tradeprice',
    fee: 'ibcommission',
    tax: 'taxes',
    amount: ['amount', 'proceeds'],
    currency: 'currency',
    note: 'description',
    id: ['tradeid', 'transactionid', 'actionid'],
  },
  words: [
    [/^in$/, 'received'],
    [/^out$/, 'delivered'],
    [/deposits? ?[&/]|withdrawals$/, 'cash'],
    [/^payment in lieu/, 'dividend'],
    [/^broker (?:interest|fees)|bond interest|^(?:debit|credit) int/, 'interest'],
    [/commission adjustments|^other fees|advisor fees/, 'fee'],
  ],
  amount: 'gross',
  decimals: '.',
  signed: true,
  odd: (cells, cell) => {
    const kind = cell('kind')
    const why = Object.hasOwn(asides, kind) ? asides[kind as keyof typeof asides] : null
    if (why) return { skip: why }
    if (isSum(cell('levelofdetail'))) return { skip: 'a sum of other rows' }
    const category = cell('assetcategory')
    const action = cell('actiondescription') || cells.note
    const isAction = cells.types.includes('corporate action')
    const own = traded(isAction ? { ...cells, shares: cell('quantity') } : cells, category)
    if (isAction && 'types' in own) return corporateAction(own, action)
    return 'types' in own ? listed(own, cell('listingexchange')) : own
  },
}

/** The same query as CSV: a table of trades, and one of what moved cash. */
export const flexCsv: readonly Mapping[] = [
  {
    ...mapping,
    header: ['buy/sell', 'quantity', 'trade price', 'ibcommission', 'currency primary'],
    field: {
      date: ['trade date', 'date/time', 'report date'],
      type: 'buy/sell',
      symbol: 'symbol',
      isin: ['isin', 'cusip'],
      name: 'description',
      shares: 'quantity',
      price: 'trade price',
      fee: 'ibcommission',
      tax: 'taxes',
      // the trade money has the other sign
      amount: 'proceeds',
      currency: 'currency primary',
      id: ['trade id', 'transaction id'],
    },
    odd: (cells, cell) => {
      if (isSum(cell('level of detail'))) return { skip: 'a sum of other rows' }
      const isForex = [cells.symbol, cells.isin, cells.name].every((text) => text === '')
      const own = traded(cells, cell('asset class') || cell('asset category') || (isForex ? 'cash' : ''))
      return 'types' in own ? listed(own, cell('listing exchange')) : own
    },
  },
  {
    ...mapping,
    header: ['type', 'description', 'amount', 'currency primary'],
    field: {
      date: ['settle date', 'date/time', 'report date'],
      type: 'type',
      symbol: 'symbol',
      isin: ['isin', 'cusip'],
      amount: 'amount',
      currency: 'currency primary',
      note: 'description',
      id: 'transaction id',
    },
    odd: (cells, cell) => {
      if (isSum(cell('level of detail'))) return { skip: 'a sum of other rows' }
      const named = paidOn(cells)
      return listed(named, cell('listing exchange'))
    },
  },
]

function isSum(level: string): boolean {
  return level !== '' && !/^(?:EXECUTION|DETAIL|BASE_CURRENCY)$/i.test(level)
}

function listed(cells: Cells, exchange: string): Cells {
  if (cells.symbol === '') return cells
  const suffix = exchanges[exchange]
  return {
    ...cells,
    symbol: suffix ? `${cells.symbol.replaceAll(' ', '-')}${suffix}` : tickerOf(cells.symbol),
  }
}

const COLUMNS =
  'kind,tradeDate,dateTime,reportDate,settleDate,buySell,symbol,isin,cusip,description,quantity,tradePrice,ibCommission,taxes,amount,proceeds,currency,tradeID,transactionID,actionID,levelOfDetail,assetCategory,listingExchange,accountId,actionDescription,direction'.split(
    ',',
  )

/** Exchanges as Interactive Brokers names them. */
const exchanges: Record<string, string> = {
  LSE: '.L',
  LSEETF: '.L',
  IBIS: '.DE',
  IBIS2: '.DE',
  FWB: '.F',
  AEB: '.AS',
  SBF: '.PA',
  BVME: '.MI',
  'BVME.ETF': '.MI',
  BM: '.MC',
  EBS: '.SW',
  SFB: '.ST',
  CPH: '.CO',
  OSE: '.OL',
  TSE: '.TO',
  VENTURE: '.V',
  ASX: '.AX',
  SEHK: '.HK',
  SGX: '.SI',
  TSEJ: '.T',
}

export function flexStatement(text: string): Document | { problem: string } {
  const root = xmlRoot(text.slice(text.indexOf('<')))
  if (!root) return { problem: 'This XML file cannot be read: its elements do not close.' }
  const shift = text.indexOf('<')
  const line = lineCounter(text)
  const rows: Row[] = []
  // of several accounts each has a FlexStatement; the attribute of a row is left out as a rule
  let account = ''
  for (const element of descendants(root)) {
    if (element.name === 'FlexStatement') account = element.attributes.accountId ?? ''
    if (!Object.hasOwn(kinds, element.name)) continue
    const cells = COLUMNS.map((column) => cellOf(element, column) || (column === 'accountId' ? account : ''))
    rows.push({ line: line(shift + element.start), cells })
  }
  return { mapping, header: { line: 0, cells: COLUMNS.map((column) => column.toLowerCase()) }, rows }
}

function cellOf(element: XmlElement, column: string): string {
  if (column !== 'kind') return (element.attributes[column] ?? '').trim()
  return kinds[element.name] ?? element.attributes.type ?? ''
}

/** Elements that look like something that moved, and why they are left out. */
const asides = { accrual: accrued, lending: lent, grant: granted } as const

/** What the elements are; null for those that say it in their attribute `type`. */
const kinds: Record<string, string | null> = {
  Trade: 'trade',
  CashTransaction: null,
  CorporateAction: 'corporate action',
  Transfer: 'transfer of shares',
  ...aside('accrual', ['ChangeInDividendAccrual', 'OpenDividendAccrual', 'InterestAccrualsCurrency']),
  ...aside('lending', ['SLBActivity', 'SLBOpenContract', 'SLBFee', 'SLBCollateral']),
  ...aside('grant', ['StockGrantActivity']),
}

function aside(kind: keyof typeof asides, elements: readonly string[]): Record<string, string> {
  return Object.fromEntries(elements.map((element) => [element, kind]))
}
