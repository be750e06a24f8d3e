import { columnName, fieldsOf } from '../columns.ts'
import type { Row } from '../csv.ts'
import { kindOf, type Kind, type Words } from '../type-words.ts'

/**
 * The Activity Statement of Interactive Brokers names its sections and columns in the language of its owner; `Header`, `Data` and
 * `DataDiscriminator` stay English, and so does the place of each column:
 *
 *     Transaktionen,Header,DataDiscriminator,Vermögenswertkategorie,Währung,Symbol,Datum/Zeit,Menge,T.-Kurs,Schlusskurs,Erlös,Prov./Gebühr,…
 *     Depósitos y retiradas,Header,Divisa,Fecha de liquidación,Descripción,Cantidad
 *     Dividendes,Header,Devise,Compte,Date,Description,Montant
 *
 * Returns the header of such a section with its English names (interactive-brokers.ts); null for any other row, an English
 * header among them.
 */
export function activityHeader(row: Row): Row | null {
  const { cells } = row
  if (cells[1] !== 'Header' || cells.some((cell) => cell.trim() === 'Currency')) return null
  const named = cells[2] === 'DataDiscriminator' ? ofTrades(cells) : ofCash(cells)
  return named && { ...row, cells: cells.map((cell, i) => named.get(i) ?? (i < 3 ? cell : '')) }
}

/** True for the header of a section with days that is in another language and that `activityHeader` does not know. */
export function isUntranslated(cells: readonly string[]): boolean {
  const means = (of: string) =>
    cells.slice(2).some((cell) => fieldsOf(columnName(cell)).some(({ field }) => field === of))
  const isEnglish = cells.some((cell) => /^(?:Currency|Field Name)$/.test(cell.trim()))
  return !isEnglish && cells[2] !== 'DataDiscriminator' && means('currency') && means('date')
}

/** Open positions begin with DataDiscriminator too, and have no time. */
function ofTrades(cells: readonly string[]): Map<number, string> | null {
  const time = cells.findIndex((cell, i) => i > 4 && TIME.test(cell))
  if (time < 0) return null
  const places = ['Symbol', 'Date/Time', 'Quantity', 'T. Price', 'C. Price', 'Proceeds', 'Comm/Fee']
  return new Map([
    [0, 'Trades'],
    [3, 'Asset Category'],
    [4, 'Currency'],
    ...(time > 6 ? [[5, 'Account'] as const] : []),
    ...places.map((name, i) => [time - 1 + i, name] as const),
  ])
}

/** `Datum/Zeit`, `Fecha/Hora`, `Date/Heure`, `Data/ora`, `日期/时间`. */
const TIME = /^(?:dat|fec|päiv|pvm|дат|日)\S* ?\/ ?\S+$/i

/** Currency, account where there are several, day, description and amount; accruals have more columns. */
function ofCash(cells: readonly string[]): Map<number, string> | null {
  const kind = kindOf(cells[0] ?? '', titles)
  const title = kind && english[kind]
  const isOf = (i: number, field: string) =>
    fieldsOf(columnName(cells[i] ?? '')).some((each) => each.field === field)
  const currency = [2, 3].find((i) => isOf(i, 'currency'))
  const day = [1, 2].map((step) => (currency ?? 0) + step).find((i) => isOf(i, 'date'))
  if (!title || currency === undefined || day === undefined) return null
  // behind the amount stands at most the code
  if (cells.slice(day + 4).some(Boolean)) return null
  return new Map([
    [0, title],
    [currency, 'Currency'],
    ...(day - currency > 1 ? [[currency + 1, 'Account'] as const] : []),
    [day, kind === 'cash' ? 'Settle Date' : 'Date'],
    [day + 1, 'Description'],
    [day + 2, 'Amount'],
  ])
}

const english: Partial<Record<Kind, string>> = {
  dividend: 'Dividends',
  tax: 'Withholding Tax',
  interest: 'Interest',
  fee: 'Fees',
  cash: 'Deposits & Withdrawals',
}

/** What sections are called that other files call otherwise. */
const titles: Words = [
  [/^(?:deposit|depot|einzahl|storting|存|入出金|ввод|депозит)/, 'cash'],
  [/^(?:tarif|taxas?$|費用|费用|сборы)/, 'fee'],
]
