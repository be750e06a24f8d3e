import { outdated } from './regions.ts'

/**
 * Sorts a region when a column head is clicked. The server sends the sorted region, as it sends the whole page for the
 * link of the head. The order stays in the address and in what the region requests when prices change.
 */
export function sorting(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('[data-sortable] thead a')
    const region = link?.closest<HTMLElement>('[data-region]')
    if (!link || !region || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    sort(region, new URL(link.href).searchParams)
  })
  // a phone shows a list of orders instead of the heads
  document.addEventListener('change', ({ target }) => {
    const form = (target as Element).closest<HTMLFormElement>('[data-sorting]')
    if (!form) return
    const region = form.closest<HTMLElement>('[data-region]')!
    sort(region, new URLSearchParams([...new FormData(form)] as [string, string][]))
  })
}

function sort(region: HTMLElement, requested: URLSearchParams): void {
  const address = new URL(location.href)
  address.searchParams.delete('dir')
  for (const [name, value] of requested) address.searchParams.set(name, value)
  history.replaceState(history.state, '', address)
  region.dataset.region = `${region.dataset.region!.split('?')[0]}?${requested.toString()}`
  outdated([region.id])
}
