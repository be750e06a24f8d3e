import { csv } from './write-statement.ts'

/**
 * Returns a document that is a table in another dress as lines of cells with commas between them: a web page, which many
 * banks call `.xls`, a workbook of 2003 in XML, or a list of flat objects in JSON. Null for any other text.
 *
 *     <table><tr><th>Datum</th><th>Anzahl</th></tr><tr><td>15.01.2024</td><td>10</td></tr></table>
 *     <Row><Cell ss:Index="2"><Data ss:Type="String">AAPL</Data></Cell></Row>
 *     {"BrokerageTransactions": [{"Date": "01/15/2024", "Action": "Buy", "Symbol": "VOO", …}]}
 */
export function listedDocument(text: string): string | null {
  const start = text.slice(0, 2000).trimStart()
  if (/^[[{]/.test(start)) return ofObjects(text)
  if (!start.startsWith('<')) return null
  if (/<(?:\w{1,9}:)?Workbook\b/.test(start)) return ofMarkup(text, WORKBOOK)
  return /<(?:!doctype )?html\b|<table\b|<meta\b/i.test(start) ? ofMarkup(text, PAGE) : null
}

type Marks = { row: RegExp; cell: RegExp; end: RegExp }

const PAGE: Marks = { row: /<tr\b/i, cell: /<t[dh]\b/i, end: /<\/(?:tr|table)\b/i }
const WORKBOOK: Marks = {
  row: /<(?:\w{1,9}:)?Row\b/,
  cell: /<(?:\w{1,9}:)?Cell\b/,
  end: /<\/(?:\w{1,9}:)?Row\b/,
}
const MOST_COLUMNS = 256

function ofMarkup(text: string, { row, cell, end }: Marks): string | null {
  const [, ...rows] = text.split(row)
  const lines = rows.map((inner) => {
    const cells: string[] = []
    for (const each of inner.split(end)[0]!.split(cell).slice(1)) {
      const [, index = '0'] = /^[^>]{0,200}\bss:Index="(\d{1,3})"/.exec(each) ?? []
      // cells that are empty may be left out, and the next one says its place
      const place = Math.min(Number(index) - 1, MOST_COLUMNS)
      while (cells.length < place) cells.push('')
      const [, span] = /^[^>]{0,200}\bcolspan="?(\d{1,3})/i.exec(each) ?? []
      cells.push(shown(each.slice(each.indexOf('>') + 1)))
      for (let i = 1; i < Math.min(Number(span ?? 1), MOST_COLUMNS); i++) cells.push('')
    }
    return cells.slice(0, MOST_COLUMNS)
  })
  return lines.some((cells) => cells.length > 1) ? csv([], lines).replace(/^\r?\n/, '') : null
}

/** The text of some markup. */
function shown(markup: string): string {
  const words = markup
    .replaceAll(/<[^<>]{0,2000}>/g, ' ')
    .replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, signOf)
  return words.replaceAll(/\s+/g, ' ').trim()
}

function signOf(whole: string, name: string): string {
  const code =
    name.startsWith('#x') || name.startsWith('#X')
      ? Number.parseInt(name.slice(2), 16)
      : Number(name.slice(1))
  if (name.startsWith('#')) return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ''
  return entities[name] ?? whole
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  pound: '£',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
}

/** The longest list of objects in it, as a table of all their fields. */
function ofObjects(text: string): string | null {
  const objects = listIn(parsed(text))
  if (!objects) return null
  const names = [...new Set(objects.flatMap((each) => Object.keys(each)))].slice(0, MOST_COLUMNS)
  return csv(
    names,
    objects.map((each) => names.map((name) => plainCell(each[name]))),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return ofLines(text)
  }
}

/** An object a line. */
function ofLines(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < 2 || !lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) return null
  try {
    return lines.map((line) => JSON.parse(line) as unknown)
  } catch {
    return null
  }
}

type Flat = Record<string, unknown>

function listIn(value: unknown, depth = 0): Flat[] | null {
  if (Array.isArray(value)) {
    const flat = value.filter((each): each is Flat => isObject(each))
    return flat.length > 0 && flat.length === value.length ? flat : null
  }
  // the export of Ghostfolio is known by its list
  if (!isObject(value) || 'activities' in value || depth > 2) return null
  const lists = Object.values(value).flatMap((each) => {
    const list = listIn(each, depth + 1)
    return list ? [list] : []
  })
  return lists.toSorted((a, b) => b.length - a.length)[0] ?? null
}

function isObject(value: unknown): value is Flat {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function plainCell(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ').trim()
  if (typeof value === 'number')
    return Math.abs(value) < 1e21 && !/e/.test(String(value)) ? String(value) : value.toFixed(12)
  return typeof value === 'boolean' ? String(value) : ''
}
