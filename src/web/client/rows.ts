import { afterSwap } from './htmx.ts'

/**
 * Makes a table one stop of the Tab key. Within it the arrow keys move between rows, and Home and End move to the first
 * and the last. A click anywhere in a row follows its link.
 */
export function rows(): void {
  document.addEventListener('keydown', (event) => {
    const link = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || !link.matches?.(LINK)) return
    const links = [...link.closest('tbody')!.querySelectorAll<HTMLElement>('th a')]
    const at = links.indexOf(link)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    links[next]?.focus()
  })
  document.addEventListener('focusin', ({ target }) => {
    if ((target as Element).matches(LINK)) rove((target as Element).closest('table')!, target as Element)
  })
  document.addEventListener('click', (event) => {
    const cell = event.target as Element
    if (event.defaultPrevented || cell.closest('a, button, summary, form') || getSelection()?.toString())
      return
    const row = cell.closest('tbody tr')
    // on a phone the edit link is hidden, so a tap on the row follows it
    const pen = row?.querySelector<HTMLElement>('.tool')
    const link = row?.closest('[data-sortable]')
      ? row.querySelector<HTMLElement>('th a')
      : pen?.checkVisibility() === false
        ? pen
        : null
    // the click keeps its modifiers, so that a row opens in a new tab as its link would
    link?.dispatchEvent(new MouseEvent('click', event))
  })
  const all = () => {
    for (const table of document.querySelectorAll<HTMLTableElement>('[data-sortable]')) {
      rove(table, table.contains(document.activeElement) ? document.activeElement : null)
    }
  }
  afterSwap(all)
  all()
}

/** The page keeps this many rows below those in sight, so that scrolling does not wait for them. */
const AHEAD = 24

/**
 * Counts the rows of the holdings that the reader has scrolled to. The rows below need not follow a change, because they
 * are requested again when the reader reaches them.
 */
export function rowsInUse(): number {
  const rows = document.querySelectorAll('#holdings [data-sortable] > tbody > [id]')
  let [seen, unseen] = [0, rows.length]
  while (seen < unseen) {
    const middle = (seen + unseen) >> 1
    if (rows[middle]!.getBoundingClientRect().top < innerHeight) seen = middle + 1
    else unseen = middle
  }
  return Math.min(seen + AHEAD, rows.length)
}

const LINK = '[data-sortable] tbody th a'

function rove(table: HTMLTableElement, active: Element | null): void {
  const links = [...table.querySelectorAll<HTMLElement>('tbody th a')]
  const stop = links.find((link) => link === active) ?? links[0]
  for (const link of links) {
    const index = link === stop ? '0' : '-1'
    if (link.getAttribute('tabindex') !== index) link.setAttribute('tabindex', index)
  }
}
