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

/** Files whose sentences are English still. */
const untranslated: readonly string[] = [
  'src/web/views/access-words.ts',
  'src/web/views/income-ahead.tsx',
  'src/web/views/income-months.tsx',
  'src/web/views/instrument.tsx',
  'src/web/views/invitation.tsx',
  'src/web/views/log-entry.tsx',
  'src/web/views/log-words.tsx',
  'src/web/views/look.tsx',
  'src/web/views/lots.tsx',
  'src/web/views/months.tsx',
  'src/web/views/new-ticker-field.tsx',
  'src/web/views/other-accounts.tsx',
  'src/web/views/overview.tsx',
  'src/web/views/own-prices.tsx',
  'src/web/views/passkey-button.tsx',
  'src/web/views/people.tsx',
  'src/web/views/picks.tsx',
  'src/web/views/portfolio-form.tsx',
  'src/web/views/portfolio-list.tsx',
  'src/web/views/portfolio-page.tsx',
  'src/web/views/position.tsx',
  'src/web/views/previewed-rows.tsx',
  'src/web/views/price-chart.tsx',
  'src/web/views/ratios.tsx',
  'src/web/views/recent-activity.tsx',
  'src/web/views/recent-transactions.tsx',
  'src/web/views/recovery-codes.tsx',
  'src/web/views/refreshes.tsx',
  'src/web/views/refused-look.tsx',
  'src/web/views/remarks.tsx',
  'src/web/views/rename-ticker.tsx',
  'src/web/views/risk.tsx',
  'src/web/views/rolling.tsx',
  'src/web/views/row-actions.tsx',
  'src/web/views/sales.tsx',
  'src/web/views/securities.tsx',
  'src/web/views/security-questions.tsx',
  'src/web/views/settings.tsx',
  'src/web/views/setup.tsx',
  'src/web/views/shared-chart.tsx',
  'src/web/views/shared.tsx',
  'src/web/views/sharing.tsx',
  'src/web/views/side-by-side.tsx',
  'src/web/views/sign-in.tsx',
  'src/web/views/spelling-questions.tsx',
  'src/web/views/spin-off-proposal.tsx',
  'src/web/views/status.tsx',
  'src/web/views/targets.tsx',
  'src/web/views/ticker-question.tsx',
  'src/web/views/trades.tsx',
  'src/web/views/transaction-fields.tsx',
  'src/web/views/transaction-form.tsx',
  'src/web/views/transaction-table.tsx',
  'src/web/views/transaction-versions.tsx',
  'src/web/views/transaction-words.ts',
  'src/web/views/transactions.tsx',
  'src/web/views/typed-name.tsx',
  'src/web/views/variant-trail.tsx',
  'src/web/views/versus.ts',
  'src/web/views/waterfall.tsx',
  'src/web/views/welcome.tsx',
  'src/web/views/what-if.tsx',
]

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

  it.each(shown.filter((file) => !untranslated.includes(file)))('is not in %s', (file) => {
    const found = literalsOf(file)
    expect(found.map(({ line, text }) => `${file}:${line} ${text}`)).toEqual([])
  })

  it('is in each file of the list that shrinks', () => {
    for (const file of untranslated) expect([file, literalsOf(file).length > 0]).toEqual([file, true])
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
      .map((file) => readFileSync(`src/${file}`, 'utf8'))
    // a long sentence is written on several lines, and a quotation mark is escaped
    const said = sources
      .join('\n')
      .replaceAll(/['"`]\s*\+\s*['"`]/g, '')
      .replaceAll('\\', '')
      .toLowerCase()
    const unsaid = Object.keys(german).filter(
      (english) => !english.split(/\{\w+\}/).every((part) => said.includes(part.trim().toLowerCase())),
    )
    expect(unsaid).toEqual([])
  })
})
