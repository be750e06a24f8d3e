import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Which floors and packages each floor may import (DESIGN.md section 1): arrows point down only, and market
 * and storage never meet.
 */
const mayImport: Record<string, { floors: string[]; packages: string[] }> = {
  portfolio: { floors: [], packages: [] },
  metrics: { floors: ['portfolio'], packages: [] },
  snapshot: { floors: ['portfolio', 'metrics'], packages: [] },
  statements: { floors: ['portfolio'], packages: ['csv-parse', '@rgrove/parse-xml'] },
  market: { floors: ['portfolio'], packages: ['yahoo-finance2', 'node:async_hooks'] },
  demo: { floors: ['portfolio', 'market'], packages: [] },
  // statements are fetched as politely as prices
  brokers: { floors: ['market'], packages: [] },
  // and what somebody is told goes out as carefully
  notices: { floors: ['portfolio', 'market'], packages: [] },
  storage: { floors: ['portfolio', 'metrics', 'snapshot'], packages: ['drizzle-orm'] },
  // these two meet in messages, and in the types of each other's objects
  coordinator: {
    floors: ['portfolio', 'metrics', 'snapshot', 'statements', 'market', 'brokers', 'storage', 'jobs'],
    packages: ['cloudflare:workers'],
  },
  jobs: {
    floors: ['portfolio', 'metrics', 'snapshot', 'market', 'demo', 'notices', 'storage', 'coordinator'],
    packages: ['cloudflare:workers'],
  },
  web: {
    floors: [
      'portfolio',
      'metrics',
      'snapshot',
      'statements',
      'market',
      'demo',
      'brokers',
      'notices',
      'storage',
      'coordinator',
      'jobs',
    ],
    packages: ['hono', '@simplewebauthn/server', 'jose', 'valibot', '@valibot/to-json-schema'],
  },
  'index.ts': { floors: ['coordinator', 'jobs', 'web'], packages: [] },
}

/**
 * Where a source of prices may be named, or a pair of currencies be spelled as it is stored; its portfolios are exported in
 * a format that is read, and what it says of itself has its German.
 */
const YAHOO = [
  'statements/formats/trackers.ts',
  'market/yahoo/',
  'market/sources.ts',
  'demo/',
  'local/start.ts',
  'local/relay.ts',
  'web/words/german/sources.ts',
]
const PAIRS = ['market/yahoo/', 'demo/', 'portfolio/currency.ts', 'portfolio/exchange-rate.ts']
/** Who may import the demo market: the choice of the source, and the page that makes a portfolio to look at. */
const DEMO = ['demo/', 'jobs/source.ts', 'web/routes/portfolios.tsx']

/** Runs in the browser: of the rest of src it may know types only, and how figures and words are written, for whom. */
const CLIENT = 'web/client'
const FORMAT = ['web/format.ts', 'web/reader.ts', 'web/words/words.ts']
/** What one side packs, the other unpacks. */
const PACKED = 'web/packed-lines.ts'
/** Runs in Node on the developer's machine: whatever it likes, but no floor, except for what is written when it is built. */
const LOCAL = 'local'
const WRITTEN = ['web/api/document.ts', 'web/views/api-reference.ts']

const src = new URL('../src/', import.meta.url)
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
  .map((path) => ({ path, text: readFileSync(new URL(path, src), 'utf8') }))
  .map(({ path, text }) => ({ path, text, code: withoutComments(text) }))

