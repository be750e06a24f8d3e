import { sentence } from '../format.ts'
import { Field, marks } from './portfolio-form.tsx'
import { t } from '../words/words.ts'

type TypedNameProps = {
  action: string
  /** What has to be typed. */
  name: string
  /** What the field asks for, such as `Type your name to confirm`. */
  label: string
  /** What the name is, as a refusal says it: `your name`. */
  what: string
  /** What was typed before, and was not the name. */
  typed: string | undefined
  button: string
}

/** A form that deletes for good, and so only after the name of what goes was typed. */
export const TypedName = ({ action, name, label, what, typed, button }: TypedNameProps) => {
  const fault =
    typed === undefined ? undefined : t('“{typed}” is not {what}, so nothing was deleted', { typed, what })
  return (
    <form class="form" method="post" action={action}>
      <Field name="confirm" label={`${label}: ${name}`} fault={fault && sentence(fault)}>
        <input
          id="confirm"
          name="confirm"
          required
          autocomplete="off"
          spellcheck={false}
          value={typed ?? ''}
          {...marks('confirm', fault)}
        />
      </Field>
      <div class="actions">
        <button class="button destructive">{button}</button>
      </div>
    </form>
  )
}
