import { minorUnit } from '../portfolio/currency.ts'
import { text, sum } from '../portfolio/decimal.ts'
import type { Row } from './csv.ts'
import { CASH } from './column-shape.ts'
import { dayIn, type DayOrder } from './day-spelling.ts'
import type { OpenTable, Reader } from './mapped-table.ts'
import type { Cells, Mapping } from './mapping.ts'
import { feeElsewhere } from './fee-elsewhere.ts'
import { isHundredfold } from './fit.ts'
import { coinPaidIn, coinPair, halvesOfPair, isCoin, isMoney } from './money-codes.ts'
import { type DecimalMark, isBlankNumber, numberIn } from './number-spelling.ts'
import { given, type Question } from './question.ts'
import { exact, isGiven, isNegative } from './facts.ts'
import { oneSign } from './one-sign.ts'
import { movesMoney, recorded } from './recorded-rows.ts'
import { currencyIn, hundredth, inOneCurrency, sizeOf } from './row-money.ts'
import { rowSecurities } from './row-securities.ts'
import { withPayer, withStatedTrade } from './stated-trade.ts'
import { isinIn } from './security.ts'
import { notTracked } from './not-tracked.ts'
import { signedByWord } from './refund.ts'
import type { Sums } from './arithmetic.ts'
import type { Reading } from './statement-format.ts'
import { kindOf, plainWord, type Kind } from './type-words.ts'

