import { charts } from './charts.ts'
import { editing } from './editing.ts'
import { beforeRequest } from './htmx.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { notices } from './notice.ts'
import { priceChart } from './price-chart.ts'
import { preferences } from './preferences.ts'
import { revisionHeaders } from './revision.ts'
import { sorting } from './sorting.ts'
import { swaps } from './swaps.ts'

beforeRequest((headers) => Object.assign(headers, revisionHeaders()))
sorting()
editing()
swaps()
charts()
priceChart()
preferences()
keys()
notices()
live()
