import type { XmlElement } from '@rgrove/parse-xml'
import type { Row } from '../csv.ts'
import type { Document } from '../documents.ts'
import type { Mapping } from '../mapping.ts'
import { isinOfCusip } from '../security.ts'
import { children, descendants, lineCounter, textOf, xmlRoot } from './xml.ts'

/**
 * An investment statement in OFX 2 (XML) or OFX 1 and QFX (SGML, whose leaves need not be closed). Each child of
 * INVTRANLIST is a row; TOTAL is the cash that moved, with everything in it; SECLIST at the end has the tickers.
 *
 *     <BUYSTOCK><INVBUY><INVTRAN><FITID>2<DTTRADE>20240103</INVTRAN><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID>
 *     <UNITS>6<UNITPRICE>184.25<COMMISSION>1<TOTAL>-1106.5<SUBACCTSEC>CASH</INVBUY><BUYTYPE>BUY</BUYSTOCK>
 */
const mapping: Mapping = {
  name: 'OFX',
  header: [],
  field: {
    date: 'date',
    type: ['type', 'name'],
    symbol: 'symbol',
    isin: 'isin',
    name: 'security',
    shares: 'units',
    price: 'price',
    fee: ['commission', 'fees', 'load'],
    tax: ['taxes', 'withholding'],
    amount: 'total',
    currency: 'currency',
    note: 'name',
    id: 'id',
  },
  words: [
    [/^reinvest$/, 'reward'],
    [/^(?:income|retofcap)\b.*interest$/, 'interest'],
    [/^retofcap/, 'return of capital'],
    [/^income/, 'dividend'],
    [/^margininterest|^invexpense/, 'fee'],
    [/^transfer in$/, 'received'],
    [/^transfer out$/, 'delivered'],
    [/^jrnlsec|^transfer/, 'transfer'],
    [/^split/, 'split'],
    [/opt$/, 'option'],
    [/^jrnlfund/, 'sweep'],
    [/^(?:int)$/, 'interest'],
    [/^(?:fee|srvchg)$/, 'fee'],
    [
      /^(?:credit|debit|dep|xfer|other|cash|directdep|directdebit|check|payment|atm|pos|repeatpmt|hold)$/,
      'cash',
    ],
    // a dividend of the money market fund, which is cash here
    [/^div$/, 'interest'],
  ],
  amount: 'net',
  days: 'ymd',
  decimals: '.',
  signed: true,
  odd: (cells) => {
    const isBond = cells.types[0] === 'buydebt' || cells.types[0] === 'selldebt'
    return isBond ? { skip: 'bonds and other securities without a ticker are not tracked' } : cells
  },
}

const COLUMNS = [
  'date',
  'type',
  'symbol',
  'isin',
  'security',
  'units',
  'price',
  'commission',
  'fees',
  'load',
  'taxes',
  'withholding',
  'total',
  'currency',
  'name',
  'id',
  'account',
]

export function ofxStatement(text: string): Document | { problem: string } {
  const start = text.search(/<OFX>/i)
  const body = start < 0 ? '' : closed(text.slice(start))
  const root = xmlRoot(body)
  if (!root) return { problem: 'This OFX file cannot be read: its elements do not close.' }
  // closing a leaf adds characters, but no line
  const above = text.slice(0, start).split('\n').length - 1
  const line = lineCounter(body)
  const securities = securitiesOf(root)
  const rows: Row[] = []
  let found = false
  let [currency, account] = ['', '']
  for (const element of descendants(root)) {
    if (element.name === 'CURDEF') currency = element.text.trim()
    if (element.name === 'INVACCTFROM') account = textOf(element, 'ACCTID')
    if (element.name !== 'INVTRANLIST') continue
    found = true
    for (const each of children(element))
      if (each.name !== 'DTSTART' && each.name !== 'DTEND')
        rows.push({
          line: above + line(each.start),
          cells: [...cellsOf(each, currency, securities), account],
        })
  }
  if (!found) return { problem: 'This OFX file has no investment account in it, only banking.' }
  return { mapping, header: { line: 0, cells: COLUMNS }, rows }
}

type Security = { ticker: string; name: string }

function securitiesOf(root: XmlElement): Map<string, Security> {
  const found = new Map<string, Security>()
  for (const element of descendants(root))
    if (element.name === 'SECINFO')
      found.set(textOf(element, 'UNIQUEID'), {
        ticker: textOf(element, 'TICKER'),
        name: textOf(element, 'SECNAME'),
      })
  return found
}

function cellsOf(element: XmlElement, currency: string, securities: ReadonlyMap<string, Security>): string[] {
  const of = (name: string) => textOf(element, name)
  const id = of('UNIQUEID')
  const security = securities.get(id)
  const isin = /CUSIP/i.test(of('UNIQUEIDTYPE')) ? (isinOfCusip(id) ?? '') : id.length === 12 ? id : ''
  const own = [...descendants(element)].find(({ name }) => name === 'ORIGCURRENCY' || name === 'CURRENCY')
  return [
    of('DTTRADE') || of('DTPOSTED') || of('DTSETTLE'),
    typeOf(element),
    security?.ticker || (/TICKER/i.test(of('UNIQUEIDTYPE')) ? id : ''),
    isin,
    security?.name ?? '',
    of('UNITS'),
    of('UNITPRICE'),
    of('COMMISSION'),
    of('FEES'),
    of('LOAD'),
    of('TAXES'),
    of('WITHHOLDING'),
    of('TOTAL') || of('TRNAMT'),
    // CURRENCY says what the amounts are in, ORIGCURRENCY what they were converted from
    own?.name === 'CURRENCY' ? textOf(own, 'CURSYM') || currency : currency,
    of('MEMO') || of('NAME'),
    of('FITID'),
  ]
}

function typeOf(element: XmlElement): string {
  const type = element.name.toLowerCase()
  if (type === 'invbanktran') {
    const posted = textOf(element, 'TRNTYPE').toLowerCase()
    const words = `${textOf(element, 'NAME')} ${textOf(element, 'MEMO')}`
    return /^(?:credit|debit|other|dep)$/.test(posted) && /\binterest\b/i.test(words) ? 'int' : posted
  }
  // IN or OUT
  if (type === 'transfer') return `transfer ${textOf(element, 'TFERACTION').toLowerCase()}`.trim()
  if (type === 'income') return `income ${textOf(element, 'INCOMETYPE').toLowerCase()}`
  return type
}

/**
 * Closes the leaves of SGML: a name that is closed nowhere is a leaf, and so is one with text behind it. One pass over the
 * text; `&` that begins no entity is escaped.
 */
function closed(sgml: string): string {
  const closing = new Set<string>()
  for (const [, name] of sgml.matchAll(/<\/([A-Za-z0-9._]+)>/g)) closing.add(name!.toUpperCase())
  return sgml
    .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/g, '&amp;')
    .replace(
      /<([A-Za-z0-9._]+)>([^<]*)(<\/[A-Za-z0-9._]+>)?/g,
      (all, name: string, text: string, end?: string) => {
        const upper = name.toUpperCase()
        if (end && end.slice(2, -1).toUpperCase() === upper) return `<${upper}>${text}</${upper}>`
        const isLeaf = text.trim() !== '' || !closing.has(upper)
        const rest = end ? end.toUpperCase() : ''
        return isLeaf
          ? `<${upper}>${text.trimEnd()}</${upper}>${text.slice(text.trimEnd().length)}${rest}`
          : `<${upper}>${text}${rest}`
      },
    )
}
