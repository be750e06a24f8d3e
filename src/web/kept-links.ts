import type { Look } from '../snapshot/snapshot.ts'
import { showsLooks } from './look.ts'
import { isTimeless } from './past-day.ts'

/** What a page is about besides what is saved: a past day, and what is looked at. */
export type Kept = { as_of: string | null; vs: string | null; what_if: string | null }

export function keptOf(asOf: string | null, look: Look | null): Kept | null {
  return asOf === null && look === null
    ? null
    : { as_of: asOf, vs: look?.vs ?? null, what_if: look?.whatIf ?? null }
}

/** Makes the links, forms and regions of a page lead to others about the same. A look is kept where it is shown. */
export function keptLinks(kept: Kept, portfolio: string, page: Response): Response {
  const home = `/portfolios/${portfolio}`
  const about = (address: string, leaves = ''): [string, string][] => {
    const [, named = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(address) ?? []
    // the order of the holdings is asked of the dashboard that they are on
    const path = named === '' && query !== '' ? home : named
    const given = new URLSearchParams(query)
    if (path !== home && !path.startsWith(`${home}/`)) {
      // a group leads to its portfolios, and the menu to all: as of the same day
      const [, other] = ANOTHER.exec(path) ?? []
      const keeps = other !== undefined && kept.as_of !== null && !given.has('as_of') && !isTimeless(other)
      return keeps ? [['as_of', kept.as_of!]] : []
    }
    const rest = path.slice(home.length)
    return (['as_of', 'vs', 'what_if'] as const).flatMap((name): [string, string][] => {
      const value = kept[name]
      if (value === null || given.has(name) || name === leaves) return []
      if (name === 'as_of') return isTimeless(rest) ? [] : [[name, value]]
      return showsLooks(path, name) && !(name === 'vs' && given.has('benchmark')) ? [[name, value]] : []
    })
  }
  const added = (address: string, leaves: string | null) => {
    const [, before = '', hash = ''] = /^([^#]*)(#.*)?$/.exec(address) ?? []
    const more = new URLSearchParams(about(address, leaves ?? '')).toString()
    return more === '' ? address : `${before}${before.includes('?') ? '&' : '?'}${more}${hash}`
  }
  const keep = (name: string): HTMLRewriterElementContentHandlers => ({
    element(element) {
      // the rewriter reads and writes attributes as they stand in the markup
      const address = element.getAttribute(name)?.replaceAll('&amp;', '&') ?? ''
      if (address === '') return
      element.setAttribute(name, escaped(added(address, element.getAttribute('data-leaves'))))
    },
  })
  return (
    new HTMLRewriter()
      .on('a[href]', keep('href'))
      .on('[hx-get]', keep('hx-get'))
      .on('[hx-post]', keep('hx-post'))
      // an edit of a transaction leads back to the list
      .on('form[method=post][action*="/transactions"]', keep('action'))
      .on('[data-region]', keep('data-region'))
      .on('[data-source]', keep('data-source'))
      // a form without an action asks for the page that it is on
      .on('form:not([method=post])', {
        element(form) {
          const fields = about(form.getAttribute('action') ?? home, form.getAttribute('data-leaves') ?? '')
          for (const [name, value] of fields)
            form.append(`<input type="hidden" name="${name}" value="${escaped(value)}">`, { html: true })
        },
      })
      .transform(page)
  )
}

const ANOTHER = /^\/portfolios\/[0-9a-f-]{36}(.*)$/

/** The spelling of a benchmark has no mark that an attribute could not have, but for `&`. */
function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}