/** Reads the rows of a table whose days and numbers are decided, and collects the words and securities that nobody knows. */
export function rowReader(
  mapping: Mapping,
  order: DayOrder,
  mark: DecimalMark,
  sums: Sums,
  { answers, securities }: Reader,
  home: string,
) {
  const {
    amountIs,
    useAmount,
    derivePrice,
    feeIsRest,
    signedTrades,
    signedCash,
    mixedSales,
    reinvestsAlone,
  } = sums
  const isOpen = sums.oneSign === 'open'
  // of an order that was canceled after a part of it, that part is a trade
  const isOfExecuted = EXECUTED.test([mapping.field.shares ?? ''].flat()[0]!)
  const words = new Map<string, { lines: number[]; count: number }>()
  const named = rowSecurities(answers, securities)
  const kinds = new Map<string, Kind | null>()

  const kindFor = (word: string): Kind | null => {
    const known = kinds.get(word)
    if (known !== undefined) return known
    const kind = given(answers.words, plainWord(word)) ?? kindOf(word, mapping.words)
    kinds.set(word, kind)
    return kind
  }

  function kindOfRow(
    cells: Cells,
    has: { shares: boolean; priced: boolean; amount: boolean; whole: boolean },
  ): Kind | { reject: string } | { word: string } {
    const known = cells.types.map(kindFor).find((kind) => kind !== null)
    const described = has.shares ? null : kindFor(cells.note || cells.name)
    // what is only money, or something else, its text may say better
    const isUnnamed = cells.symbol === '' && cells.isin === ''
    if (known === 'cash' && described && closer.has(described) && (isUnnamed || described === 'dividend'))
      return described
    if (known === 'conversion' && has.shares && /^conversion$/i.test(cells.types[0] ?? '')) return 'exchange'
    // of a fund, not to a magazine
    if (known === 'fee' && has.shares && /subscri/i.test(cells.types[0] ?? '')) return 'buy'
    // what is paid into a plan buys shares of a fund at once
    if (
      known === 'deposit' &&
      has.shares &&
      isUnnamed &&
      cells.name &&
      /contribut/i.test(cells.types[0] ?? '')
    )
      return 'buy'
    if (known === 'dividend' && described === 'return of capital') return described
    if (known === 'option' && (isShare(cells) || has.whole))
      return /^sell|\bsold\b/i.test(cells.types[0] ?? '') ? 'sell' : 'buy'
    // `Trade`, and beside it `Buy` or `Sell`; `Best Buy` is a name
    const beside = cells.note || cells.name
    if (known === 'trade' && /^\p{L}+$/u.test(beside) && ways.has(kindFor(beside))) return kindFor(beside)!
    // `Övrigt`, and beside it `Split Apple 1:2`
    if (known && moved.has(known) && kindFor(beside) === 'split') return 'split'
    if (known) return known
    const [word] = cells.types
    // what a share or a fund brought in; of cash it would be interest
    if (!isUnnamed && word && /^income$/i.test(word)) return 'dividend'
    // money that moves without a security is described by its text
    if (described && (word === undefined || cells.symbol === '')) return described
    if (word !== undefined) return { word }
    if (mapping.field.type) {
      const blank = kindFor('')
      if (blank) return blank
      if (!has.shares && !has.amount) return 'nothing'
      return { reject: 'Type: the cell is empty.' }
    }
    if (mapping.every && (has.shares || has.amount)) return mapping.every
    if (has.shares) {
      // `VWRL,10,n/a,Div 10 Vanguard FTSE,4.30`: the shares that were paid for, where trades have a price
      const paid = mapping.field.price && !has.priced && has.amount ? kindFor(cells.note || cells.name) : null
      return paid && income.has(paid) ? paid : 'trade'
    }
    if (!has.amount) return 'nothing'
    if (!isBlankNumber(cells.symbol))
      return { reject: 'Nothing says what this row is: it has neither a type nor shares.' }
    // an account of cash says by its columns what came and what went, and its texts are of any kind
    const isOfCash = mapping.field.credit && !mapping.field.symbol && !mapping.field.shares
    return (cells.note || cells.name) && !isOfCash ? { word: cells.note || cells.name } : 'cash'
  }

  function unknownWord(word: string, line: number): Reading {
    const seen = words.get(word) ?? { lines: [], count: 0 }
    seen.count++
    if (seen.lines.length < 5) seen.lines.push(line)
    words.set(word, seen)
    return { reject: `We don’t know what the type “${word.slice(0, 100)}” means.` }
  }

  return {
    pair: (cells: Cells): void => named.pair(cells),

    questions: (): Question[] => [
      ...[...words].map(([word, seen]): Question => ({ about: 'type', word, ...seen })),
      ...named.questions(),
    ],

    read({ line, cells: all }: Row, given: Cells): ReturnType<OpenTable['read']> {
      const cells = withStatedTrade(
        asCash(mapping.coins || isOfCoin(given) ? asCoin(given, home) : asMetal(given)),
        mark,
        kindFor,
      )
      const answer = (...readings: Reading[]) => ({ readings, id: cells.id, security: null })
      if (
        cells.status &&
        UNDONE.test(plainWord(cells.status)) &&
        !(isOfExecuted && /[1-9]/.test(cells.shares))
      )
        return answer({
          skip: `orders that were not carried out are no transactions (“${cells.status.slice(0, 40)}”)`,
        })
      const aside = notTracked(cells)
      if (aside) return answer(aside)
      const paidIn = coinPaidIn(given.symbol)
      if (paidIn !== null)
        return answer({
          reject: `The price of ${given.symbol} is in ${paidIn}, which is no currency: add a sell and a buy, both for what it was worth.`,
        })

      const faults: string[] = []
      const read = (field: string, cell: string) => {
        if (isBlankNumber(cell)) return { plain: '', currency: '' }
        const percent = field === 'Price' && cell.endsWith('%')
        const number = numberIn(percent ? cell.slice(0, -1).trim() : cell, mark)
        // of bonds, whose shares are the nominal amount
        if (number && percent) return { ...number, plain: hundredth(number.plain) }
        if (!number) faults.push(`${field} “${cell.slice(0, 60)}” is not a number such as 1234.56.`)
        return number ?? { plain: '', currency: '' }
      }
      const [shares, price] = cells.stated
        ? [cells.shares, cells.price].map((plain) => ({ plain, currency: '' }))
        : [read('Shares', cells.shares), read('Price', cells.price)]
      const amount = useAmount ? read('Amount', cells.amount) : { plain: '', currency: '' }
      const gross = read('Gross amount', cells.gross)
      const added = (field: string, list: readonly string[]) =>
        text(sum(list.map((cell) => exact(sizeOf(read(field, cell).plain)) ?? 0n)))
      const sizes = [shares, price, amount].map((each) => Math.abs(Number(each!.plain)))
      // a yen was a hundredth of a dollar, too
      const moneys = [price!.currency, amount.currency, cells.priceCurrency, cells.currency].map(currencyIn)
      const isOneMoney = new Set(moneys.filter(Boolean)).size < 2 && !moneys.some(minorUnit)
      if (isOneMoney && isBlankNumber(cells.rate) && isHundredfold(sizes[0]!, sizes[1]!, sizes[2]!))
        price!.plain = hundredth(price!.plain)
      const [fee, tax] = [added('Fee', cells.fees), added('Tax', cells.taxes)]
      const day = dayIn(cells.date, order)
      const has = {
        shares: isGiven(shares!.plain),
        priced: isGiven(price!.plain),
        amount: isGiven(amount.plain),
        whole: isWhole(cells, [shares!.plain, price!.plain, amount.plain]),
      }
      if (day === null && !(has.shares && isGiven(price!.plain))) {
        const first = plainWord(all.find(Boolean) ?? '')
        if (
          /\b(?:sub ?)?totals?\b|^sum\b|^summe|^gesamt|^totaa?l|^balance\b|^saldo/.test(first) ||
          cells.types.some((word) => kindFor(word) === 'sum')
        )
          return answer({ skip: 'a sum of other rows' })
        if (!has.shares && !has.amount) return answer({ skip: 'text below the table, not a transaction' })
        const { types, symbol, isin, name, note } = cells
        if (cells.date === '' && ![...types, symbol, isin, name, note].some(Boolean))
          return answer({ skip: 'a sum of other rows' })
      }
      if (faults.length > 0) return answer({ reject: faults.join(' ') })
      if (amount.plain === '0' && !has.shares && !isGiven(gross.plain) && !isGiven(fee) && !isGiven(tax))
        return answer({ skip: 'a row that moved neither shares nor cash' })

      const told = kindOfRow(cells, has)
      const asked =
        isOpen && told === 'trade' && has.shares && has.amount
          ? oneSign[isNegative(shares!.plain) ? '-' : '+']
          : null
      const kind = asked === null ? told : (kindFor(asked) ?? { word: asked })
      if (typeof kind === 'object') return answer('reject' in kind ? kind : unknownWord(kind.word, line))
      const { charged = (plain: string) => plain, ...money } = inOneCurrency({
        shares: shares!.plain,
        price: price!.plain,
        amount: amount.plain,
        charges: Number(fee) + Number(tax),
        currency: {
          amount: currencyIn(cells.currency) || amount.currency || (mapping.currency ?? ''),
          price: currencyIn(cells.priceCurrency) || price!.currency,
        },
        rate: numberIn(cells.rate, mark)?.plain ?? '',
        converted: sums.converted,
        isTrade: ofTrades.has(kind),
        home,
      })
      const isNamed = !isBlankNumber(cells.symbol) || !isBlankNumber(cells.isin)
      const isAside = asides.has(kind) && !isNamed && !isNegative(shares!.plain)
      // shares that are deposited are a transfer of them; a currency is not a share
      const isCash = noSymbol.has(kind) && !(has.shares && isNamed && cells.symbol !== money.currency)
      const { symbol, open } =
        isCash || isAside
          ? { symbol: '', open: null }
          : named.of(
              kind === 'dividend' ? withPayer(cells) : cells,
              currencyIn(cells.priceCurrency) || money.currency,
            )
      const isLeft =
        kind === 'exchange' && /verkoop|verkauf|\bsell|\bvent[ea]|vendit/i.test(cells.types[0] ?? '')
      // `Deposit,1.2345 shares,290.10,358.13`: what was deposited was spent at once
      const isOfShares = has.shares && has.amount && isGiven(price!.plain) && price!.plain !== '1'
      const isNeverNamed = !mapping.field.symbol && !mapping.field.isin
      // Depot 0506740786 Wertp.Abrechn. … ISIN US5949181045, as a booking of an account of cash
      const [about = ''] = [cells.isin, cells.note, cells.name].map(isinIn).filter(Boolean)
      const isUncounted = !mapping.field.shares && (kind === 'buy' || kind === 'sell')
      if (about !== '' && !has.shares && has.amount && (movesMoney.has(kind) || isUncounted))
        return answer({
          reject: `${sizeOf(amount.plain)} moved for the security ${about}, and nothing says how many shares: add it by hand.`,
        })
      if (isOfShares && isNeverNamed && movesMoney.has(kind))
        return answer({
          reject: `Nothing says which security the ${shares!.plain} shares are of: choose the column that has its ticker.`,
        })
      const date = day ?? cells.date
      const { more, ...counted } = feeElsewhere(cells.feeCurrency, {
        kind,
        date,
        symbol,
        currency: money.currency,
        shares: isLeft ? `-${sizeOf(shares!.plain)}` : asked === null ? shares!.plain : sizeOf(shares!.plain),
        fee: charged(fee),
        note: noted(cells, kind),
      })
      const own = recorded({
        kind,
        date,
        symbol,
        ...counted,
        tax: charged(tax),
        gross: charged(gross.plain),
        amountIs,
        mixedSales,
        feeIsRest,
        reinvestsAlone,
        ...money,
        ...signedByWord(
          kind,
          cells.types[0] ?? '',
          money.amount,
          ofTrades.has(kind) ? signedTrades : signedCash,
        ),
        price: derivePrice && has.amount ? '' : money.price,
      })
      const readings = own.some((each) => 'type' in each) ? [...own, ...more] : own
      return open
        ? named.asked(open, symbol, readings, cells.id, line)
        : { readings, id: cells.id, security: null }
    },
  }
}

