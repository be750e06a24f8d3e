import { type Faults, PortfolioForm, type Typed } from './portfolio-form.tsx'

/** The first run: nothing is here yet, and one form leads out of it. */
export const Welcome = ({ demo }: { demo: boolean }) => (
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
