import { type AlertKind, alertKinds } from '../../snapshot/alert.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { NoticeChannel } from '../../storage/notice-channels.ts'
import { asksOf, subjectsOf } from '../alert-form.ts'
import { price, sentence } from '../format.ts'
import { type Label, t, translated } from '../words/words.ts'
import { Field, marks } from './portfolio-form.tsx'
import { addressOf } from './portfolio-page.tsx'

/** The form that is shown, with what was typed and what is wrong with it; a null `kind` shows the list of kinds. */
export type AskedAlert = {
  kind: AlertKind | null
  subject: string
  level: string
  faults: Partial<Record<string, string>>
}

type NewProps = {
  snapshot: Snapshot
  asked: AskedAlert
  kind: AlertKind
  path: string
  channels: readonly NoticeChannel[]
}

/** The form of an alert of one kind. */
export const NewAlert = ({ snapshot, asked, kind, path, channels }: NewProps) => {
  const { subject, subjectIsOptional, level } = asksOf(kind)
  const { faults } = asked
  return (
    <form class="form" method="post" action={path}>
      <input type="hidden" name="kind" value={kind} />
      {faults.kind && <p class="fault">{sentence(translated(faults.kind))}</p>}
      {subject !== null && (
        <Field name="subject" label={t('Of')} fault={faults.subject && translated(faults.subject)}>
          <select id="subject" name="subject" {...marks('subject', faults.subject)}>
            {subjectIsOptional && <option value="">{t(everything[kind] ?? 'All holdings')}</option>}
            {subjectsOf(kind, snapshot).map((each) => (
              <option value={each} selected={each === asked.subject}>
                {optionOf(each, kind, snapshot)}
              </option>
            ))}
          </select>
        </Field>
      )}
      {level !== null && (
        <Field
          name="level"
          label={level === 'price' ? t('Price') : kind === 'drift' ? t('Percentage points') : t('Percent')}
          hint={t(hints[kind] ?? 'In the currency that it trades in. Splits move the line with them.')}
          fault={faults.level && translated(faults.level)}
        >
          <input
            id="level"
            name="level"
            value={asked.level}
            inputmode="decimal"
            required
            autocomplete="off"
            {...marks('level', faults.level)}
          />
        </Field>
      )}
      <ChannelChoice id="alert" {...{ channels }} chosen={null} fault={faults.channels} />
      <div class="actions">
        <button class="button primary">{t('Set alert')}</button>
        <a href={path}>{t('Something else')}</a>
      </div>
    </form>
  )
}

const everything: Partial<Record<AlertKind, Label>> = { drawdown: 'The whole portfolio' }

const hints: Partial<Record<AlertKind, Label>> = {
  drawdown: 'Of the whole portfolio by its TWR, of a holding from its highest close since you bought it.',
  weight_above: 'Of all your holdings that have a price.',
  drift: 'More or less than its target: 5 tells you at 65% and at 55% where 60% is the target.',
}

/** With its price of now, where that is what the alert is about. */
function optionOf(subject: string, kind: AlertKind, { holdings }: Snapshot): string {
  const row = asksOf(kind).level === 'price' ? holdings.find(({ symbol }) => symbol === subject) : undefined
  return row?.price == null ? subject : `${subject} · ${price(row.price, row.currency)}`
}

type ChoiceProps = {
  channels: readonly NoticeChannel[]
  id: string
  chosen: string[] | null
  fault?: string | undefined
}

/** By which channels one is told; with one channel there is nothing to choose. */
export const ChannelChoice = ({ id, channels, chosen, fault }: ChoiceProps) =>
  channels.length > 1 && (
    <fieldset class="choices" {...marks(`${id}-channels`, fault)}>
      <legend>{t('Tell me by')}</legend>
      <input type="hidden" name="chosen" value="1" />
      {channels.map((channel) => (
        <label>
          <input
            type="checkbox"
            name="channels"
            value={channel.id}
            checked={chosen === null || chosen.includes(channel.id)}
          />{' '}
          {channel.label}
        </label>
      ))}
      {fault && (
        <p class="fault" id={`${id}-channels-fault`}>
          {sentence(translated(fault))}
        </p>
      )}
    </fieldset>
  )

export const alertNames: Record<AlertKind, Label> = {
  price_below: 'A price falls below a line',
  price_above: 'A price rises above a line',
  drawdown: 'A fall from the peak',
  weight_above: 'A holding grows too large',
  drift: 'A part is off its target',
  gap_zero: 'The gap to a benchmark crosses zero',
  dividend_declared: 'A dividend is declared',
  dividend_cut: 'A dividend is cut',
  price_held: 'A price is held for review',
  source_down: 'No prices for a day',
}

/** What there is to be told of, each with its form behind it; the reason of what cannot be yet. */
export const AlertKinds = ({ snapshot, path }: { snapshot: Snapshot; path: string }) => (
  <ul class="exports">
    {(Object.keys(alertKinds) as AlertKind[]).map((kind) => (
      <li>
        {isPossible(kind, snapshot) ? (
          <a href={`${addressOf(path, { kind })}#new`}>{t(alertNames[kind])}</a>
        ) : (
          <>
            {t(alertNames[kind])} <small>{t(lacking[asksOf(kind).subject ?? 'holding'])}</small>
          </>
        )}
      </li>
    ))}
  </ul>
)

/** Why there can be no alert of a kind yet. */
const lacking: Record<NonNullable<ReturnType<typeof asksOf>['subject']>, Label> = {
  symbol: 'once the portfolio holds something',
  holding: 'once the portfolio holds something',
  benchmark: 'once the portfolio has a benchmark',
  target: 'once the portfolio has targets',
}

function isPossible(kind: AlertKind, snapshot: Snapshot): boolean {
  const { subject, subjectIsOptional } = asksOf(kind)
  return subject === null || subjectIsOptional === true || subjectsOf(kind, snapshot).length > 0
}
