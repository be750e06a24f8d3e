import { type Column, columnsOf, isNumeric } from './column-shape.ts'
import { addedUp, sums, withoutParts } from './column-sums.ts'
import { type Field, headingCurrency, isBeside, isOfFile, LOOSE } from './columns.ts'
import type { Row } from './csv.ts'
import { leftOpen } from './left-open.ts'
import type { Mapping } from './mapping.ts'
import { coinPaidIn, halvesOfPair, isCoin, isMoney } from './money-codes.ts'
import { type Answers, given, type Question } from './question.ts'
import { isNamedWithTickers, withTicker } from './ticker-in-name.ts'

/**
 * Guesses what the columns of a table hold that no format names: by their headings in many languages, and by whether the
 * cells below look like it. Of several columns for shares, price and amount those are taken whose product comes out.
 * Null for a table that has neither days nor anything that moved, and for one of what is expected. `every` is what each row
 * is known to be.
 */
export function guessed(
  header: Row,
  rows: readonly Row[],
  answers: Answers,
  every?: 'dividend',
): { mapping: Mapping; questions: Question[] } | null {
  const columns = columnsOf(header, rows)
  if (columns.some(({ name }) => EXPECTED.test(name))) return null
  const taken = new Set<Column>()
  const said = (column: Column) => given(answers.columns, column.name)
  const isFree = (column: Column) => !taken.has(column) && said(column) === undefined
  const candidates = (name: Field, holds: (column: Column) => boolean): Column[] => {
    const told = columns.filter((column) => said(column) === name)
    if (told.length > 0) return told
    return (
      columns
        .flatMap((column) => {
          const rank = column.fields.find((each) => each.field === name)?.rank
          return rank === undefined || !isFree(column) || !holds(column) ? [] : [{ column, rank }]
        })
        .toSorted((a, b) => a.rank - b.rank)
        // a name that only has the word in it counts where no other is known
        .filter(({ rank }, _, all) => rank < LOOSE || all[0]!.rank >= LOOSE || name === 'date')
        .map(({ column }) => column)
    )
  }
  const field: Mapping['field'] = {}
  const take = (of: Field, found: readonly (Column | undefined)[]) => {
    const given = found.filter((column) => column !== undefined)
    if (given.length === 0) return
    for (const column of given) taken.add(column)
    field[of] = given.map((column) => column.name)
  }

  const ofRows = columns.filter((column) => isFree(column) && !isOfFile(column.name))
  take('date', daysAmong(candidates('date', isOfDays), ofRows))
  if (!field.date) return null
  take('isin', [
    candidates('isin', (column) => column.withIsin > 0.5)[0] ??
      columns.find((column) => isFree(column) && column.isins > 0.8),
  ])
  take('cusip', [columns.find((column) => isFree(column) && column.cusips > 0.5)])
  const telling = typesAmong(
    candidates('type', (column) => column.words > 0.3),
    columns.filter(isFree),
  )
  // a column that is called so and says nothing that anybody knows is asked about, word by word
  const types =
    telling.length > 0
      ? telling
      : candidates('type', isOfWords)
          .filter(({ fields }) => !fields.some((each) => texts.has(each.field) || each.field === 'symbol'))
          .slice(0, 1)
  take(
    'type',
    types.filter(({ fields }) => !fields.some((each) => texts.has(each.field))),
  )
  if (types.length > 0) field.type = types.map(({ name }) => name)
  take('asset', [
    candidates('asset', ({ assets }) => assets > 0.5)[0] ??
      // a `Type` beside that of the row
      columns.find(
        (column) =>
          isFree(column) && column.assets > 0.9 && column.fields.some((each) => each.field === 'type'),
      ),
  ])
  // beside an ISIN, a name in capitals is no ticker
  const tickers = candidates(
    'symbol',
    (column) =>
      (column.tickers > 0.6 || (column.tickers + column.fourDigits > 0.9 && CODE.test(column.name))) &&
      column.days < 0.5 &&
      column.codes < 0.8 &&
      !(field.isin && column.suffixed < 0.6 && column.fields.some((each) => each.field === 'name')),
  )
  // a currency that is none is the code of a coin, and the amount beside it a number of them
  const coins = columns.filter(
    (column) =>
      isFree(column) &&
      column.tickers > 0.9 &&
      column.codes < 0.8 &&
      column.filled > 0 &&
      column.fields.some((each) => each.field === 'currency'),
  )
  const [coin] = coins
  take('symbol', [
    // one that only a few rows have is of something else, such as the share below an option
    tickers
      .filter((each) => count(each) * 2 >= Math.max(...tickers.map(count)))
      .toSorted((a, b) => b.tickers - a.tickers)[0] ??
      columns.find((column) => isFree(column) && column.pairs > 0.9 && column.filled > 0) ??
      coin ??
      // among its cells may be sums, and spellings that only a person knows
      columns.find((column) => isFree(column) && TICKER.test(column.name) && column.numbers < 0.5) ??
      (field.isin || field.cusip || candidates('name', () => true).length > 0
        ? undefined
        : columns.find(
            (column) =>
              isFree(column) &&
              column.fields.every((each) => each.field === 'asset') &&
              !isBeside(column.name) &&
              column.codes < 0.8 &&
              column.tickers > 0.9 &&
              column.filled > 0,
          )),
  ])
  const counted = coin && field.symbol?.includes(coin.name) ? beside(coin, columns) : undefined
  const [shares, price, fitting] = sums(
    counted ? [counted] : candidates('shares', isNumeric),
    withoutRates(candidates('price', isNumeric)),
    [...candidates('amount', isNumeric), ...candidates('gross', isNumeric)].filter(
      (each) => each !== counted && !coins.some((other) => beside(other, columns) === each),
    ),
  )
  // what was paid, where a column says so beside the gross one
  const isGross = fitting?.fields[0]?.field === 'gross'
  const net = candidates('amount', isNumeric).find(({ name }) => /\bnet/.test(name))
  const amount = isGross && net && net.filled >= fitting.filled ? net : fitting
  // BTC/USD, AMOUNT 0.01, PRICE 42000: coins are counted so
  const areCounted = !shares && amount && price && columns.some((each) => each.pairs > 0.9 && taken.has(each))
  take('shares', [areCounted ? amount : shares])
  take('price', [price])
  take('amount', [areCounted ? undefined : amount])
  take('gross', [candidates('gross', isNumeric)[0]])
  const charges = addedUp(
    withoutParts(candidates('fee', isNumeric), candidates('tax', isNumeric)),
    columns.filter(
      (each) =>
        isFree(each) &&
        isNumeric(each) &&
        each.fields.every(({ field: of }) => of === 'fee') &&
        (each.fields.length > 0 || !isBeside(each.name)),
    ),
    shares,
    price,
    amount,
  )
  take('fee', charges.fees)
  take('tax', charges.taxes)
  if (!amount) {
    take('debit', [candidates('debit', isNumeric)[0]])
    take('credit', [candidates('credit', isNumeric)[0]])
  }
  take('balance', [candidates('balance', isNumeric)[0]])
  take('rate', [candidates('rate', isNumeric)[0]])
  const codes = candidates('currency', (column) => column.codes > 0.8)
  const ofPrices = candidates('priceCurrency', (column) => column.codes > 0.8)
  const unnamed = columns.filter(
    (column) =>
      isFree(column) &&
      column.codes === 1 &&
      column.filled > 0 &&
      (column.fields.length === 0 || column.name.startsWith('column ')),
  )
  // that of the share or of the payment before it was converted is not that of the amount
  const own = codes.filter(({ name }) => !ORIGINAL.test(name))
  const codesFor = (column: Column) =>
    codes.length === 0 ? ofPrices : own.length > 0 && !ORIGINAL.test(column.name) ? own : codes
  const after = (column: Column | undefined) =>
    column &&
    (codesFor(column).toSorted((a, b) => distance(a, column) - distance(b, column))[0] ??
      unnamed.toSorted((a, b) => distance(a, column) - distance(b, column))[0])
  const ofAmount = after(amount ?? price ?? shares)
  const halves = codes.filter(
    (column) => field.debit && column !== ofAmount && column.filled < column.cells.length,
  )
  // an amount that has its currency in its heading leaves the column to the price
  const isTold = amount !== undefined && headingCurrency(amount.heading) !== ''
  take(isTold ? 'priceCurrency' : 'currency', [ofAmount, ...halves])
  const [other] = ofPrices.filter((column) => column !== ofAmount && !codes.includes(column))
  if (!isTold && codes.length + unnamed.length + (other ? 1 : 0) > 1 && amount && price) {
    const ofPrice = other ?? after(price)
    if (ofPrice !== ofAmount) take('priceCurrency', [ofPrice])
  }
  if (field.fee) take('feeCurrency', [candidates('feeCurrency', ({ tickers }) => tickers > 0.8)[0]])
  take('strike', [candidates('strike', isNumeric)[0]])
  take('exchange', [candidates('exchange', ({ numbers }) => numbers < 0.5)[0]])
  const [named] = candidates('name', ({ days, numbers }) => days < 0.5 && numbers < 0.5)
  take('name', [named])
  take(
    'status',
    candidates('status', () => true),
  )
  take('id', [candidates('id', (column) => !isCounter(column))[0]])
  take('note', [candidates('note', () => true)[0] ?? types.find((column) => !taken.has(column))])
  const symbols = columns.find(({ name }) => field.symbol?.[0] === name)
  // in Japan, China and Korea nobody writes a decimal comma
  const isEastern = /[ぁ-ヿ一-龯가-힣]/.test(header.cells.join(''))
  // a code of four digits in Japanese words
  const isOfTokyo =
    !field.currency && /[ぁ-ヿ]/.test(header.cells.join('')) && (symbols?.fourDigits ?? 0) > 0.9
  const isOfDividends =
    types.length === 0 &&
    (every !== undefined ||
      isOfIncome(field) ||
      columns.some(({ name }) => (Object.values(field).flat().includes(name) ? PAID : EX_DATE).test(name)))
  const mapping: Mapping = {
    ...spreadsheet,
    field,
    ...(isOfDividends && { every: 'dividend' as const }),
    ...(isEastern && { decimals: '.' }),
    ...(isOfTokyo && { currency: 'JPY' }),
    ...(symbols && (counted || isOfCoins(symbols.cells)) && { coins: true }),
    ...(!field.symbol && !field.isin && named && isNamedWithTickers(named) && { odd: withTicker }),
  }
  const questions = isOfDividends
    ? []
    : leftOpen(columns, columns.filter(isFree), field, [shares, amount], answers.columns)
  return questions === null ? null : { mapping, questions }
}

