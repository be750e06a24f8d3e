import type { Factsheet } from '../../snapshot/factsheet.ts'
import { day, exact, sentence } from '../format.ts'
import { NewTickerField } from './new-ticker-field.tsx'
import { mayEdit } from './shown-to.ts'
import { t, translated } from '../words/words.ts'

type Props = {
  proposal: Factsheet['spin_off_proposals'][number]
  symbol: string
  source: string
  path: string
}

/** Asks what a split with the ratio of a spin-off was; either answer is booked by its button. */
export const SpinOffProposal = ({ proposal, symbol, source, path }: Props) => {
  const { day: date, numerator, denominator, cost_share: part } = proposal
  return (
    <section class="panel proposal" aria-label={t('Corporate action')}>
      <h2>{t('Was this a spin-off?')}</h2>
      <p class="aside">
        {sentence(
          t('{source} lists a split of {numerator} for {denominator} on {day}', {
            source: translated(source),
            numerator: exact(String(numerator)),
            denominator: exact(String(denominator)),
            day: day(date),
          }),
        )}{' '}
        {t(
          'Spin-offs are listed so: your shares of {symbol} stay as many, and shares of another company arrive. Until you say what it was, it counts as a split.',
          { symbol },
        )}
      </p>
      {mayEdit() && (
        <>
          <form method="post" action={`${path}/spin-off`} class="filter-form">
            <input type="hidden" name="day" value={date} />
            <NewTickerField name="new_symbol" />
            <label>
              <span>{t('Shares you received')}</span>
              <input name="shares" required size={10} inputmode="decimal" autocomplete="off" />
            </label>
            <label>
              <span>{t('Part of the cost')}</span>
              <input name="cost_share" value={part} size={8} inputmode="decimal" autocomplete="off" />
            </label>
            <button class="button primary">{t('Book the spin-off')}</button>
          </form>
          <form method="post" action={`${path}/split`}>
            <input type="hidden" name="day" value={date} />
            <button class="button">{t('It was a split')}</button>
          </form>
        </>
      )}
    </section>
  )
}
