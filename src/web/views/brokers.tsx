import type { Broker } from '../../brokers/broker.ts'
import type { BrokerConnection } from '../../storage/broker-connections.ts'
import type { BrokerStatement } from '../../storage/broker-statements.ts'
import { when } from '../format.ts'
import { Field, marks } from './portfolio-form.tsx'
import { t, translated } from '../words/words.ts'

/** What was refused of a form, by field, which broker it is about, and what was typed as the query. */
export type BrokerFaults = { broker?: string; token?: string; query?: string; typed?: string | undefined }

type Listed = Pick<Broker, 'id' | 'name' | 'steps' | 'secret' | 'token' | 'query'>
type Props = {
  portfolio: { id: string; name: string }
  brokers: readonly Listed[]
  connections: BrokerConnection[]
  statements: BrokerStatement[]
  /** Only the owner connects and disconnects; editors look at what came in. */
  isOwner: boolean
  faults: BrokerFaults
  now: number
}

/** Where statements come in by themselves: the connections of a portfolio with brokers, and what these have sent. */
export const Brokers = ({ portfolio, brokers, connections, statements, isOwner, faults, now }: Props) => {
  const path = `/portfolios/${portfolio.id}/brokers`
  return (
    <div class="page">
      <h1>{t('Statements for {name}', { name: portfolio.name })}</h1>
      <p class="lead">
        {t(
          'A connected broker is asked for a statement each evening after the close. New rows are imported automatically; rows you already have are skipped, and those that resemble one of yours wait for your answer.',
        )}
      </p>
      {brokers.map((broker) => (
        <section class="panel" aria-labelledby={`${broker.id}-title`}>
          <h2 id={`${broker.id}-title`}>{broker.name}</h2>
          <Connection
            {...{ path, broker, isOwner, now }}
            connection={connections.find((each) => each.broker === broker.id)}
            faults={faults.broker === broker.id ? faults : {}}
          />
        </section>
      ))}
      {statements.length > 0 && (
        <Statements {...{ path, statements, now }} imports={`/portfolios/${portfolio.id}/imports`} />
      )}
      <div class="actions">
        <a href={`/portfolios/${portfolio.id}/imports`}>{t('Import a file instead')}</a>
      </div>
    </div>
  )
}

type ConnectionProps = Pick<Props, 'isOwner' | 'faults' | 'now'> & {
  path: string
  broker: Listed
  connection: BrokerConnection | undefined
}

const Connection = ({ path, broker, connection, isOwner, faults, now }: ConnectionProps) => (
  <>
    {connection && (
      <ul class="people">
        <li>
          <span>
            {t('Connected {at}, {label} {query}', {
              at: when(connection.createdAt, now),
              label: translated(broker.query.label),
              query: connection.query,
            })}{' '}
            <small>
              {connection.askedAt === null
                ? t('The first statement is on its way.')
                : t('Last asked {at}: {outcome}', {
                    at: when(connection.askedAt, now),
                    outcome: translated(connection.outcome ?? ''),
                  })}
            </small>
          </span>
          <form method="post" action={`${path}/${broker.id}/fetch`}>
            <button class="button">{t('Fetch now')}</button>
          </form>
          {isOwner && (
            <form method="post" action={`${path}/${broker.id}/disconnect`}>
              <button class="button">{t('Disconnect')}</button>
            </form>
          )}
        </li>
      </ul>
    )}
    {isOwner ? (
      <details open={connection === undefined || faults.broker !== undefined}>
        <summary>{connection ? t('Enter it anew') : t('Connect')}</summary>
        <ol class="aside">
          {broker.steps.map((step) => (
            <li>{translated(step)}</li>
          ))}
        </ol>
        <form class="form" method="post" action={`${path}/${broker.id}`}>
          {(['token', 'query'] as const).map((field) => (
            <Field
              name={`${broker.id}-${field}`}
              label={translated(broker[field].label)}
              fault={faults[field]}
            >
              <input
                id={`${broker.id}-${field}`}
                name={field}
                required
                autocomplete="off"
                spellcheck={false}
                value={field === 'query' ? faults.typed : undefined}
                {...marks(`${broker.id}-${field}`, faults[field])}
              />
            </Field>
          ))}
          <p class="aside">{translated(broker.secret)}</p>
          <div class="actions">
            <button class="button primary">{t('Connect')}</button>
          </div>
        </form>
      </details>
    ) : (
      !connection && <p class="aside">{t('Not connected. The portfolio’s owner can connect it.')}</p>
    )}
  </>
)

type StatementsProps = Pick<Props, 'statements' | 'now'> & { path: string; imports: string }

const Statements = ({ path, imports, statements, now }: StatementsProps) => (
  <section class="panel" aria-labelledby="statements-title">
    <h2 id="statements-title">{t('Statements')}</h2>
    <ul class="people">
      {statements.map(({ id, receivedAt, outcome, isOpen }) => (
        <li>
          <span>
            <a href={`${path}/statements/${id}`} download>
              {when(receivedAt, now)}
            </a>{' '}
            <small>{outcome && translated(outcome)}</small>
          </span>
          <form method="post" action={imports} enctype="multipart/form-data">
            <input type="hidden" name="preview" value="1" />
            <input type="hidden" name="statement" value={id} />
            <button class="button">{t('Show rows')}</button>
          </form>
          {isOpen && (
            <form method="post" action={`${path}/statements/${id}/settle`}>
              <button class="button">{t('Done')}</button>
            </form>
          )}
        </li>
      ))}
    </ul>
  </section>
)
