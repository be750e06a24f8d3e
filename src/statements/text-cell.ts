import { afterReading } from './csv.ts'

/**
 * Writes a person's text (such as a note) into a cell of our files. A spreadsheet takes a cell that begins with = + - @
 * for a formula, so such a text gets an apostrophe in front, as in spreadsheets themselves. Text that reading would
 * change (a no-break space, a carriage return), or that could start a formula in a program that splits cells at ; tab
 * or line ends, becomes a JSON string behind an apostrophe. `textOf` returns exactly the original text:
 *
 *     rent                 rent
 *     =1+1                 '=1+1
 *     '=1+1                ''=1+1        a text that looks escaped is escaped once more
 *     'tis                 'tis          all others stay as they are, also from foreign files
 *     a; =1+1              '"a\u003b =1+1"
 */
export function textCell(text: string): string {
  if (afterReading(text) !== text || CONTROL.test(text) || FORMULA_WITHIN.test(text))
    return `'${asJson(text)}`
  return ESCAPED.test(text) || FORMULA.test(text) ? `'${text}` : text
}

/** The text that a cell stands for. A cell that `textCell` would not write stands for itself. */
export function textOf(cell: string): string {
  if (!cell.startsWith("'")) return cell
  const text = cell.startsWith(`'"`) ? parsed(cell.slice(1)) : cell.slice(1)
  return text !== null && textCell(text) === cell ? text : cell
}

/**
 * Blanks and invisible characters do not keep a spreadsheet from reading a formula, and some accept wide signs too.
 */
const SIGN = '[=+\\-@＝＋－＠]'
const FORMULA = new RegExp(`^[\\s\\p{C}]*${SIGN}`, 'u')
// the blanks end at the next place where a cell may be split; otherwise a long run of them would be read again from
// each
const FORMULA_WITHIN = new RegExp(`[;\\t\\n]['"]*(?:(?![\\t\\n])[\\s\\p{C}])*${SIGN}`, 'u')
/** One or more apostrophes, then a formula or JSON. */
const ESCAPED = new RegExp(`^'+(?:[\\s\\p{C}]*${SIGN}|")`, 'u')
/** Characters that a text file does not contain (csv.ts), and halves of a character, which UTF-8 cannot encode. */
const CONTROL = /(?![\t\n])\p{Cc}|[\uFFFD\p{Cs}]/u

/** Writes printable ASCII without the semicolon, so that no program reads it otherwise. */
function asJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -:<-~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function parsed(json: string): string | null {
  try {
    return JSON.parse(json) as string
  } catch {
    return null
  }
}
