import { afterSwap } from './htmx.ts'
import { outdated } from './regions.ts'

/**
 * Shows a region as the reader chooses by a link in it: sorted by another column, of another period. The server sends
 * that region, as it sends the whole page for the link. The choice stays in the address and in what the region requests
 * when prices change.
 */
export function choices(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(
      '[data-sortable] thead a, [data-choices] a',
    )
    const region = link?.closest<HTMLElement>('[data-region]')
    if (!link || !region || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    choose(region, new URL(link.href).searchParams)
  })
  // a phone shows a list of orders instead of the heads
  document.addEventListener('change', ({ target }) => {
    const form = (target as Element).closest<HTMLFormElement>('[data-sorting]')
    if (!form) return
    const region = form.closest<HTMLElement>('[data-region]')!
    choose(region, new URLSearchParams([...new FormData(form)] as [string, string][]))
  })
  // what a region leaves out until the reader comes to it, without a word in the address
  const revealed = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      const region = target.closest<HTMLElement>('[data-region]')
      if (isIntersecting && region) show(region, [[(target as HTMLElement).dataset.revealed!, 'shown']])
    }
  })
  const look = () => {
    for (const link of document.querySelectorAll('[data-revealed]')) revealed.observe(link)
  }
  afterSwap(look)
  look()
}

function choose(region: HTMLElement, chosen: URLSearchParams): void {
  const address = new URL(location.href)
  set(address, chosen)
  history.replaceState(history.state, '', address)
  show(region, chosen)
}

function show(region: HTMLElement, chosen: Iterable<[string, string]>): void {
  const address = new URL(region.dataset.region!, location.href)
  set(address, chosen)
  region.dataset.region = address.pathname + address.search
  outdated([region.id])
}

/** A rising order is said, a falling one is not. */
function set({ searchParams }: URL, chosen: Iterable<[string, string]>): void {
  for (const [name, value] of chosen) {
    if (name === 'sort') searchParams.delete('dir')
    searchParams.set(name, value)
  }
}
