import { Mark } from './mark.tsx'
import { t, translated } from '../words/words.ts'

/** Something else that can be looked at, at its address. */
export type OtherLook = { href: string; name: string; spelling: string }

type Props = {
  title: string
  detail: string
  portfolio: string
  others: readonly OtherLook[]
  /** The address that shows the look once its prices are here; absent when they do not come. */
  again: string | undefined
}

/** Why a look cannot be shown yet, or at all, and what can be. */
export const RefusedLook = ({ title, detail, portfolio, others, again }: Props) => (
  <div class="page problem">
    <Mark />
    <h1>{translated(title)}</h1>
    <p class="lead" role="status">
      {translated(detail)}
      {again !== undefined && ` ${t('This page then shows them by itself.')}`}
    </p>
    {others.length > 0 && (
      <>
        <p>{t('Did you mean one of these?')}</p>
        <ul class="exports" aria-label={t('Did you mean')}>
          {others.map(({ href, name, spelling }) => (
            <li>
              <a href={href}>
                {name} <span class="symbol">{spelling}</span>
              </a>
            </li>
          ))}
        </ul>
      </>
    )}
    <p class="actions">
      {again !== undefined && (
        <a class="button" href={again}>
          {t('Look again')}
        </a>
      )}
      <a class="button primary" href={`/portfolios/${portfolio}`}>
        {t('Back to the portfolio')}
      </a>
      <a class="button" href={`/portfolios/${portfolio}/compare`}>
        {t('Compare with something else')}
      </a>
    </p>
  </div>
)
