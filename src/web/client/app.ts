// This import comes first, because the others read the locale while they load.
// oxlint-disable-next-line import/no-unassigned-import
import './locale.ts'
import { money, price, shares } from '../format.ts'
import { ageing } from './price-age.ts'
import { charts } from './charts.ts'
import { choices } from './choices.ts'
import { closeDrawer } from './drawer.ts'
import { afterSwap, beforeRequest, beforeSwap } from './htmx.ts'
import { keeping } from './keeping.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { notices } from './notice.ts'
import { popovers } from './popovers.ts'
import { plot } from './plot.ts'
import { onAppearance, preferences, printing } from './preferences.ts'
import { renaming } from './renaming.ts'
import { regions } from './regions.ts'
import { fetched, revisionHeaders } from './revision.ts'
import { rows } from './rows.ts'
import { swaps } from './swaps.ts'
import { t } from '../words/words.ts'

beforeRequest((headers) => Object.assign(headers, revisionHeaders()))
regions()
choices()
swaps()
renaming()
charts()
preferences()
printing()
popovers()
rows()
keys()
notices()
ageing()
live()
keeping()
// what only few pages need is loaded after the rest
document.addEventListener('dragenter', () => void import('./drop.ts'), { once: true })
for (const name of ['dragover', 'dragleave', 'drop'] as const)
  document.addEventListener(name, (event) => {
    const files = event.dataTransfer?.types.includes('Files') && event.dataTransfer.files
    if (!files || !document.querySelector('[data-drop], .pages a[href$="/imports"]')) return
    // at once, since the script may still be on its way, and the browser would open the file
    event.preventDefault()
    void import('./drop.ts').then((it) =>
      name === 'drop' ? it.dropped(files) : it.dragged(name === 'dragover' || event.relatedTarget !== null),
    )
  })
if (document.querySelector('[data-prices]'))
  void import('./price-chart.ts').then((it) =>
    it.priceChart({ afterSwap, closeDrawer, fetched, money, onAppearance, plot, price, shares, t }),
  )
if (document.querySelector('[data-rolling]'))
  void import('./rolling-chart.ts').then((it) =>
    it.rollingChart({ afterSwap, fetched, onAppearance, plot, t }),
  )
if (document.querySelector('#transactions, [autofocus]'))
  void import('./editing.ts').then((it) => it.editing({ beforeSwap, afterSwap }))
if (document.querySelector('#add-transaction, form.entry'))
  void import('./entry-sum.ts').then((it) => it.entrySums())
const browser = document.querySelector<HTMLElement>('[data-push]')
if (browser) void import('./pushing.ts').then((it) => it.pushing(browser, t))
for (const event of ['focusin', 'input'])
  document.addEventListener(event, ({ target }) => {
    if ((target as Element).matches('[data-ticker]:not([role])'))
      void import('./ticker-search.ts').then((it) =>
        it.offerTickers(target as HTMLInputElement, event === 'input', t),
      )
  })
