import { request } from './htmx.ts'
import { rowsInUse } from './rows.ts'

/**
 * Requests regions of the page when they are outdated. The server can send each by itself: a region has an id, and in
 * `data-region` its address, which contains what the reader has chosen.
 */
export function regions(): void {
  document.body.addEventListener('outdated', (event) => ask((event as CustomEvent<string[]>).detail))
}

/** Requests the named regions again, those that the page has, all in one request. */
export function outdated(names: readonly string[]): void {
  document.body.dispatchEvent(new CustomEvent('outdated', { detail: names }))
}

/** The addresses of the regions to request, by name. */
const waiting = new Map<string, string>()
let isAsking = false

/** Regions that change during a request wait for its response, so that no response overtakes another. */
async function ask(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const address = part(name)?.dataset.region
    if (address !== undefined) waiting.set(name, address)
  }
  if (isAsking) return
  isAsking = true
  while (waiting.size > 0) {
    const address = joint(waiting)
    waiting.clear()
    await request(address)
    // the reader may have chosen more since the request was sent; the response does not have that yet
    for (const [name, chosen] of waiting) part(name)?.setAttribute('data-region', chosen)
  }
  isAsking = false
}

function part(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`#${name}[data-region]`)
}

function joint(parts: ReadonlyMap<string, string>): string {
  const query = new URLSearchParams({ of: [...parts.keys()].join(',') })
  for (const address of parts.values()) {
    for (const [name, value] of new URL(address, location.href).searchParams) query.set(name, value)
  }
  // the day that is pinned now, whatever day the regions are about
  const { past } = document.body.dataset
  if (past === undefined) query.delete('as_of')
  else query.set('as_of', past)
  if (parts.has('holdings')) query.set('rows', String(rowsInUse()))
  return `/portfolios/${document.body.dataset.portfolio}/regions?${query.toString().replaceAll('%2C', ',')}`
}
