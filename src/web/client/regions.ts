import { request } from './htmx.ts'
import { rowsInUse } from './rows.ts'

/**
 * The parts of the page that the server can answer by themselves: each has an id, and its address with what the reader
 * has chosen in it as `data-region`.
 */
export function regions(): void {
  document.body.addEventListener('outdated', (event) => ask((event as CustomEvent<string[]>).detail))
}

/** Asks for the named parts again, as far as the page has them: all of them by one request. */
export function outdated(names: readonly string[]): void {
  document.body.dispatchEvent(new CustomEvent('outdated', { detail: names }))
}

/** By name, the address of what is to be asked for. */
const waiting = new Map<string, string>()
let isAsking = false

/** What becomes outdated while an answer is awaited is asked for after it, so that no answer overtakes another. */
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
    // the answer has what was chosen before it was asked for, which may be less than has been chosen since
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
  if (parts.has('holdings')) query.set('rows', String(rowsInUse()))
  return `/portfolios/${document.body.dataset.portfolio}/regions?${query.toString().replaceAll('%2C', ',')}`
}
