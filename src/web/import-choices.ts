import type { ImportChoices } from '../coordinator/import-choices.ts'
import { SYMBOL } from '../portfolio/instrument.ts'
import { columnName, type Field } from '../statements/columns.ts'
import { type Answers, answersIn } from '../statements/question.ts'
import { type Kind, plainWord } from '../statements/type-words.ts'
import { hashOf } from './access/secret.ts'
import type { Label } from './words/words.ts'

/** What a person can say that a column holds. */
export const columnFields = {
  date: 'Date',
  type: 'Type',
  symbol: 'Ticker',
  isin: 'ISIN',
  name: 'Name',
  shares: 'Shares',
  price: 'Price',
  amount: 'Amount',
  debit: 'Money out',
  credit: 'Money in',
  fee: 'Fee',
  tax: 'Tax',
  currency: 'Currency',
  priceCurrency: 'Currency of the price',
  note: 'Note',
  id: 'Number of the row',
  status: 'Status',
  balance: 'Balance',
} satisfies Partial<Record<Field, Label>>

/** What a person can say that a word for the type of a row means. */
export const wordKinds = {
  buy: 'Buy',
  sell: 'Sell',
  trade: 'Buy or sell, by its sign',
  dividend: 'Dividend',
  reinvested: 'Reinvested dividend',
  'return of capital': 'Return of capital',
  interest: 'Interest',
  fee: 'Fee',
  tax: 'Tax',
  deposit: 'Deposit',
  withdrawal: 'Withdrawal',
  cash: 'Money in or out, by its sign',
  received: 'Shares received',
  delivered: 'Shares delivered',
  nothing: 'Leave these rows out',
} satisfies Partial<Record<Kind, Label>>

/** Says whether these are answers that a person can have given: what the preview page offers, and nothing else. */
export function areAnswers(given: object): boolean {
  const { columns, words, costShares, parents, ...rest } = given as Record<string, unknown>
  const each = (about: string, said: unknown) =>
    Object.entries(said ?? {}).map(([name, value]) => [`${about}.${name}`, value ?? 'none'] as const)
  const flat = [
    ...Object.entries(rest),
    ...each('column', columns),
    ...each('word', words),
    ...each('spinoff', costShares),
    ...each('parent', parents),
  ]
  const said = flat.flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return JSON.stringify(choicesIn(said).answers) === JSON.stringify(given)
}

/**
 * Reads what a person has said of a file from the fields of the preview page; the API takes the same in its query:
 * `days=dmy`, `column.betrag=amount`, `word.kupno=buy`, `security.US0378331005=AAPL`, `spinoff.GEHC=20%`, `parent.GEHC=GE`,
 * `take=12`, `line.12=…`, `account.Z123=none`. What is none
 * of the choices is as good as not said.
 */
export function choicesIn(
  entries: Iterable<[name: string, value: string]>,
): Omit<ImportChoices, 'holdsBack'> {
  const columns: [string, Field | null][] = []
  const words: [string, Kind][] = []
  const securities: [string, string][] = []
  const costShares: [string, string][] = []
  const parents: [string, string][] = []
  const lines: [number, string][] = []
  const accounts: [string, string][] = []
  const take: number[] = []
  const answers: Answers = {}
  for (const [name, value] of entries) {
    const [about = '', rest = ''] = divided(name)
    if (name === 'days' || name === 'decimals' || name === 'amount')
      Object.assign(
        answers,
        answersIn((each) => (each === name ? value : undefined)),
      )
    if (name === 'take' && /^\d{1,7}$/.test(value)) take.push(Number(value))
    if (about === 'column' && (value === 'none' || isOf(columnFields, value)))
      columns.push([columnName(rest), value === 'none' ? null : value])
    if (about === 'word' && isOf(wordKinds, value)) words.push([plainWord(rest), value])
    const symbol = value.trim().toUpperCase()
    if (about === 'security' && SYMBOL.test(symbol)) securities.push([rest, symbol])
    if (about === 'parent' && SYMBOL.test(symbol)) parents.push([rest, symbol])
    const share = PERCENT.exec(value.trim())?.[1]
    if (about === 'spinoff' && share) costShares.push([rest, `${share.replace(',', '.')}%`])
    if (about === 'account' && rest !== '') accounts.push([rest, value])
    if (about === 'line' && /^\d{1,7}$/.test(rest)) lines.push([Number(rest), value])
  }
  if (columns.length > 0) answers.columns = Object.fromEntries(columns)
  if (words.length > 0) answers.words = Object.fromEntries(words)
  if (securities.length > 0) answers.securities = Object.fromEntries(securities)
  if (costShares.length > 0) answers.costShares = Object.fromEntries(costShares)
  if (parents.length > 0) answers.parents = Object.fromEntries(parents)
  return {
    answers,
    take,
    lines: Object.fromEntries(lines),
    accounts: Object.fromEntries(accounts),
    isFirst: Object.keys(answers).length === 0,
  }
}

/** A part of the cost in percent, with its sign or without. */
const PERCENT = /^(\d{1,3}(?:[.,]\d{1,8})?) ?%?$/

/** The fields that say again what was said, as `choicesIn` reads them. */
export function entriesOf({
  answers,
  take,
  lines,
  accounts,
}: Pick<ImportChoices, 'answers' | 'take' | 'lines' | 'accounts'>): [name: string, value: string][] {
  const { columns, words, securities, costShares, parents, ...whole } = answers
  const under = (about: string, said: Readonly<Record<string, string | null>> = {}) =>
    Object.entries(said).map(([name, value]): [string, string] => [`${about}.${name}`, value ?? 'none'])
  return [
    ...Object.entries(whole),
    ...under('column', columns),
    ...under('word', words),
    ...under('security', securities),
    ...under('spinoff', costShares),
    ...under('parent', parents),
    ...under('line', lines),
    ...under('account', accounts),
    ...take.map((line): [string, string] => ['take', String(line)]),
  ]
}

/** Tells what was said from anything else that could be, in whatever order it was said. */
export function markOf(choices: Parameters<typeof entriesOf>[0]): Promise<string> {
  const said = entriesOf(choices).map((entry) => JSON.stringify(entry))
  return hashOf(said.toSorted().join())
}

/** A name of the file may have any sign in it, dots too. */
function divided(name: string): string[] {
  const at = name.indexOf('.')
  return at < 0 ? [name] : [name.slice(0, at), name.slice(at + 1)]
}

function isOf<Choices extends object>(choices: Choices, value: string): value is keyof Choices & string {
  return Object.hasOwn(choices, value)
}
