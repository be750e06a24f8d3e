import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { german } from '../src/web/words/german.ts'
import { englishLiterals } from './english-literals.ts'

// A sentence of a page is said by `t`, which finds it in the reader's language. That each key is in the catalog is the
// compiler's to say; here is what it cannot see: the sentences that are not said by `t`, and the words of the catalog
// that nobody says.

const keys = new Set(Object.keys(german).map(withoutNames))
const isKey = (text: string) => keys.has(withoutNames(text))

/** `{n} rows` as a template has it: `{} rows`. */
function withoutNames(text: string): string {
  return text.replaceAll(/\{\w*\}/g, '{}')
}

const shown = ['src/web/views', 'src/web/routes', 'src/web/client'].flatMap((folder) =>
  readdirSync(folder)
    // the API, what is written about it, assistants' tools, feeds and exported files are in English
    .filter(
      (file) =>
        /\.tsx?$/.test(file) && !/-api\.ts$|^(api-reference|mcp|feeds|live|exports)\.ts$|\.d\.ts$/.test(file),
    )
    .map((file) => `${folder}/${file}`),
)

function literalsOf(file: string) {
  return englishLiterals(readFileSync(file, 'utf8'), isKey, file.endsWith('x') ? 'tsx' : 'ts')
}

describe('a sentence that stands in a page in English', () => {
  const literals = (source: string) => englishLiterals(source, isKey).map(({ text }) => text)

  it('is found wherever it stands', () => {
    const source = `
      const Some = ({ n, isOld }) => (
        <section aria-label="Some rows" class="panel part">
          <h2 title={isOld ? 'Old' : undefined}>No rows</h2>
          {n === 0 ? 'none' : \`\${n} of them\`}
          <Card name="x" note="Since then">{html\`<small title="In all">\${n} each</small>\`}</Card>
          <input placeholder="Search…" value={n === 1 && 'One row'} />
        </section>
      )
      const reason = isOld ? 'It is too old.' : null
    `
    expect(literals(source).toSorted()).toEqual(
      [
        'It is too old.',
        'In all',
        'No rows',
        'Old',
        'Search…',
        'Since then',
        'Some rows',
        'none',
        '{} each',
        '{} of them',
      ].toSorted(),
    )
  })

  it('is none where `t` says it, or nobody reads it', () => {
    const source = `
      import { t, parts, translated } from '../words/words.ts'
      const titles = { theme: 'Theme' } satisfies Record<string, Words>
      const Some = ({ n, kind, reason }) => (
        <section aria-label={t('Theme')} class={n ? 'panel part' : 'Panel'} id="some-rows">
          <h2>{t(kind === 'Old rows' ? 'Light' : 'Dark')}</h2> · {n}
          <p>{translated(\`no price for \${n} on that day\`)} <code>npm run backup</code></p>
          {html\`<small class="quiet of it">\${n} × \${reason}</small>\`}
        </section>
      )
      if (n < 0) throw new Error(\`There are \${n} rows\`)
    `
    expect(literals(source)).toEqual([])
  })

  it.each(shown)('is not in %s', (file) => {
    const found = literalsOf(file)
    expect(found.map(({ line, text }) => `${file}:${line} ${text}`)).toEqual([])
  })
})

describe('the German catalog', () => {
  it('puts the same values into each sentence', () => {
    const names = (text: string) => [...new Set(text.match(/\{\w*\}/g))].toSorted().join()
    const other = Object.entries(german).filter(([english, words]) => names(english) !== names(words))
    expect(other).toEqual([])
  })

  it('has each sentence in one file', () => {
    const files = readdirSync('src/web/words/german').map((file) => `src/web/words/german/${file}`)
    const places = new Map<string, string[]>()
    for (const file of files)
      for (const [, quoted, bare] of readFileSync(file, 'utf8').matchAll(/^ {2}(?:(['"].*?['"])|(\w+)):/gm)) {
        const key = quoted?.slice(1, -1) ?? bare!
        places.set(key, [...(places.get(key) ?? []), file])
      }
    expect(places.size).toBe(Object.keys(german).length)
    expect([...places].filter(([, where]) => where.length > 1)).toEqual([])
  })

  it('has no sentence that nobody says', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('web/words/german'))
      // most is said in the last folder, web, and found sooner there
      .toReversed()
      .map((file) => readFileSync(`src/${file}`, 'utf8'))
    // a long sentence is written on several lines, and a quotation mark is escaped
    const said = sources
      .join('\n')
      .replaceAll(/['"`]\s*\+\s*['"`]/g, '')
      .replaceAll('\\', '')
      .toLowerCase()
    // a value in a sentence of the floors below may be words
    const templates = [...said.matchAll(/`([^`]*\$\{[^`]*)`/g)]
      .map(([, text]) => text!.split(/\$\{[^}]*\}/))
      .filter((parts) => parts.join('').replaceAll(/\P{L}/gu, '').length > 10)
      .map(
        (parts) =>
          new RegExp(
            `^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+')}$`,
          ),
      )
    const isSaid = (english: string) =>
      english.split(/\{\w+\}/).every((part) => said.includes(part.trim())) ||
      templates.some((template) => template.test(english))
    const unsaid = Object.keys(german).filter((english) => !isSaid(english.toLowerCase()))
    expect(unsaid).toEqual([])
  })
})