const UNDONE =
  /cancel|reject|pending|expired|failed|open$|working|storn|abgelehnt|offen|annul|anulad|rechaz|refus|declined|revert|gestrichen|^active\b|\bqueued|aktiv$|peruttu|makuler|zrusen|niezrealizowan|geloscht|verfallen|\boot$/

const EXECUTED = /fill|execut|ausgefuhrt|約定|成交|체결/

const ofTrades = new Set<Kind>(['buy', 'sell', 'trade', 'reinvested'])
/** What says no more than that something moved. */
const moved = new Set<Kind>(['transfer', 'received', 'delivered', 'cash'])
/** What the note of a row that is called no more than a trade may say. */
const ways = new Set<Kind | null>(['buy', 'sell'])
/** What shares that are held bring in, and what is kept back of it. */
const income = new Set<Kind>(['dividend', 'return of capital', 'tax', 'interest'])
/** What may name a security; a name alone is a description of it. */
const asides = new Set<Kind>(['fee', 'tax'])
const noSymbol = new Set<Kind>([
  'deposit',
  'withdrawal',
  'cash',
  'sum',
  'nothing',
  'sweep',
  'conversion',
  'interest',
])
/** What a text may say of money that a column calls no more than that. */
const closer = new Set<Kind>([
  'tax',
  'fee',
  'interest',
  'dividend',
  'deposit',
  'withdrawal',
  'sweep',
  'conversion',
])

