import { dayNumber, dayOf } from '../portfolio/day.ts'
import { BROKEN } from './archive.ts'
import type { TextWorth } from './text-worth.ts'
import { csv } from './write-statement.ts'
import { type Packed, piecesOf, unpacked, zipDirectory } from './zip.ts'

/**
 * Returns the sheet of an Excel workbook (.xlsx) that is worth most, with those of the same header below it, as lines of cells
 * with commas between them; each line has the number of its row. Days are ISO days and numbers have decimal points,
 * whatever the format of the cells, so that nothing of them is open. A problem is one sentence.
 *
 *     <row r="2"><c r="A2" s="3"><v>45306</v></c><c r="B2" t="s"><v>7</v></c><c r="D2" t="inlineStr"><is><t>…
 *
 * `s` is a style (a format of days makes the number a day), `t="s"` an index into the shared texts. A workbook with more
 * than 80 MB of XML in its sheets is refused; no more of these is held than a row.
 */
export async function textOfWorkbook(
  bytes: Uint8Array,
  worthOf: (text: string) => TextWorth,
): Promise<string | { problem: string }> {
  const files = zipDirectory(bytes)
  if (files === null) return { problem: BROKEN }
  const parts = files.filter(({ name }) => WANTED.test(name))
  if (parts.length === 0)
    return { problem: 'This archive is no Excel workbook. Save your spreadsheet as XLSX or CSV.' }
  const sizeOf = (some: readonly Packed[]) => some.reduce((sum, { size }) => sum + size, 0)
  const sheets = parts.filter(({ name }) => name.startsWith('xl/worksheets/'))
  const tooMuch = (most: number) => ({
    problem: `The workbook is too large: unpacked it has more than ${most / 1e6} MB.`,
  })
  if (sizeOf(sheets) > MOST_OF_SHEETS) return tooMuch(MOST_OF_SHEETS)
  if (sizeOf(parts) - sizeOf(sheets) > MOST_HELD) return tooMuch(MOST_HELD)
  let [held, ofSheets] = [MOST_HELD, MOST_OF_SHEETS]
  const read = async (part: Packed | undefined): Promise<string> => {
    const text = part ? await unpacked(part, held) : ''
    if (text === null) throw new Unreadable()
    held -= text.length
    return withoutPrefix(text, prefixOf(text))
  }
  async function* rowsOf(part: Packed): AsyncGenerator<Tag> {
    let rest = ''
    let prefix = ''
    for await (const piece of piecesOf(part, ofSheets)) {
      if (piece === null || rest.length > LONGEST_ROW) throw new Unreadable()
      ofSheets -= piece.length
      prefix ||= prefixOf(piece)
      rest = withoutPrefix(rest + piece, prefix)
      const end = rest.lastIndexOf('</row>')
      if (end < 0) continue
      yield* tags(rest.slice(0, end + 6), 'row')
      rest = rest.slice(end + 6)
    }
    yield* tags(rest, 'row')
  }
  const named = (name: string) => parts.find((part) => part.name === name)
  try {
    const workbook = await read(named('xl/workbook.xml'))
    const relations = new Map(
      tags(await read(named('xl/_rels/workbook.xml.rels')), 'Relationship').map(({ attributes }) => [
        attribute(attributes, 'Id'),
        attribute(attributes, 'Target').replace(/^\/?(?:xl\/)?/, 'xl/'),
      ]),
    )
    const shared = tags(await read(named('xl/sharedStrings.xml')), 'si').map(({ inner }) => textWithin(inner))
    const dated = datedStyles(await read(named('xl/styles.xml')))
    const since = dayNumber(/date1904="(?:1|true)"/.test(workbook) ? '1904-01-01' : '1899-12-30')
    let best: ({ text: string } & TextWorth) | null = null
    for (const { attributes } of tags(workbook, 'sheet')) {
      const part = named(relations.get(attribute(attributes, 'r:id')) ?? '')
      // rows that nobody sees are not booked: hidden, veryHidden
      if (!part || /hidden/i.test(attribute(attributes, 'state'))) continue
      const text = await sheetText(rowsOf(part), shared, dated, since)
      if (text === null)
        return {
          problem: `The workbook is too large: a sheet has more than ${MOST_CHARACTERS / 1e6} MB of text. Split it, for example by year.`,
        }
      const own = worthOf(text)
      // a sheet a year, or an account
      const isPart = best !== null && own.worth > 1 && own.worth === best.worth && own.header === best.header
      if (best !== null && isPart) best.text += text
      else if (best === null || own.worth > best.worth) best = { text, ...own }
    }
    return best?.text ?? { problem: 'The workbook has no sheet with cells in it.' }
  } catch (error) {
    if (error instanceof Unreadable) return { problem: BROKEN }
    throw error
  }
}

class Unreadable extends Error {}

/** In bytes: of the texts and styles that are held, and of the sheets, whose rows are read one after the other. */
const MOST_HELD = 20_000_000
const MOST_OF_SHEETS = 80_000_000
const LONGEST_ROW = 1_000_000
/** What a file of text may have. */
const MOST_CHARACTERS = 5_000_000
const MOST_COLUMNS = 256
const MOST_ROWS = 200_000
const WANTED =
  /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/

