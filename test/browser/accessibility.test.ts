import { readdirSync, readFileSync } from 'node:fs'
import type { AxeResults, RunOptions, Spec } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Server } from './signed-in.ts'
import { openPage, openTab, serve, settled } from './browser.ts'
import { demoPortfolio } from './demo.ts'

// Every page in both themes under axe: nothing it calls serious or critical. What is folded away is unfolded
// first, and what opens over a page is looked at open: axe judges only what can be seen.

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

let server: Server
let url: URL
let browser: Browser
let id: string

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
})

it('the themes and palettes differ in colors alone', () => {
  const folder = new URL('../../src/web/client/', import.meta.url)
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css') && name !== 'print.css')
  const css = sheets.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  expect(css).not.toContain('prefers-color-scheme')
  const blocks = [...css.matchAll(/[^{}]*\[data-(?:theme|palette)[^{}]*\{([^{}]*)\}/g)]
  const set = blocks.flatMap(([, block]) => [...block!.matchAll(/([\w-]+):/g)].map(([, name]) => name))
  expect(new Set(set)).toEqual(new Set(['color-scheme', '--gain', '--loss']))
})

/** What is serious in a whole page, which its owner opens on a wide screen. */
async function faultsOf(name: string, address: URL): Promise<string[]> {
  const { page, close } = await openTab(browser, address)
  const found = await auditPage(page, name)
  await close()
  return found
}

/** Lies over the page when open, and would hide what is below from the rest. */
const overlays = 'details:is(.popover, .explain, .baggers)'

describe('before there is a portfolio', () => {
  it.concurrent.each([
    ['welcome', '/'],
    ['new portfolio', '/portfolios/new'],
    ['status', '/status'],
    ['the API', '/api'],
    ['notifications', '/../../account/notices'],
    ['not found', '/nothing-here'],
  ])('%s', async (name, path) => {
    expect(await faultsOf(name, new URL(path, url))).toEqual([])
  })
})

describe('of a portfolio', () => {
  beforeAll(async () => {
    id = await demoPortfolio(server, url)
  })

  const at = (path: string) => new URL(`/portfolios/${id}${path}`, url)

  it.concurrent.each([
    ['dashboard', ''],
    ['a past day', '?as_of=2021-06-30'],
    ['what to compare with', '/compare'],
    ['a look at a rate', '?vs=4%25'],
    ['what if', '?what_if=60+VOO+%2B+40+QQQ+for+TSLA'],
    ['the gap by a what-if', '/gap?benchmark=no+TSLA&what_if=no+TSLA&by=lot'],
    ['the flows of a figure by a what-if', '/gap/TSLA?benchmark=no+TSLA&what_if=no+TSLA'],
    ['a what-if that is none', '/compare?had=kept&symbol=TSLA&from=May'],
    ['transactions', '/transactions'],
    ['add transaction', '/transactions/new'],
    ['dividends', '/dividends'],
    ['cash flows', '/cash-flows'],
    ['the gap', '/gap'],
    ['the decisions', '/decisions'],
    ['the targets', '/targets?amount=1000'],
    ['the flows of a figure', '/gap/TSLA'],
    ['a figure explained', '/figures/xirr'],
    ['risk and months', '/risk'],
    ['a figure of risk explained', '/risk/beta'],
    ['instrument', '/instruments/TSLA'],
    ['imports', '/imports'],
    ['brokers', '/brokers'],
    ['alerts', '/alerts'],
    ['a new alert', '/alerts?kind=drawdown'],
    ['activity', '/activity'],
    ['settings', '/settings'],
    ['the API', '/api'],
    ['not found', '/nothing-here'],
    ['status', '/../../status'],
  ])('%s', async (name, path) => {
    expect(await faultsOf(name, at(path))).toEqual([])
  })

  it('the preview of a file, with all that it can ask', async () => {
    const { page, close } = await openTab(browser, at('/imports'))
    await page.click('summary:text-is("Or paste its text")')
    await page.fill(
      'textarea',
      `Konto;Datum;Vorgang;Wertpapier;Stück;Kurs
A;03.04.2024;Xyzzy;AAPL;4;160,50
B;05.06.2024;Kauf;The fizzy one;2;61,25
B;bald;Kauf;MSFT;2;400,25
A;05.06.2024;Kauf;MSFT;2;400,25
`,
    )
    await page.click('button:text-is("Check this file")')
    await page.waitForSelector('#accounts')
    expect(await auditPage(page, 'preview')).toEqual([])
    await close()
  })

  it.each([
    ['links', { shows: 'amounts', days: '7' }, /\/s\/[\w-]{43}/],
    ['links', { shows: 'percentages', days: '7' }, /\/s\/[\w-]{43}/],
    ['people/invitations', { role: 'viewer' }, /\/invitations\/[\w-]{43}/],
  ])('what somebody is sent: %s %j', async (form, fields, address) => {
    const made = await server.fetch(`/portfolios/${id}/${form}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: url.origin },
    })
    const [path] = address.exec(await made.text())!
    const { page, close } = await openPage(browser, new URL(path, url), { isStranger: true })
    expect(await auditPage(page, form)).toEqual([])
    await close()
  })

  it.concurrent('edit transaction', async () => {
    const listed = await server.fetch(`/api/portfolios/${id}/transactions?limit=1`)
    const { transactions } = (await listed.json()) as { transactions: { id: string }[] }
    expect(await faultsOf('edit transaction', at(`/transactions/${transactions[0]!.id}/edit`))).toEqual([])
  })

  it.concurrent('a transaction that was refused', async () => {
    const { page, close } = await openTab(browser, at('/transactions/new'))
    await page.click('form.entry button.primary')
    await page.waitForSelector('form.entry .fault')
    expect(await auditPage(page, 'refused transaction')).toEqual([])
    await close()
  })

  it.concurrent.each(['red', 'blue'])('the dashboard with gains in %s', async (palette) => {
    const { page, close } = await openTab(browser, at(''))
    await page.evaluate((chosen) => (document.documentElement.dataset.palette = chosen), palette)
    for (const theme of ['light', 'dark'] as const)
      expect(await auditIn(page, `dashboard, gains in ${palette}`, theme, { of: colors })).toEqual([])
    await close()
  })

  it.concurrent.each([
    ['search palette', '/', '#palette [role=option]'],
    ['help', '?', '#help'],
  ])('the %s', async (name, key, shown) => {
    const { page, close } = await openTab(browser, at(''))
    await page.waitForSelector('html[data-live=on]')
    await page.keyboard.press(key)
    await page.waitForSelector(shown)
    expect(await audit(page, name, 'dialog[open]')).toEqual([])
    await close()
  })

  it.concurrent.each([
    ['dashboard', '', overlays],
    ['transactions', '/transactions', '.baggers'],
    ['phone', '', '.tab-bar .popover'],
  ])('what opens over the %s', async (name, path, which) => {
    const { page, close } = await openTab(browser, at(path))
    if (name === 'phone') await page.setViewportSize(phone)
    const all = await page.locator(which).filter({ visible: true }).all()
    expect(all).not.toEqual([])
    const parts: string[] = []
    for (const overlay of all) parts.push(`[id="${await overlay.getAttribute('id')}"]`)
    // the page's own script would close one when another opens
    await page.evaluate(() => addEventListener('toggle', (event) => event.stopImmediatePropagation(), true))
    // one lies over another: colors are judged of those that lie beside each other, while no other is open
    for (let waiting = parts; waiting.length > 0;) {
      const open: string[] = []
      for (const own of waiting) {
        const overlay = page.locator(own)
        await overlay.evaluate((it: HTMLDetailsElement) => {
          it.open = true
          it.scrollIntoView({ block: 'center' })
        })
        // fetched when it comes into sight
        if (own.includes('explain-')) await page.waitForSelector(`${own} .formula`)
        await settled(page)
        if (await page.evaluate(overlap, [own, ...open])) {
          await overlay.evaluate((it: HTMLDetailsElement) => (it.open = false))
        } else open.push(own)
      }
      for (const theme of ['light', 'dark'] as const) {
        await ready(page, theme)
        const unknown: string[] = []
        for (const own of open) {
          const looks = await page.evaluate(
            (part) => (globalThis as unknown as { axe: Axe }).axe.looks(part),
            own,
          )
          expect([own, looks.texts]).not.toEqual([own, 0])
          if (looks.unknown > 0) unknown.push(own)
        }
        if (unknown.length === 0) continue
        const part = unknown.join()
        expect(await auditIn(page, `${name}, ${part} open`, theme, { part, of: colors })).toEqual([])
      }
      for (const own of open) await page.locator(own).evaluate((it: HTMLDetailsElement) => (it.open = false))
      waiting = waiting.filter((own) => !open.includes(own))
    }
    for (const each of all) await each.evaluate((it: HTMLDetailsElement) => (it.open = true))
    expect(await auditIn(page, `${name}, all open`, 'light', { part: parts.join() })).toEqual([])
    await close()
  })
})

describe('of a group, and of several portfolios', () => {
  let group: string

  beforeAll(async () => {
    const demo = await demoPortfolio(server, url)
    const headers = { origin: url.origin, 'content-type': 'application/json' }
    const made = async (path: string, body: object) => {
      const answer = await server.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await answer.json()) as { id: string }).id
    }
    const other = await made('/api/portfolios', { name: 'Pension' })
    group = await made('/api/groups', { name: 'Family', portfolios: [demo, other] })
  })

  it.concurrent.each([
    ['their list', () => '/'],
    ['its dashboard', () => `/portfolios/${group}`],
    ['its transactions', () => `/portfolios/${group}/transactions`],
    ['its settings', () => `/groups/${group}/settings`],
    ['a new one', () => '/groups/new'],
  ])('%s', async (name, path) => {
    expect(await faultsOf(name, new URL(path(), url))).toEqual([])
  })
})

/** In the page: whether the first of some parts lies over another of them, or under it. */
function overlap(parts: string[]): boolean {
  const [first, ...others] = parts.map((part) => {
    const seen = [...document.querySelectorAll(`${part}, ${part} *`)].filter((each) => each.checkVisibility())
    const boxes = seen.map((each) => each.getBoundingClientRect())
    return {
      left: Math.min(...boxes.map(({ left }) => left)),
      right: Math.max(...boxes.map(({ right }) => right)),
      top: Math.min(...boxes.map(({ top }) => top)),
      bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
    }
  })
  return others.some(
    (other) =>
      first!.left < other.right &&
      other.left < first!.right &&
      first!.top < other.bottom &&
      other.top < first!.bottom,
  )
}

/** What a long table, or a list of fields, goes on with: hundreds of rows like those above them, and most of the time. */
const alike = 'tbody > tr:nth-child(n + 25), .fields > div:nth-child(n + 5)'

const phone = { width: 390, height: 844 }

/** The whole page, all of it unfolded, on a wide screen in both themes, and on a phone in the dark one. */
async function auditPage(page: Page, name: string): Promise<string[]> {
  await settled(page)
  await page.locator(alike).evaluateAll((rows) => {
    for (const each of rows) each.remove()
  })
  await page.locator(`details:not(${overlays})`).evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '')
  })
  const found = await audit(page, name)
  await page.setViewportSize(phone)
  return [...found, ...(await auditIn(page, `${name} on a phone`, 'dark'))]
}

/** What axe calls serious or critical: in the light theme whatever it looks for, and in the dark one what it says of colors. */
async function audit(page: Page, name: string, part?: string): Promise<string[]> {
  const light = await auditIn(page, name, 'light', { part })
  return [...light, ...(await auditIn(page, name, 'dark', { part, of: colors }))]
}

/** The only rules that a theme or a palette can break, because both differ from others in colors alone. */
const colors = ['color-contrast', 'link-in-text-block']

/** What axe calls serious or critical in a theme: one entry a node, of the page or of a part of it. */
async function auditIn(
  page: Page,
  name: string,
  colorScheme: 'light' | 'dark',
  { part = 'html', of }: { part?: string | undefined; of?: string[] } = {},
): Promise<string[]> {
  await ready(page, colorScheme)
  const options: RunOptions = {
    resultTypes: ['violations'],
    // only rules that are off by default read the style sheets a second time
    preload: false,
    // it is moderate at most, and takes a tenth of the time
    ...(of ? { runOnly: of } : { rules: { region: { enabled: false } } }),
  }
  const { faults, texts, looks } = await page.evaluate(
    ([context, given, known]) => (globalThis as unknown as { axe: Axe }).axe.judged(context, given, known),
    [part, options, [...passedLooks].join(' ')] as const,
  )
  for (const look of looks.split(' ')) passedLooks.add(look)
  // of what cannot be seen nothing would be wrong either
  expect([name, texts]).not.toEqual([name, 0])
  return faults.map((fault) => `${name}, ${colorScheme}: ${fault}`)
}

/** What texts that have passed look like, on whichever page. */
const passedLooks = new Set<string>()

/** Has axe in the page, which is still and in a theme. */
async function ready(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await settled(page)
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  if (await page.evaluate(() => 'axe' in globalThis)) return
  // by the debugger's protocol: the pages' own policy lets no foreign script in
  await page.evaluate(axe)
  await page.evaluate(judgeEachLookOnce)
}

/** Of what a rule is about, and what it finds of that. */
type Rule = { id: string; matches: (this: unknown, text: Element, ...more: unknown[]) => unknown }
type Check = { evaluate: (this: unknown, text: Element, ...more: unknown[]) => unknown }
type Axe = {
  configure: (settings: Spec) => void
  run: (part: string, options: RunOptions) => Promise<AxeResults>
  /** What is serious or critical, how many seen texts have colors that pass, and the looks that do besides those known, in one line. */
  judged: (
    part: string,
    options: RunOptions,
    known: string,
  ) => Promise<{ faults: string[]; texts: number; looks: string }>
  /** The texts that are seen in a part, and how many of them look like none that has passed. */
  looks: (part: string) => { texts: number; unknown: number }
  _audit: { rules: Rule[]; checks: { 'color-contrast': Check } }
}

/**
 * In the page: contrast is most of what axe does, and all pages together have some hundred looks in many thousand texts. A text
 * passes when another has passed with the same classes and colors, its own and those of all that it stands in. Any other
 * verdict is axe's own.
 */
function judgeEachLookOnce(): void {
  const { axe: it } = globalThis as unknown as { axe: Axe }
  // it would write down the markup of all that it looks at
  it.configure({ noHtml: true })
  // eslint-disable-next-line no-underscore-dangle -- axe knows its own rules and checks by no other name
  const { rules, checks } = it._audit
  const rule = rules.find(({ id }) => id === 'color-contrast')!
  const check = checks['color-contrast']
  const { matches } = rule
  const { evaluate } = check
  const passed = new Set<string>()
  /** Of the elements as they look at present. */
  const looks = new Map<Element, string>()
  let texts = 0
  /** The looks that have passed in this run. */
  const found: string[] = []

  /** As short as 64 bits, and the same in every page. */
  const digest = (text: string): string => {
    let [one, other] = [0x811c9dc5, 0x1b873593]
    for (let i = 0; i < text.length; i++) {
      one = Math.imul(one ^ text.charCodeAt(i), 0x01000193)
      other = Math.imul(other ^ text.charCodeAt(i), 0x85ebca6b)
    }
    return `${one},${other}`
  }
  const lookOf = (element: Element): string => {
    const known = looks.get(element)
    if (known !== undefined) return known
    const style = getComputedStyle(element)
    const look = [
      element.parentElement ? lookOf(element.parentElement) : innerWidth,
      element.localName,
      element.getAttribute('class'),
      style.color,
      style.backgroundColor,
      style.backgroundImage,
      style.opacity,
      style.filter,
      style.mixBlendMode,
      style.position,
      style.fontSize,
      style.fontWeight,
      style.textShadow,
    ].join('|')
    const short = digest(look)
    looks.set(element, short)
    return short
  }
  const hasText = (element: Element) =>
    element.matches('input, select, textarea') ||
    [...element.childNodes].some(
      ({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue!.trim() !== '',
    )
  const isSeen = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true })

  it.judged = async (part, options, known) => {
    looks.clear()
    texts = 0
    found.length = 0
    for (const look of known.split(' ')) passed.add(look)
    const { violations } = await it.run(part, { ...options, elementRef: true })
    const faults = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, impact, nodes }) =>
        nodes.map(
          ({ element, target, failureSummary }) =>
            `${id} (${impact})\n${String(target)}\n${element!.outerHTML}\n${failureSummary}`,
        ),
      )
    return { faults, texts, looks: found.join(' ') }
  }
  /** Whether the colors of a text are known to pass; what is hidden passes as well, and says nothing of others. */
  const isKnown = (text: Element): boolean => {
    if (!passed.has(lookOf(text))) return false
    if (isSeen(text)) texts++
    return true
  }
  rule.matches = function (text, ...more) {
    return hasText(text) && !isKnown(text) && matches.call(this, text, ...more)
  }
  check.evaluate = function (text, ...more) {
    if (isKnown(text)) return true
    const verdict = evaluate.call(this, text, ...more)
    if (verdict === true && isSeen(text)) {
      passed.add(lookOf(text))
      found.push(lookOf(text))
      texts++
    }
    return verdict
  }
  it.looks = (part) => {
    looks.clear()
    const texts = [...document.querySelectorAll(`${part} *`)].filter((each) => hasText(each) && isSeen(each))
    return { texts: texts.length, unknown: texts.filter((each) => !passed.has(lookOf(each))).length }
  }
}
