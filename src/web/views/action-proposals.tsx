import type { Child } from 'hono/jsx'
import type { ProposedAction, ProposedActions } from '../../snapshot/proposed-actions.ts'
import { day, exact, price, sentence, shares } from '../format.ts'
import { NewTickerField } from './new-ticker-field.tsx'
import { mayEdit } from './shown-to.ts'
import { t, translated } from '../words/words.ts'

type Props = { actions: ProposedActions; currency: string; source: string; path: string }

/** Asks what became of a company's shares. Nothing is booked before it is answered. */
export const ActionProposals = ({ actions: { proposals, dismissed }, currency, source, path }: Props) => (
  <>
    {proposals.map((proposal) => (
      <section class="panel proposal" id={`proposal-${proposal.kind}`} aria-label={t('Corporate action')}>
        <h2>{heading(proposal)}</h2>
        <p class="aside">{said(proposal, source, currency)}</p>
        {mayEdit() && forms[proposal.kind]({ proposal, path })}
      </section>
    ))}
    {dismissed.map((proposal) => (
      <div class="aside dismissed">
        {t('Dismissed: {question}', { question: heading(proposal) })}{' '}
        {mayEdit() && (
          <Answer proposal={proposal} answer="restored" path={path} says={t('Ask again')} isSmall />
        )}
      </div>
    ))}
  </>
)

function heading({ kind, symbol, new_symbol: ticker }: ProposedAction): string {
  if (kind === 'spin_off') return t('Was this a spin-off?')
  if (kind === 'renamed') return t('Is {symbol} now {ticker}?', { symbol, ticker: ticker! })
  return t('What became of {symbol}?', { symbol })
}

function said(proposal: ProposedAction, source: string, currency: string): string {
  const { kind, symbol, ratio, day: date, new_symbol: ticker } = proposal
  const last = { symbol, shares: shares(proposal.shares), price: price(proposal.price, currency) }
  if (kind === 'spin_off') {
    const [numerator, denominator] = ratio!.split(':') as [string, string]
    const listed = t('{source} lists a split of {numerator} for {denominator} on {day}', {
      source: translated(source),
      numerator: exact(numerator),
      denominator: exact(denominator),
      day: day(date!),
    })
    return `${sentence(listed)} ${t(
      'Spin-offs are listed so: the shares of {symbol} stay as many, and shares of another company arrive. Until somebody says what it was, it counts as a split.',
      { symbol },
    )}`
  }
  if (kind === 'renamed') {
    const answers = t(
      '{source} answers with {ticker} when it is asked for {symbol}. Until that is decided, the {shares} shares keep the last stored price, {price}.',
      { ...last, source: translated(source), ticker: ticker! },
    )
    return sentence(answers)
  }
  return t(
    '{symbol} has had no price since {day}. Until that is answered, the {shares} shares count at the last one, {price}.',
    { ...last, day: day(date!) },
  )
}

type FormProps = { proposal: ProposedAction; path: string }

const forms: Record<ProposedAction['kind'], (props: FormProps) => Child> = {
  spin_off: (props) => (
    <>
      <Answer {...props} answer="spin_off" says={t('Book the spin-off')} isFirst>
        <NewTickerField name="new_symbol" />
        <Field name="shares" label={t('Shares you received')} required />
        <Field name="cost_share" label={t('Part of the cost')} value={props.proposal.cost_share!} />
      </Answer>
      <Answer {...props} answer="split" says={t('It was a split')} />
    </>
  ),
  renamed: (props) => (
    <>
      <Answer
        {...props}
        answer="renamed"
        says={t('{symbol} is now {ticker}', {
          symbol: props.proposal.symbol,
          ticker: props.proposal.new_symbol!,
        })}
        isFirst
      />
      <Ended {...props} />
    </>
  ),
  ended: (props) => (
    <>
      <p class="aside">
        <a href="#rename-ticker">{t('It has another ticker')}</a>
      </p>
      <Ended {...props} />
    </>
  ),
}

/** What may become of shares that nobody quotes any more. */
const Ended = (props: FormProps) => (
  <>
    <details>
      <summary>{t('It was exchanged for other shares, in a merger')}</summary>
      <Answer {...props} answer="exchange" says={t('Book the exchange')}>
        <DateField of={props.proposal} />
        <NewTickerField name="new_symbol" />
        <Field name="ratio" label={t('New shares for one old')} required />
        <Field name="amount" label={t('Cash you received (optional)')} />
        <Field name="shares" label={t('Shares you received (optional)')} />
      </Answer>
    </details>
    <details>
      <summary>{t('It was paid out in cash')}</summary>
      <Answer {...props} answer="sale" says={t('Book the payout')}>
        <DateField of={props.proposal} />
        <Field name="shares" label={t('Shares paid out')} value={props.proposal.shares} />
        <Field name="price" label={t('Cash for one share')} value={props.proposal.price ?? ''} required />
      </Answer>
    </details>
    <Answer {...props} answer="dismissed" says={t('Leave it as it is')} isSmall />
  </>
)

const DateField = ({ of }: { of: ProposedAction }) => (
  <label>
    <span>{t('Date of it')}</span>
    <input type="date" name="date" value={of.day ?? ''} required />
  </label>
)

type FieldProps = { name: string; label: string; value?: string; required?: true }

const Field = ({ name, label, value, required }: FieldProps) => (
  <label>
    <span>{label}</span>
    <input name={name} value={value} required={required} size={10} inputmode="decimal" autocomplete="off" />
  </label>
)

type AnswerProps = {
  proposal: ProposedAction
  answer: string
  path: string
  says: string
  isFirst?: boolean
  isSmall?: boolean
  children?: Child
}

const figured = /^(spin_off|renamed|exchange|sale)$/

/** One answer, booked by its button; what it would do to the figures is shown by the other one. */
const Answer = ({ proposal, answer, path, says, isFirst, isSmall, children }: AnswerProps) => (
  <form method="post" action={`${path}/proposals`} class="filter-form">
    <input type="hidden" name="proposal" value={proposal.id} />
    <input type="hidden" name="answer" value={answer} />
    {children}
    {figured.test(answer) && (
      <button class="button" formmethod="get" formaction={`${path}/proposals`}>
        {t('Show the figures after')}
      </button>
    )}
    <button class={`button${isFirst ? ' primary' : ''}${isSmall ? ' small' : ''}`}>{says}</button>
  </form>
)
