import { hoursOf, marketState } from '../../market/hours/trading-hours.ts'
import type { Factsheet } from '../../snapshot/factsheet.ts'
import type { Range } from '../../metrics/range.ts'
import { tradingOf } from '../../snapshot/quote-age.ts'
import { day, shortPercent } from '../format.ts'
import { ranges } from '../chart-range.ts'
import { Plot } from './chart.tsx'
import type { Clock } from '../clock.ts'
import { Drawer } from './drawer.tsx'
import { t } from '../words/words.ts'

/** The chart without its line, which the browser draws from the data that `data-source` answers. */
export const Prices = ({ path, sheet, range, revision, clock }: PricesProps) => (
  <section class="panel chart" id="prices" aria-label={t('Price chart')}>
    <figure
      data-prices
      data-source={`${path}/prices.json?range=${range}`}
      data-version={revision}
      data-currency={sheet.currency}
      data-name={sheet.symbol}
      data-market={marketState(hoursOf(tradingOf(sheet)), clock.now).phase}
    >
      <figcaption>
        <h2>{t('Price, {currency}', { currency: sheet.currency })}</h2>
        <Drawer id="price-range" label={t('Range')} opener={t(ranges[range])}>
          <nav class="ranges changes" aria-label={t('Range')}>
            {(Object.keys(ranges) as Range[]).map((key) => (
              <a
                href={`${path}?range=${key}`}
                data-range={key}
                aria-current={key === range ? 'true' : undefined}
                aria-label={`${t(ranges[key])} ${shortPercent(sheet.changes[key])}`}
              >
                <span>{t(ranges[key])}</span>{' '}
                <small>{sheet.changes[key] === null ? '' : shortPercent(sheet.changes[key])}</small>
              </a>
            ))}
          </nav>
        </Drawer>
      </figcaption>
      <div class="readout needs-script" data-readout hx-morph-skip="true"></div>
      <Plot />
      <noscript>
        <p class="aside">{t('The chart needs JavaScript. Returns for each range are shown above.')}</p>
      </noscript>
      <p class="aside legend">
        {sheet.since !== null &&
          `${t('Closes since {day}, in today’s share units.', { day: day(sheet.since) })} `}
        {legend
          .filter(({ type }) => sheet.transactions.some((each) => each.type === type))
          .map(({ type, name }) => (
            <>
              <span class={`marker-${type}`}>{symbols[type]}</span> {t(name)}{' '}
            </>
          ))}
      </p>
    </figure>
  </section>
)

type PricesProps = { path: string; sheet: Factsheet; range: Range; revision: number; clock: Clock }

/** The kinds of marks; only those that are drawn are explained. */
const legend = [
  { type: 'buy', name: 'bought' },
  { type: 'sell', name: 'sold' },
  { type: 'dividend', name: 'dividend' },
] as const

const symbols = { buy: '▲', sell: '▼', dividend: '●' }
