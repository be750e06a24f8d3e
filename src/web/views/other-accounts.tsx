import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { exact } from '../format.ts'
import type { OtherAccount } from '../other-accounts.ts'
import { t, translated } from '../words/words.ts'

type Portfolio = { id: string; name: string }

/** Of a file with several accounts, where the rows of each go. */
export const Accounts = ({
  portfolio,
  list,
  preview: { accounts },
  others,
  said,
}: {
  portfolio: Portfolio
  list: readonly Portfolio[]
  preview: ImportPreview
  others: OtherAccount[]
  said: Readonly<Record<string, string>>
}) =>
  accounts.length < 2 ? null : (
    <fieldset class="asked" id="accounts">
      <legend>{t('This file has {n} accounts. Where does each go?', { n: accounts.length })}</legend>
      {accounts.map(({ name, rows }) => (
        <label class="field">
          <span>
            {name} <small>{rows === 1 ? t('1 row') : t('{n} rows', { n: exact(String(rows)) })}</small>
          </span>
          <select name={`account.${name}`} id={`account-${name}`}>
            <option value="">{t('This portfolio, {name}', { name: portfolio.name })}</option>
            <option value="new" selected={said[name] === 'new'}>
              {t('A new portfolio, “{name}”', { name })}
            </option>
            {list.map(
              (each) =>
                each.id !== portfolio.id && (
                  <option value={each.id} selected={said[name] === each.id}>
                    {each.name}
                  </option>
                ),
            )}
            <option value="none" selected={said[name] === 'none'}>
              {t('Leave its rows out')}
            </option>
          </select>
          {others.map((other) => other.accounts.includes(name) && <small>{becomes(other)}</small>)}
        </label>
      ))}
    </fieldset>
  )

/** `12 new, 3 already there, 1 rejected`; '' for a portfolio that is yet to be made. */
export function becomes({ problem, result }: OtherAccount): string {
  if (problem !== null || result === null) return problem === null ? '' : translated(problem)
  const { accepted, duplicates, rejected } = result
  return [
    t('{n} new', { n: exact(String(accepted)) }),
    ...(duplicates > 0 ? [t('{n} already there', { n: exact(String(duplicates)) })] : []),
    ...(rejected.length > 0 ? [t('{n} rejected', { n: exact(String(rejected.length)) })] : []),
  ].join(', ')
}

/** What the import has done with the accounts that went to other portfolios, each with the way to undo it. */
export const OtherAccounts = ({ others }: { others: OtherAccount[] }) =>
  others.length === 0 ? null : (
    <section class="panel" id="others">
      <h2>{t('Other accounts of the file')}</h2>
      <ul>
        {others.map((other) => {
          const { accounts, portfolio, result } = other
          return (
            <li>
              {portfolio ? <a href={`/portfolios/${portfolio.id}`}>{portfolio.name}</a> : accounts.join(', ')}
              : {becomes(other)}
              {portfolio && result && result.accepted > 0 && (
                <>
                  {' · '}
                  <a href={`/portfolios/${portfolio.id}/imports/${result.import_id}`}>
                    {t('Undo this import…')}
                  </a>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
