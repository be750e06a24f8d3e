import type { PropsWithChildren } from 'hono/jsx'

type Props = PropsWithChildren<{
  id: string
  /** What the sheet is for, as a screen reader says it: `Range`. */
  label: string
  /** What its button says. */
  opener: string
  class?: string
}>

/**
 * A sheet that a phone opens from below, at the thumb. On wider screens its content is a part of the page and the
 * button is not shown. A popover opens and closes without any script of ours.
 */
export const Drawer = ({ id, label, opener, class: own = '', children }: Props) => (
  <>
    <button type="button" class="toggle opener" popovertarget={id} aria-label={`${label}: ${opener}`}>
      {opener}
    </button>
    <div id={id} class={`drawer ${own}`} popover="auto" role="group" aria-label={label}>
      {children}
    </div>
  </>
)