/** A symbol that is a currency is no share: what is counted is money. */
function asCash(cells: Cells): Cells {
  const { symbol, amount, shares } = cells
  // $CASH,Deposit,5000
  const isCash = CASH.test(symbol)
  if (!(isMoney(symbol) || isCash) || cells.isin !== '' || !/[1-9]/.test(amount || shares)) return cells
  return {
    ...cells,
    symbol: '',
    name: '',
    currency: isCash ? cells.currency : symbol,
    amount: /[1-9]/.test(amount) ? amount : shares,
    shares: '',
    price: '',
  }
}

/** The pair by which the source quotes a coin: the same for all rows of a table, whatever each was paid in. */
function asCoin(cells: Cells, home: string): Cells {
  const halves = halvesOfPair(cells.symbol)
  if (halves && isMoney(halves.currency))
    return {
      ...cells,
      symbol: `${halves.coin}-${home || halves.currency}`,
      currency: cells.currency || halves.currency,
    }
  const symbol = coinPair(cells.symbol, home || currencyIn(cells.currency))
  return symbol ? { ...cells, symbol } : cells
}

/** `Gold` among metals is a name, and not the ticker of a mine. */
function asMetal(cells: Cells): Cells {
  return /^(?:precious )?metals?$|^edelmetall/i.test(cells.asset)
    ? { ...cells, symbol: '', name: cells.name || cells.symbol }
    : cells
}

/** A row that says itself that its symbol is a coin's. */
function isOfCoin({ symbol, asset, types, name }: Cells): boolean {
  // BTC/EUR among shares
  if (/[/_-]/.test(symbol) && isCoin(halvesOfPair(symbol)?.coin ?? '')) return true
  if (/^crypto(?:currenc(?:y|ies)|s)?$/i.test(asset) && symbol !== '') return true
  return isCoin(symbol) && (/crypto|coin/i.test(`${asset} ${types[0] ?? ''}`) || COIN.test(name))
}

/** What a coin is called, and no fund that holds it. */
const COIN = /^(?:bitcoin|ether(?:eum)?|solana|cardano|litecoin|ripple|xrp|dogecoin|polkadot|avalanche)$/i

/** `Buy to open` is said of shares as well. */
function isShare({ asset, symbol }: Cells): boolean {
  return (
    /equity|stock|share|etf|aktie|action/i.test(asset) &&
    !/option/i.test(asset) &&
    /^[A-Z.]{1,6}$/.test(symbol)
  )
}

/** A trade “to open” that moved shares × price is none of an option, which moves a hundred times as much. */
function isWhole({ symbol, asset, name, note }: Cells, numbers: readonly string[]): boolean {
  const [shares, price, amount] = numbers.map((plain) => Math.abs(Number(plain))) as [number, number, number]
  const says = `${asset} ${name} ${note}`
  return (
    /^[A-Z]{1,5}$/.test(symbol) &&
    !/\b(?:call|put|strike|exp\w*|options?)\b|\d\d?\/\d\d/i.test(says) &&
    amount > 0 &&
    Math.abs(shares * price - amount) < amount / 10
  )
}

function noted({ note, name }: Cells, kind: Kind): string {
  const own = note && !isBlankNumber(note) ? note : kind === 'fee' || kind === 'tax' ? name : ''
  return own.slice(0, 1000)
}
