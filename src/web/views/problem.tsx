import { Mark } from './mark.tsx'
import { english, t, translated } from '../words/words.ts'

type ProblemProps = {
  status: number
  title: string
  detail?: string | undefined
  /** The reader's portfolios, as a way on. */
  portfolios?: { id: string; name: string }[]
  /** The first button, where the home page is no way on. */
  way?: { href: string; words: string } | undefined
}

/** The one template for every page that is not the requested one: a sentence about what went wrong, and ways on. */
export const Problem = ({ status, title, detail, portfolios = [], way = home }: ProblemProps) => (
  <div class="page problem">
    <Mark />
    <h1>{translated(title)}</h1>
    {detail && <p class="lead">{translated(detail)}</p>}
    {portfolios.length > 0 && (
      <ul class="exports" aria-label={t('Portfolios')}>
        {portfolios.slice(0, 10).map(({ id, name }) => (
          <li>
            <a href={`/portfolios/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    )}
    <p class="actions">
      <a class="button primary" href={way.href}>
        {translated(way.words)}
      </a>
      <button type="button" class="button needs-script" data-do="palette">
        {t('Search')}
      </button>
    </p>
    <p class="aside">{t('Error {status}', { status })}</p>
  </div>
)

const home = { href: '/', words: english('Go to the home page') }
