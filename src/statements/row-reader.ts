import { minorUnit } from '../portfolio/currency.ts'
import { text, sum } from '../portfolio/decimal.ts'
import type { Row } from './csv.ts'
import { dayIn, type DayOrder } from './day-spelling.ts'
import type { OpenTable, Reader } from './mapped-table.ts'
import type { Cells, Mapping } from './mapping.ts'
import { feeElsewhere } from './fee-elsewhere.ts'
import { partsOfPrice } from './fit.ts'
import { coinPaidIn } from './money-codes.ts'
import { type DecimalMark, isBlankNumber, numberIn } from './number-spelling.ts'
import type { Question } from './question.ts'
import { exact, isGiven, isNegative } from './facts.ts'
import { oneSign } from './one-sign.ts'
import { movesMoney, recorded } from './recorded-rows.ts'
import { currencyIn, hundredth, inOneCurrency, sizeOf } from './row-money.ts'
import { asAsset } from './row-asset.ts'
import { isWhole, rowKinds } from './row-kind.ts'
import { rowSecurities } from './row-securities.ts'
import { withPayer, withStatedTrade } from './stated-trade.ts'
import { isinIn } from './security.ts'
import { asCoupon, notTracked } from './not-tracked.ts'
import { signedByWord } from './refund.ts'
import type { Sums } from './arithmetic.ts'
import type { Reading } from './statement-format.ts'
import { plainWord, type Kind } from './type-words.ts'

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
  const { kindFor, kindOfRow, unknownWord, ...kinds } = rowKinds(mapping, answers)
  const named = rowSecurities(answers, securities)
  return {
    pair: (cells: Cells): void => named.pair(cells),

    questions: (): Question[] => [...kinds.questions(), ...named.questions()],

    read({ line, cells: all }: Row, given: Cells): ReturnType<OpenTable['read']> {
      const cells = asCoupon(
        withStatedTrade(asAsset(given, mapping.coins ?? false, home), mark, kindFor),
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
      const parts =
        isOneMoney && isBlankNumber(cells.rate) ? partsOfPrice(sizes[0]!, sizes[1]!, sizes[2]!) : 1
      if (parts === 100) price!.plain = hundredth(price!.plain)
      // such a fund is quoted for ten thousand units everywhere: these are the share, and the amount says what it was
      if (parts === 10_000) {
        shares!.plain = hundredth(hundredth(shares!.plain))
        price!.plain = ''
      }
      const [fee, tax] = [added('Fee', cells.fees), added('Tax', cells.taxes)]
      const day = dayIn(cells.date, order)
      const has = {
        shares: isGiven(shares!.plain),
        priced: isGiven(price!.plain),
        amount: isGiven(amount.plain),
        paid: isNegative(amount.plain),
        whole: isWhole(cells, [shares!.plain, price!.plain, amount.plain]),
        any:
          [shares!, price!, amount, gross].some(({ plain }) => isGiven(plain)) ||
          isGiven(fee) ||
          isGiven(tax),
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

function noted({ note, name }: Cells, kind: Kind): string {
  const own = note && !isBlankNumber(note) ? note : kind === 'fee' || kind === 'tax' ? name : ''
  return own.slice(0, 1000)
}
