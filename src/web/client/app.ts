// This import comes first, because the others read the locale while they load.
// oxlint-disable-next-line import/no-unassigned-import
import './locale.ts'
import { ageing } from './price-age.ts'
import { charts } from './charts.ts'
import { choices } from './choices.ts'
import { editing } from './editing.ts'
import { beforeRequest } from './htmx.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { notices } from './notice.ts'
import { popovers } from './popovers.ts'
import { preferences, printing } from './preferences.ts'
import { priceChart } from './price-chart.ts'
import { renaming } from './renaming.ts'
import { regions } from './regions.ts'
import { revisionHeaders } from './revision.ts'
import { rows } from './rows.ts'
import { swaps } from './swaps.ts'

beforeRequest((headers) => Object.assign(headers, revisionHeaders()))
regions()
choices()
editing()
swaps()
renaming()
charts()
priceChart()
preferences()
printing()
popovers()
rows()
keys()
notices()
ageing()
live()
// what only few pages need is loaded after the rest
document.addEventListener('dragenter', () => void import('./drop.ts').then((it) => it.drops()), {
  once: true,
})
if (document.querySelector('#add-transaction, form.entry'))
  void import('./entry-sum.ts').then((it) => it.entrySums())
for (const event of ['focusin', 'input'])
  document.addEventListener(event, ({ target }) => {
    if ((target as Element).matches('[data-ticker]:not([role])'))
      void import('./ticker-search.ts').then((it) =>
        it.offerTickers(target as HTMLInputElement, event === 'input'),
      )
  })
