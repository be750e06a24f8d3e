import { made, openDialog } from './dialog.ts'
import type * as words from '../words/words.ts'

type Entry = { name: string; more: string; kind: string; keys?: string; run: () => void }

/** What every page has loaded, given by whoever opens the palette. */
let t: typeof words.t

let symbols: { portfolio: string; entries: Entry[] } | null = null

/** Opens a search for the tickers of this portfolio, pages, portfolios and actions. */
export function openPalette(headers: Record<string, string>, typed: string, said: typeof words.t): void {
  t = said
  const input = made('input', {
    type: 'text',
    role: 'combobox',
    placeholder: t('Ticker, page, portfolio or action'),
    'aria-label': t('Search'),
    'aria-expanded': 'true',
    'aria-controls': 'palette-list',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
  })
  input.value = typed
  const list = made('div', { id: 'palette-list', role: 'listbox', 'aria-label': t('Results') })
  const dialog = openDialog('palette', t('Search'), input, list)
  let found: Entry[] = []
  let active = 0

  const mark = (index: number) => {
    active = found.length === 0 ? 0 : (index + found.length) % found.length
    const options = [...list.querySelectorAll('li')]
    options.forEach((option, i) => (option.ariaSelected = String(i === active)))
    options[active]?.scrollIntoView({ block: 'nearest' })
    if (found.length > 0) input.setAttribute('aria-activedescendant', `palette-${active}`)
    else input.removeAttribute('aria-activedescendant')
  }
  const show = () => {
    found = best(input.value, [...(symbols?.entries ?? []), ...here()])
    list.replaceChildren(
      ...[...new Set(found.map(({ kind }) => kind))].map((kind) =>
        made(
          'ul',
          { role: 'group', 'aria-label': kind },
          ...found.flatMap((entry, i) => (entry.kind === kind ? [option(entry, i)] : [])),
        ),
      ),
    )
    if (found.length === 0) list.append(made('p', { class: 'aside' }, t('No matches.')))
    mark(0)
  }
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    dialog.close()
    entry.run()
  }

  input.addEventListener('input', show)
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(active + 1)
    else if (event.key === 'ArrowUp') mark(active - 1)
    else if (event.key === 'Enter') run(found[active])
    else return
    event.preventDefault()
  })
  list.addEventListener('click', ({ target }) => {
    run(found[[...list.querySelectorAll('li')].indexOf((target as Element).closest('li')!)])
  })
  show()
  void loadSymbols(headers).then(() => dialog.open && show())
}

function option({ name, more, keys = '' }: Entry, at: number): HTMLElement {
  const shortcut = keys.split(' ').flatMap((key) => (key === '' ? [] : [made('kbd', {}, key)]))
  return made(
    'li',
    { role: 'option', id: `palette-${at}` },
    made('b', {}, name),
    made('span', {}, more),
    made('small', {}, ...shortcut),
  )
}

/** Collects the links and buttons of the page. */
function here(): Entry[] {
  const linked = (selector: string, kind: string): Entry[] =>
    [...document.querySelectorAll<HTMLElement>(selector)].map((element) => ({
      name: (element.querySelector('span') ?? element).textContent.trim(),
      more: '',
      kind,
      keys: element.getAttribute('aria-keyshortcuts') ?? '',
      run: () => element.click(),
    }))
  const pressed = (selector: string, name: string, keys = ''): Entry[] => {
    const element = document.querySelector<HTMLElement>(selector)
    return element ? [{ name, more: '', kind: t('Actions'), keys, run: () => element.click() }] : []
  }
  return [
    ...linked('.pages a', t('Pages')),
    ...linked('.preferences a', t('Pages')),
    ...linked('.switcher nav a', t('Portfolios')),
    ...pressed('[data-go=n], .tab-bar .add', t('Add transaction'), 'n'),
    ...pressed('#freshness form button:enabled', t('Refresh prices'), 'r'),
    ...pressed('[data-do=privacy]', t('Hide or show money'), 'p'),
    ...pressed('[data-do=help]', t('Keyboard shortcuts'), '?'),
    ...pressed('.preferences [value=light]', t('Light theme')),
    ...pressed('.preferences [value=dark]', t('Dark theme')),
  ]
}

async function loadSymbols(headers: Record<string, string>): Promise<void> {
  const { portfolio } = document.body.dataset
  if (portfolio === undefined || symbols?.portfolio === portfolio) return
  const answer = await fetch(`/portfolios/${portfolio}/symbols.json`, { headers }).catch(() => null)
  if (!answer?.ok) return
  const all = (await answer.json()) as { symbol: string; name: string }[]
  symbols = {
    portfolio,
    entries: all.map(({ symbol, name }) => ({
      name: symbol,
      more: name === symbol ? '' : name,
      kind: t('Tickers'),
      run: () => location.assign(`/portfolios/${portfolio}/instruments/${encodeURIComponent(symbol)}`),
    })),
  }
}

/** At most this many entries of one kind are listed. */
const MOST = 8

/**
 * Sorts names that begin with the search first, then those with a word that does, then those that contain it. Entries
 * of a kind stay together, and the kind of the best one comes first.
 */
function best(typed: string, entries: readonly Entry[]): Entry[] {
  const wanted = typed.trim().toLowerCase()
  const rank = ({ name, more, kind }: Entry) => {
    // without a search, the tickers come last
    if (wanted === '') return Number(kind === t('Tickers'))
    const [own, rest] = [name.toLowerCase(), more.toLowerCase()]
    if (own === wanted) return 0
    if (own.startsWith(wanted)) return 1
    if (`${own} ${rest}`.split(/\W+/).some((word) => word.startsWith(wanted))) return 2
    return `${own} ${rest}`.includes(wanted) ? 3 : 4
  }
  const ranked = entries
    .map((entry) => ({ entry, at: rank(entry) }))
    .filter(({ at }) => at < 4)
    .toSorted((a, b) => a.at - b.at)
    .map(({ entry }) => entry)
  return Object.values(Object.groupBy(ranked, ({ kind }) => kind)).flatMap((of) => of!.slice(0, MOST))
}
