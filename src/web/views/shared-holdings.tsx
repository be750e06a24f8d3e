import type { SharedView } from '../../snapshot/shared-view.ts'
import { money, percent } from '../format.ts'
import { t } from '../words/words.ts'
import { calledOf, day as byDay, Treemap } from './allocation.tsx'
import { Change, Lead } from './figure.tsx'

/** The largest holdings of a shared portfolio, as areas and in a table. */
export const SharedHoldings = ({
  view: { holdings, positions, currency, benchmarks },
}: {
  view: SharedView
}) => {
  const [benchmark] = benchmarks
  const changes = new Map(holdings.map((each) => [each.symbol, each.day]))
  const parts = holdings.flatMap(({ symbol, weight }) =>
    weight === null ? [] : [{ name: symbol, ratio: weight }],
  )
  return (
    <section class="panel shared-holdings" aria-labelledby="holdings-title">
      <header>
        <h2 id="holdings-title">
          {t('Holdings')} <span class="count">{positions}</span>
        </h2>
        <p class="aside">{t('Size: share of value. Color: change of the day.')}</p>
      </header>
      {parts.length > 0 && (
        <Treemap parts={parts} changeOf={(name) => changes.get(name) ?? null} mode={byDay} />
      )}
      <div class="scroll" tabindex={0} role="region" aria-labelledby="holdings-title">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{t('Holding')}</th>
              <th scope="col">{t('Weight')}</th>
              {currency !== null && (
                <th scope="col" class="value">
                  {t('Value')}
                </th>
              )}
              <th scope="col" class="day">
                {t('Day')}
              </th>
              <th scope="col">{t('Total return')}</th>
              {benchmark && <th scope="col">{t('vs {symbol}, pp', { symbol: benchmark.symbol })}</th>}
            </tr>
          </thead>
          <tbody>
            {holdings.slice(0, MOST_ROWS).map((each) => (
              <tr>
                <th scope="row">
                  <span class="symbol">{calledOf(each.symbol)}</span> <small>{each.name}</small>
                </th>
                <td>{percent(each.weight)}</td>
                {currency !== null && <td class="value">{money(each.value, currency)}</td>}
                <td class="day">
                  <Change ratio={each.day} />
                </td>
                <td>
                  <Change ratio={each.totalReturn} />
                </td>
                {benchmark && (
                  <td>
                    <Lead of={each.versus} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {holdings.length > MOST_ROWS && (
        <p class="aside">{t('And {n} smaller ones.', { n: holdings.length - MOST_ROWS })}</p>
      )}
    </section>
  )
}

/** So many rows are listed; nobody reads more of somebody else's. */
const MOST_ROWS = 50