const spreadsheet = { name: 'Spreadsheet', header: [], firstType: true } satisfies Omit<Mapping, 'field'>

function count({ tickers, filled }: Column): number {
  return tickers * filled
}

const ORIGINAL = /\b(?:original|foreign|ursprung\w*|fremd\w*)\b/

/** `Cambio` is a price, and beside a column of prices the rate between two currencies. */
function withoutRates(prices: readonly Column[]): Column[] {
  const others = prices.filter(({ fields }) => !fields.some(({ field }) => field === 'rate'))
  return others.length > 0 ? others : [...prices]
}

/** What is kept back at its source, beside an amount without shares, is of a dividend. */
function isOfIncome({ symbol, isin, shares, price, tax, amount, debit }: Mapping['field']): boolean {
  const isOfMoney = (symbol || isin) && !shares && !price && amount && !debit
  return Boolean(isOfMoney) && [tax ?? []].flat().some((name) => WITHHELD.test(name))
}

const WITHHELD = /withh|quellensteuer|retenue|retencion|ritenut|bronbelasting|bronheffing|kallskatt|kildeskat/

const TICKER = /^(?:symbol|ticker|ticker symbol|stock symbol|trading symbol)$/

/** A heading of codes, of which some may be numbers. */
const CODE = /code|コート|symbol|ticker|ティッカー|代码|코드/

