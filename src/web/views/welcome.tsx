import { type Faults, PortfolioForm, type Typed } from './portfolio-form.tsx'
import type { Props as Asked } from './ticker-question.tsx'
import { parts, t } from '../words/words.ts'

type WelcomeProps = {
  /** True when prices are made up. */
  demo: boolean
  /** The id for the demo portfolio that this page may make. */
  demoId: string
  /** The id for the portfolio that its form may make. */
  ownId: string
}

/** The first page, while there is no portfolio: three ways to get one. */
export const Welcome = ({ demo, demoId, ownId }: WelcomeProps) => (
  <div class="page">
    <h1>{t('How are you doing, and against what?')}</h1>
    <p class="lead">
      {t(
        'Yardstick keeps your trades, values them at today’s prices and shows what the same money, invested on the same days, would be worth in an index fund.',
      )}
    </p>
    {demo && (
      <p class="lead">
        {parts('This is the {market}: prices are made up, so try anything.', {
          market: <strong>{t('demo market')}</strong>,
        })}
      </p>
    )}
    <section class="panel">
      <h2>{t('Your first portfolio')}</h2>
      <PortfolioForm typed={{ id: ownId }} />
    </section>
    <section class="panel" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('Or explore a demo first')}</h2>
      <form class="form" method="post" action="/portfolios/demo">
        <input type="hidden" name="id" value={demoId} />
        <p>
          {demo
            ? t('The demo portfolio has nine years of made-up trades at demo market prices.')
            : t(
                'The demo portfolio has a few made-up trades from 2018 to 2023, at the real closing prices of those days.',
              )}{' '}
          {t('You can delete it any time in Settings.')}
        </p>
        <div class="actions">
          <button class="button">{t('Explore the demo')}</button>
        </div>
      </form>
    </section>
  </div>
)

/** Also shown after a refusal, with what was typed and a reason beside each refused field. */
type NewProps = { typed?: Typed; faults?: Faults; ticker?: Asked }

export const NewPortfolio = ({ typed, faults, ticker }: NewProps) => (
  <div class="page">
    <h1>{t('New portfolio')}</h1>
    <section class="panel">
      <PortfolioForm typed={typed} faults={faults} ticker={ticker} />
    </section>
  </div>
)
