import { adopt } from './options.ts'
import css from './ticker-search.css' with { type: 'text' }
import type * as words from '../words/words.ts'

adopt(css)

/**
 * Offers securities below a ticker field (`data-ticker`) while one types: those of the portfolio at once, and what the server
 * finds a moment later. Arrow keys choose one, Enter takes it, Escape closes the list. A field of `benchmarks` offers common
 * ones too, also while it is empty; in it, the last word is looked for.
 */
export function offerTickers(input: HTMLInputElement, isTyped: boolean, t: typeof words.t): void {
  if (input.role === 'combobox') return
  const list = document.createElement('ul')
  // a field's own name may have spaces in it
  list.id = `offered-${++lists}`
  list.className = 'ticker-list'
  list.role = 'listbox'
  list.ariaLabel = t('Securities')
  list.popover = 'manual'
  // inside the label it would be a part of the field's name
  const place = () => (input.form ?? document.body).append(list)
  place()
  input.removeAttribute('list')
  input.role = 'combobox'
  input.setAttribute('aria-controls', list.id)
  input.setAttribute('aria-autocomplete', 'list')
  input.ariaExpanded = 'false'

  let active = -1
  let asked: AbortController | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  const options = () => [...list.querySelectorAll<HTMLElement>('[role=option]')]
  const hasMany = input.dataset.ticker === 'benchmarks'
  const word = () => /[^\s,;]*$/.exec(input.value)![0]
  /** The benchmark that is typed: what follows the last comma. */
  const piece = () => /[^,;]*$/.exec(input.value)![0].trimStart()
  const typed = () => (hasMany ? piece() : input.value).trim()

  const mark = (index: number) => {
    const all = options()
    active = all.length === 0 ? -1 : (index + all.length) % all.length
    all.forEach((option, i) => {
      option.id = `${list.id}-${i}`
      option.ariaSelected = String(i === active)
    })
    all[active]?.scrollIntoView({ block: 'nearest' })
    if (active < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', all[active]!.id)
  }
  const close = () => {
    clearTimeout(waiting)
    asked?.abort()
    if (list.matches(':popover-open')) list.hidePopover()
    input.ariaExpanded = 'false'
    active = -1
    input.removeAttribute('aria-activedescendant')
  }
  const show = (content: readonly Node[]) => {
    const chosen = options()[active]?.dataset.symbol
    list.replaceChildren(...content)
    const all = options()
    if (!list.textContent.trim() || document.activeElement !== input) return close()
    active = chosen === undefined ? -1 : all.findIndex(({ dataset }) => dataset.symbol === chosen)
    if (active >= 0) mark(active)
    const { left, bottom, width } = input.getBoundingClientRect()
    list.style.minInlineSize = `${width}px`
    list.style.maxInlineSize = `${Math.min(480, innerWidth - 16)}px`
    // a swap around the field has taken it away
    if (!list.isConnected) place()
    if (!list.matches(':popover-open')) list.showPopover()
    list.style.left = `${Math.max(8, Math.min(left, innerWidth - list.offsetWidth - 8))}px`
    list.style.top = `${bottom + 4}px`
    input.ariaExpanded = String(all.length > 0)
  }
  const search = async () => {
    clearTimeout(waiting)
    asked?.abort()
    const wanted = typed()
    if (wanted === '' && !hasMany) return close()
    const own = wanted === '' ? [] : await ownLike(hasMany ? word() : wanted)
    if (typed() !== wanted) return
    show(own)
    waiting = setTimeout(() => void more(wanted, own), wanted === '' ? 0 : 250)
  }
  const more = async (wanted: string, own: readonly HTMLElement[]) => {
    asked = new AbortController()
    const known = new Set(own.map(({ dataset }) => dataset.symbol))
    const query = hasMany ? { q: word(), benchmark: wanted } : { q: wanted }
    const found = await fetch(`/securities?${new URLSearchParams(query).toString()}`, {
      headers: { 'hx-request': 'true' },
      signal: asked.signal,
    })
      .then((answer) => (answer.ok ? answer.text() : ''))
      .catch(() => '')
    if (typed() !== wanted || found === '') return
    const made = document.createElement('template')
    made.innerHTML = found
    const others = [...made.content.querySelectorAll('li')].filter(
      ({ dataset, role }) => !known.has(dataset.symbol) && (role === 'option' || known.size === 0),
    )
    show([...own, ...others])
  }
  const take = (option: HTMLElement | null | undefined) => {
    const symbol = option?.dataset.symbol
    if (symbol === undefined) return
    input.dataset.named = option!.querySelector('span')?.textContent ?? ''
    const replaced = 'whole' in option!.dataset ? piece() : word()
    input.value = hasMany ? input.value.slice(0, input.value.length - replaced.length) + symbol : symbol
    // others listen to what is typed
    for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, { bubbles: true }))
    close()
  }

  input.addEventListener('input', ({ isTrusted }) => {
    if (!isTrusted) return
    delete input.dataset.named
    void search()
  })
  input.addEventListener('keydown', (event) => {
    const isOpen = list.matches(':popover-open')
    if (event.key === 'ArrowDown' && !isOpen) void search()
    else if (event.key === 'ArrowDown') mark(active + 1)
    else if (event.key === 'ArrowUp' && isOpen) mark(active < 0 ? -1 : active - 1)
    else if (event.key === 'Enter' && isOpen && active >= 0) take(options()[active])
    else if (event.key === 'Escape' && isOpen) close()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  input.addEventListener('blur', close)
  addEventListener('scroll', close, { passive: true })
  // the field keeps the focus
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', ({ target }) =>
    take((target as Element).closest<HTMLElement>('[role=option]')),
  )
  // or typed while this file was on its way
  if (isTyped || input.value !== input.defaultValue) void search()
}

/** So many fields have a list. */
let lists = 0

type Own = { symbol: string; name: string; currency: string }

let own: Promise<Own[]> | undefined

/** The options for those of the portfolio's own tickers that begin so, or whose name has a word that does. */
async function ownLike(wanted: string): Promise<HTMLElement[]> {
  const { portfolio } = document.body.dataset
  if (portfolio === undefined) return []
  own ??= fetch(`/portfolios/${portfolio}/symbols.json`)
    .then((answer) => (answer.ok ? (answer.json() as Promise<Own[]>) : []))
    .catch(() => [])
  const start = wanted.toLowerCase()
  return (await own)
    .filter(({ symbol, name }) =>
      [symbol, ...name.split(/\W+/)].some((word) => word.toLowerCase().startsWith(start)),
    )
    .slice(0, 4)
    .map(({ symbol, name, currency }) => {
      const option = document.createElement('li')
      option.role = 'option'
      option.dataset.symbol = symbol
      for (const [tag, text] of [
        ['b', symbol],
        ['span', name],
        ['small', currency],
      ] as const)
        option.append(Object.assign(document.createElement(tag), { textContent: text }))
      return option
    })
}