/** What may tell the type of a row as well as describe it. */
const texts = new Set<Field>(['name', 'note'])

/**
 * The columns of the day: the one of the trade, and where it is empty another. A column of days under any other heading is that of
 * the trade where those that are called so are of the settlement.
 */
function daysAmong(named: readonly Column[], free: readonly Column[]): Column[] {
  const [first] = named
  const other = free.find((column) => column.days > 0.9 && !named.includes(column) && column.filled > 0)
  // `Operazione` may be the day of it
  const isOpen = (column: Column) =>
    column.fields.length === 0 || (column.days === 1 && column.fields.every(({ field }) => field === 'type'))
  const unnamed = other && isOpen(other) ? [other] : []
  if (!first) return unnamed
  const best = SETTLED.test(first.name) && other && other.filled >= first.filled ? other : first
  return best.filled === best.cells.length ? [best] : [best, ...named.filter((column) => column !== best)]
}

/** Rows that are numbered anew in each file have no ids. */
function isCounter({ cells }: Column): boolean {
  const step = Number(cells[1]) - Number(cells[0])
  return (
    Number.isInteger(step) &&
    step !== 0 &&
    cells.every((cell, i) => Number(cell) === Number(cells[0]) + i * step)
  )
}

const SETTLED = /settle|value date|valeur|^valuta|data valuta|fecha valor|likvid|rentedatum|reglement/

