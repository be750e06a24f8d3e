import type { Channel } from '../../notices/channel.ts'
import { parts, t, translated } from '../words/words.ts'
import { Field, marks } from './portfolio-form.tsx'

/** What was typed to make a channel, and what is wrong with it by field. */
export type TypedChannel = {
  typed?: Record<string, string> | undefined
  faults?: Partial<Record<string, string>> | undefined
}

/** How one gets what a kind of channel needs, and the form that makes one; open where something was refused. */
export const ChannelForm = ({ channel, typed, faults }: { channel: Channel } & TypedChannel) => {
  const { kind, name, steps, fields } = channel
  const isRefused = typed?.kind === kind
  const fault = (field: string) => {
    const reason = isRefused ? faults?.[field] : undefined
    return reason === undefined ? undefined : translated(reason)
  }
  return (
    <details open={isRefused} id={`add-${kind}`}>
      <summary>{translated(name)}</summary>
      <ol class="aside">
        {steps.map((step) => (
          <li>{translated(step)}</li>
        ))}
      </ol>
      <form class="form" method="post" action="/account/notices">
        <input type="hidden" name="kind" value={kind} />
        {fields.map((field) => {
          // two forms have a token
          const id = `${kind}-${field.name}`
          const own = { id, name: field.name, ...marks(id, fault(field.name)) }
          const known = isRefused && !field.isSecret ? typed?.[field.name] : undefined
          return (
            <Field
              name={id}
              label={translated(field.label)}
              hint={translated(field.hint)}
              fault={fault(field.name)}
            >
              {field.choices ? (
                <select {...own}>
                  {Object.entries(field.choices).map(([value, label]) => (
                    <option value={value} selected={value === known}>
                      {label}
                    </option>
                  ))}
                </select>
              ) : (
                <input
                  {...own}
                  required={!field.isOptional}
                  maxlength={1000}
                  autocomplete="off"
                  spellcheck={false}
                  value={known ?? (field.name === 'server' ? 'https://ntfy.sh' : undefined)}
                />
              )}
            </Field>
          )
        })}
        <Field name={`${kind}-label`} label={t('What you call it (optional)')} fault={fault('label')}>
          <input
            id={`${kind}-label`}
            name="label"
            maxlength={100}
            autocomplete="off"
            value={isRefused ? typed?.label : undefined}
            {...marks(`${kind}-label`, fault('label'))}
          />
        </Field>
        <div class="actions">
          <button class="button primary">{t('Add channel')}</button>
        </div>
      </form>
    </details>
  )
}

/** A webhook that was just made, on the only page that ever shows its secret. */
export const NewWebhook = ({ secret, label }: { secret: string; label: string }) => (
  <div class="sheet">
    <h1>{t('New webhook')}</h1>
    <section class="panel" aria-labelledby="secret-title">
      <h2 id="secret-title">{label}</h2>
      <p class="lead">{t('Copy the secret now. This page is the only one that shows it.')}</p>
      <div class="form">
        <Field name="secret" label={t('Secret')}>
          <input id="secret" value={secret} readonly autocomplete="off" spellcheck={false} />
        </Field>
        <p class="aside">
          {parts(
            'Each notice is a POST of JSON. Your server computes HMAC-SHA256 of {signed} with the secret, and compares it with {header}: a library of Standard Webhooks does that.',
            {
              signed: <code>webhook-id.webhook-timestamp.body</code>,
              header: <code>webhook-signature</code>,
            },
          )}
        </p>
        <div class="actions">
          <a class="button primary" href="/account/notices">
            {t('I have copied the secret')}
          </a>
        </div>
      </div>
    </section>
  </div>
)
