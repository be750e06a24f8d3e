import type { Snapshot } from '../../snapshot/snapshot.ts'
import { PortfolioList } from './portfolio-list.tsx'
import { t } from '../words/words.ts'

/** The portfolios of a group, in the group's currency and against its first benchmark. */
export const GroupParts = ({ snapshot: { portfolio, group } }: { snapshot: Snapshot }) => {
  if (!group) return null
  const [benchmark] = portfolio.benchmarks
  const currency = portfolio.base_currency
  const rows = group.portfolios.map(({ day_change, day_change_ratio, vs_money, reason, ...each }) => ({
    ...each,
    currency,
    change: day_change,
    ratio: day_change_ratio,
    gap: benchmark === undefined ? null : { benchmark, amount: vs_money[benchmark] ?? null },
    trouble: reason,
  }))
  return (
    <section class="panel group-parts" aria-labelledby="group-parts-title">
      <header>
        <h2 id="group-parts-title">
          {t('Portfolios')} <span class="count">{rows.length}</span>
        </h2>
        <a class="aside" href={`/groups/${portfolio.id}/settings`}>
          {t('Change this group')}
        </a>
      </header>
      {rows.length === 0 ? (
        <p class="aside">
          {t('This group has no portfolio that you may see.')}{' '}
          <a href={`/groups/${portfolio.id}/settings`}>{t('Choose some')}</a>.
        </p>
      ) : (
        <PortfolioList rows={rows} label={t('Portfolios of this group')} />
      )}
    </section>
  )
}
