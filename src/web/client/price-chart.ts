import type { Mark, PriceSeries } from '../../metrics/price-series.ts'
import type * as format from '../format.ts'
import type * as drawer from './drawer.ts'
import type * as htmx from './htmx.ts'
import type { Marker } from './markers.ts'
import type * as plots from './plot.ts'
import type * as preferences from './preferences.ts'
import type * as revision from './revision.ts'
import type * as words from '../words/words.ts'

/** What every page has loaded: a module that this one shared with the rest would be a file of its own. */
type Loaded = Pick<typeof format, 'money' | 'price' | 'shares'> &
  Pick<typeof drawer, 'closeDrawer'> &
  Pick<typeof htmx, 'afterSwap'> &
  Pick<typeof plots, 'plot'> &
  Pick<typeof preferences, 'onAppearance'> &
  Pick<typeof revision, 'fetched'> &
  Pick<typeof words, 't'>

/** Draws the `figure[data-prices]` of an instrument's page: the line of its prices with the portfolio's trades. */
export function priceChart(loaded: Loaded): void {
  const { afterSwap, onAppearance } = loaded
  let drawn: { figure: HTMLElement; catchUp: () => void; repaint: () => void } | null = null
  const look = () => {
    const figure = document.querySelector<HTMLElement>('figure[data-prices]')
    if (figure && drawn?.figure === figure) drawn.catchUp()
    else drawn = figure && { figure, ...draw(figure, loaded) }
  }
  afterSwap(look)
  onAppearance(() => drawn?.repaint())
  look()
}

function draw(figure: HTMLElement, loaded: Loaded): { catchUp: () => void; repaint: () => void } {
  const { plot, fetched, closeDrawer, t } = loaded
  const picture = plot(figure)
  const cache = new Map<string, PriceSeries>()
  let version = figure.dataset.version
  let loads = 0
  let isDrawn = false

  const load = async () => {
    const source = figure.dataset.source!
    const number = ++loads
    try {
      const series = cache.get(source) ?? (await fetched<PriceSeries>(source))
      if (number !== loads) return
      cache.set(source, series)
      const line = { name: figure.dataset.name!, values: series.close }
      picture.show(series.days, [line], 'price', {
        markers: series.trades.map((each) => marker(each, loaded)),
      })
      isDrawn = true
    } catch (error) {
      // a drawn chart stays
      if (!isDrawn)
        picture.say(t('Couldn’t load the prices: {reason}.', { reason: (error as Error).message }))
    }
  }
  figure.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('[data-range]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    for (const other of figure.querySelectorAll('[data-range]')) other.removeAttribute('aria-current')
    link.setAttribute('aria-current', 'true')
    closeDrawer(figure, link.querySelector('span')!.textContent)
    const address = (from: string) => from.replace(/(\?range=).*/, `$1${link.dataset.range}`)
    figure.dataset.source = address(figure.dataset.source!)
    const part = figure.closest('[hx-get]')!
    part.setAttribute('hx-get', address(part.getAttribute('hx-get')!))
    history.replaceState(history.state, '', link.href)
    void load()
  })
  void load()
  return {
    catchUp() {
      if (figure.dataset.version === version) return
      version = figure.dataset.version
      cache.clear()
      void load()
    },
    repaint: () => picture.repaint(),
  }
}

function marker(
  { at, type, shares: count, price: each, amount, currency }: Mark,
  { money, price, shares }: Loaded,
): Marker {
  const words =
    type === 'dividend'
      ? `dividend ${money(amount, currency)}`
      : `${type === 'buy' ? 'bought' : 'sold'} ${shares(count)} at ${price(each, currency)}`
  return { at, type, words }
}