describe('the floors', () => {
  it('are all known', () => {
    const known = [...Object.keys(mayImport), LOCAL]
    expect(files.map(({ path }) => floorOf(path)).filter((floor) => !known.includes(floor))).toEqual([])
  })

  it('import downwards only', () => {
    expect(
      files.flatMap(({ path, code }) => importsOf(code).flatMap((each) => violation(path, each))),
    ).toEqual([])
  })

  it.each([
    ['drizzle-orm', 'storage'],
    ['hono', 'web'],
    ['csv-parse', 'statements'],
    ['yahoo-finance2', 'market'],
    ['@simplewebauthn/server', 'web'],
    ['jose', 'web'],
    ['valibot', 'web'],
  ])('know %s only in %s', (name, floor) => {
    const strangers = files.filter(
      ({ path, code }) =>
        floorOf(path) !== floor && importsOf(code).some(({ from }) => packageOf(from) === name),
    )
    expect(strangers.map(({ path }) => `src/${path} imports ${name}`)).toEqual([])
  })

  it('have no clock and no chance at the bottom', () => {
    const pure = files.filter(({ path }) =>
      ['portfolio', 'metrics', 'snapshot', 'statements'].includes(floorOf(path)),
    )
    const uses = pure.flatMap(({ path, code }) =>
      [...code.matchAll(/\bDate\.now\b|\bnew Date(?:\(\s*\)|(?!\s*\())|\bMath\.random\b/g)].map(
        ([use]) => `src/${path}: ${use}`,
      ),
    )
    expect(pure.length).toBeGreaterThan(10)
    expect(uses).toEqual([])
  })
})

describe('a source of prices', () => {
  const elsewhere = (rooms: readonly string[]) =>
    files.filter(({ path }) => !rooms.some((room) => path.startsWith(room)))

  it('is named in its own folder and in the table of sources only, comments included', () => {
    const named = elsewhere(YAHOO).filter(({ path, text }) => /yahoo/i.test(path + text))
    expect(named.map(({ path }) => path)).toEqual([])
    // the rooms are there, or nothing was looked for
    expect(YAHOO.filter((room) => !files.some(({ path }) => path.startsWith(room)))).toEqual([])
  })

  it('has its spelling of a pair of currencies, `EURUSD=X`, in one function outside of it', () => {
    const spelled = elsewhere(PAIRS).filter(({ code }) => code.includes('=X'))
    expect(spelled.map(({ path }) => path)).toEqual([])
  })

  it('that is invented is wired in one place', () => {
    const imports = elsewhere(DEMO).filter(({ path, code }) =>
      importsOf(code).some(({ from }) => posix.join(posix.dirname(path), from).startsWith('demo/')),
    )
    expect(imports.map(({ path }) => path)).toEqual([])
  })

  it('learns nothing of faults: no production code has a way to make it fail', () => {
    expect(files.filter(({ code }) => /\bsetFault\b|\binjectFault\b/.test(code))).toEqual([])
  })
})

describe('the routes', () => {
  const routes = files.filter(({ path }) => path.startsWith('web/routes/'))
  const importing = (target: string) =>
    routes.filter(({ path, code }) =>
      importsOf(code).some(
        ({ from, typeOnly }) =>
          !typeOnly && from.startsWith('.') && posix.join(posix.dirname(path), from).startsWith(target),
      ),
    )

  it('know nothing of each other', () => {
    expect(routes.length).toBeGreaterThan(10)
    expect(importing('web/routes/').map(({ path }) => path)).toEqual([])
  })

  it('reach a portfolio by its scope, but for those that create one', () => {
    const creating = ['web/routes/portfolios-api.ts', 'web/routes/portfolios.tsx']
    expect(
      importing('jobs/durable-objects.ts')
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(creating)
  })
})

describe('this test', () => {
  it('reads every form of import', () => {
    const code = `
      import type { A } from '../a.ts'
      import {
        b,
        type B,
      } from "../b.ts"
      import c, * as d from 'c/d'
      import './e.css'
      export { f } from '../f.ts'
      export type * from '../g.ts'
      const h = await import('../h.ts')
      // import { i } from '../i.ts'
      /** import { j } from '../j.ts' */
      const k = 'from nowhere'`
    expect(importsOf(withoutComments(code))).toEqual([
      { from: '../a.ts', typeOnly: true },
      { from: '../b.ts', typeOnly: false },
      { from: 'c/d', typeOnly: false },
      { from: './e.css', typeOnly: false },
      { from: '../f.ts', typeOnly: false },
      { from: '../g.ts', typeOnly: true },
      { from: '../h.ts', typeOnly: false },
    ])
  })

  it('names the file and the import', () => {
    expect(faults('portfolio/lot.ts', './day.ts')).toEqual([])
    expect(faults('portfolio/lot.ts', 'zod')).toEqual(['src/portfolio/lot.ts imports zod'])
    expect(faults('market/source.ts', '../storage/bars.ts', true)).toEqual([
      'src/market/source.ts imports ../storage/bars.ts',
    ])
    expect(faults('storage/deep/bars.ts', '../../market/source.ts')).toHaveLength(1)
    expect(faults('storage/bars.ts', 'drizzle-orm/d1')).toEqual([])
    expect(faults('web/app.tsx', '../index.ts')).toHaveLength(1)
    expect(faults('web/app.tsx', 'hono-sessions')).toHaveLength(1)
    expect(faults('web/client/live.ts', 'uplot')).toEqual([])
    expect(faults('web/client/live.ts', './charts.ts')).toEqual([])
    expect(faults('web/client/readout.ts', '../format.ts')).toEqual([])
    expect(faults('web/client/live.ts', '../../portfolio/day.ts')).toHaveLength(1)
    expect(faults('web/client/live.ts', '../../portfolio/day.ts', true)).toEqual([])
    expect(faults('local/start.ts', 'node:fs')).toEqual([])
    expect(faults('local/start.ts', '../demo/prices.ts')).toHaveLength(1)
  })
})

const faults = (path: string, from: string, typeOnly = false) => violation(path, { from, typeOnly })

type Import = { from: string; typeOnly: boolean }

function importsOf(code: string): Import[] {
  const statements = /\b(import|export)\s+(type\s+(?!from\b))?(?:[\w\s{},*$]*?\bfrom\s*)?(['"])([^'"\n]+)\3/g
  const calls = /\bimport\s*\(\s*(['"])([^'"\n]+)\1/g
  return [
    ...[...code.matchAll(statements)].map((match) => ({ from: match[4]!, typeOnly: match[2] !== undefined })),
    ...[...code.matchAll(calls)].map((match) => ({ from: match[2]!, typeOnly: false })),
  ]
}

function violation(path: string, { from, typeOnly }: Import): string[] {
  const target = from.startsWith('.') ? posix.join(posix.dirname(path), from) : null
  return allowed(path, target, from, typeOnly) ? [] : [`src/${path} imports ${from}`]
}

/** `target` is the imported file's path in src, null for a package. */
function allowed(path: string, target: string | null, from: string, typeOnly: boolean): boolean {
  if (path.startsWith(`${CLIENT}/`)) {
    return (
      target === null || typeOnly || [...FORMAT, PACKED].includes(target) || target.startsWith(`${CLIENT}/`)
    )
  }
  const floor = floorOf(path)
  if (floor === LOCAL)
    return (
      target === null ||
      target.startsWith('..') ||
      floorOf(target) === LOCAL ||
      (path === 'local/build-client.ts' && WRITTEN.includes(target))
    )
  const { floors, packages } = mayImport[floor] ?? { floors: [], packages: [] }
  if (target === null) return packages.includes(packageOf(from))
  return floorOf(target) === floor || floors.includes(floorOf(target))
}

function floorOf(path: string): string {
  return path.split('/')[0]!
}

/** `drizzle-orm/d1` → `drizzle-orm`, `@scope/name/sub` → `@scope/name` */
function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')
}

function withoutComments(code: string): string {
  return code.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '')
}
