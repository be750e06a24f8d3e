import { type Faults, PortfolioForm, type Typed } from './portfolio-form.tsx'

type WelcomeProps = {
  /** Whether prices are invented. */
  demo: boolean
  /** That of the demo portfolio which this page may make. */
  demoId: string
}

/** The first run: nothing is here yet, and three ways lead out of it. */
export const Welcome = ({ demo, demoId }: WelcomeProps) => (
  <div class="page">
    <h1>How are you doing, and against what?</h1>
    <p class="lead">
      Yardstick keeps your trades, values them at today&rsquo;s prices and lays the same money, invested on
      the same days, in an index fund beside them.
    </p>
    {demo && (
      <p class="lead">
        This one runs on a <strong>demo market</strong>: prices are invented, so try whatever you like.
      </p>
    )}
    <section class="panel">
      <h2>Your first portfolio</h2>
      <PortfolioForm />
    </section>
    <section class="panel" aria-labelledby="demo-title">
      <h2 id="demo-title">Or look around first</h2>
      <form class="form" method="post" action="/portfolios/demo">
        <input type="hidden" name="id" value={demoId} />
        <p>
          {demo
            ? 'The demo is a portfolio of nine years of made-up trades at the demo market’s prices.'
            : 'The demo is a portfolio of a few made-up trades from 2018 to 2023, each at the real closing price of its day and valued at today’s.'}{' '}
          You can delete it in its settings.
        </p>
        <div class="actions">
          <button class="button">Look at the demo</button>
        </div>
      </form>
    </section>
  </div>
)

/** Also shown again with what was typed and, beside each refused field, why. */
export const NewPortfolio = ({ typed, faults }: { typed?: Typed; faults?: Faults }) => (
  <div class="page">
    <h1>New portfolio</h1>
    <section class="panel">
      <PortfolioForm typed={typed} faults={faults} />
    </section>
  </div>
)