/** Null for a sheet with more text than a file may have. */
async function sheetText(
  tagged: AsyncIterable<Tag>,
  shared: readonly string[],
  dated: ReadonlySet<number>,
  since: number,
): Promise<string | null> {
  const rows: string[][] = []
  let characters = 0
  for await (const { attributes, inner } of tagged) {
    const number = Number(attribute(attributes, 'r')) || rows.length + 1
    if (number > MOST_ROWS) break
    while (rows.length < number - 1) rows.push([])
    const cells: string[] = []
    for (const cell of tags(inner, 'c')) {
      const column = columnOf(attribute(cell.attributes, 'r')) ?? cells.length
      if (column >= MOST_COLUMNS) break
      while (cells.length < column) cells.push('')
      cells[column] = cellText(cell, shared, dated, since)
      characters += cells[column].length
    }
    rows.push(cells)
    characters += cells.length
    if (characters > MOST_CHARACTERS) return null
  }
  const [first = [], ...others] = rows
  return csv(first, others)
}

function cellText(
  { attributes, inner }: Tag,
  shared: readonly string[],
  dated: ReadonlySet<number>,
  since: number,
): string {
  const type = attribute(attributes, 't')
  if (type === 'inlineStr') return textWithin(inner)
  const value = tags(inner, 'v')[0]?.inner ?? ''
  if (type === 's') return shared[Number(value)] ?? ''
  if (type === 'str' || type === 'd') return unescaped(value)
  if (type === 'e' || value === '') return ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  const number = Number(value)
  if (!Number.isFinite(number)) return ''
  if (dated.has(Number(attribute(attributes, 's') || '0')) && number > 0 && number < 2_000_000)
    return dayOf(since + Math.floor(number))
  return numberText(number)
}

/** The workbook stores doubles: 185.91999999999999 is what was typed as 185.92. */
function numberText(number: number): string {
  const short = Number(number.toPrecision(15))
  const text = String(short)
  return text.includes('e') ? short.toFixed(12).replace(/\.?0+$/, '') : text
}

/** The styles that make a number a day: built in ones, and formats of its own with a year or a day in them. */
function datedStyles(xml: string): Set<number> {
  const own = new Map(
    tags(xml, 'numFmt').map(({ attributes }) => [
      attribute(attributes, 'numFmtId'),
      attribute(attributes, 'formatCode'),
    ]),
  )
  const styles = tags(tags(xml, 'cellXfs')[0]?.inner ?? '', 'xf')
  return new Set(
    styles.flatMap(({ attributes }, i) => {
      const id = attribute(attributes, 'numFmtId')
      const code = (own.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]/g, '')
      return (Number(id) >= 14 && Number(id) <= 22) || /[yd]/i.test(code) ? [i] : []
    }),
  )
}

type Tag = { attributes: string; inner: string }

/**
 * The elements of a name, in one pass: a sheet has a hundred thousand of them, and a tree of them would not fit into
 * memory. Elements of one name do not contain each other here.
 */
function tags(xml: string, name: string): Tag[] {
  const found: Tag[] = []
  const [opening, closing] = [`<${name}`, `</${name}>`]
  let at = xml.indexOf(opening)
  while (at >= 0) {
    const next = at + opening.length
    if (/[\s/>]/.test(xml[next] ?? '')) {
      const end = xml.indexOf('>', next)
      if (end < 0) break
      const isEmpty = xml[end - 1] === '/'
      const close = isEmpty ? end : xml.indexOf(closing, end)
      if (close < 0) break
      found.push({
        attributes: xml.slice(next, isEmpty ? end - 1 : end),
        inner: isEmpty ? '' : xml.slice(end + 1, close),
      })
      at = xml.indexOf(opening, isEmpty ? end : close)
    } else at = xml.indexOf(opening, next)
  }
  return found
}

function attribute(attributes: string, name: string): string {
  const at = attributes.indexOf(` ${name}="`)
  if (at < 0) return ''
  const from = at + name.length + 3
  return unescaped(attributes.slice(from, attributes.indexOf('"', from)))
}

/** `x:` where the elements are `<x:row>`, as some programs write all of them; else ''. */
function prefixOf(xml: string): string {
  return /<(\w{1,20}:)\w/.exec(xml.slice(0, 1000))?.[1] ?? ''
}

function withoutPrefix(xml: string, prefix: string): string {
  return prefix === '' ? xml : xml.replaceAll(`<${prefix}`, '<').replaceAll(`</${prefix}`, '</')
}

/** The text of a cell may stand in several runs of their own styles, and have its sound beside it (`rPh`). */
function textWithin(xml: string): string {
  return tags(xml.replaceAll(/<rPh[^<]*<t[^<]*<\/t><\/rPh>/g, ''), 't')
    .map(({ inner }) => unescaped(inner))
    .join('')
}

function unescaped(xml: string): string {
  if (!xml.includes('&')) return xml
  return xml.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (all, decimal, hex, named) => {
      if (named) return entities[named as string]!
      const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : all
    },
  )
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** `AB12` is column 27; null without a reference. */
function columnOf(reference: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  if (!letters) return null
  return Array.from(letters).reduce((column, letter) => 26 * column + letter.charCodeAt(0) - 64, 0) - 1
}