function isOfWords({ numbers, days, filled, cells }: Column): boolean {
  return numbers < 0.3 && days < 0.3 && filled * 2 > cells.length
}

function isOfDays({ days, serials }: Column): boolean {
  // below a spreadsheet's numbers stand its sums and remarks
  return days > 0.3 || serials > 0.4
}

/**
 * The columns that say what a row is, the one with most known words first. Where none is called so, one whose cells
 * say several different things is.
 */
function typesAmong(named: readonly Column[], free: readonly Column[]): Column[] {
  const byWords = (a: Column, b: Column) => b.words - a.words || b.kinds - a.kinds
  const telling = free
    .filter(
      ({ fields, words }) =>
        fields.every((each) => each.field === 'type' || texts.has(each.field)) ||
        // `Order` may be its number, or which way it went
        (words > 0.9 && fields.every((each) => each.field === 'type' || each.field === 'id')),
    )
    .filter(({ words, kinds, numbers, days }) => words > 0.6 && kinds > 1 && numbers < 0.3 && days < 0.3)
    .toSorted(byWords)
  const all = [...named.toSorted(byWords), ...telling.filter((column) => !named.includes(column))]
  return all.filter((column, i) => i === 0 || all[0]!.filled < all[0]!.cells.length)
}

/** Headings of a list of dividends. */
const PAID =
  /dividend|\bdivid\w+|ausschuttung|utdelning|utbytte|udbytte|\bcedol|配当|分配金|股息|배당|\bex[- ]?(?:date|day|dividend)|^pay(?:out|ment|able)? date$/
const EX_DATE = /\bex[- ]?(?:date|day|dividend)\b/

/** Nothing of it has been paid, as of our own report of the income ahead. */
const EXPECTED = /\bamount expected\b|\bexpected (?:amount|dividends?|income)\b/

/** The column of numbers before or behind that of a coin's code. */
function beside({ index }: Column, columns: readonly Column[]): Column | undefined {
  return [columns[index + 1], columns[index - 1]].find(
    (column) =>
      column &&
      isNumeric(column) &&
      column.filled > 0 &&
      column.fields.some(({ field }) => counts.has(field)),
  )
}

const counts = new Set<Field>(['amount', 'shares'])

function isOfCoins(cells: readonly string[]): boolean {
  const codes = new Set(
    cells
      .map((cell) => halvesOfPair(cell)?.coin ?? coinPaidIn(cell) ?? cell)
      .filter((code) => code !== '' && !isMoney(code)),
  )
  return [...codes].filter(isCoin).length > codes.size * 0.6
}

function distance(column: Column, from: Column): number {
  const steps = column.index - from.index
  return steps > 0 ? steps : 100 - steps
}
