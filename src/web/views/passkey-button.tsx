import type { PropsWithChildren } from 'hono/jsx'
import assets from '../assets.json'
import { parts, t } from '../words/words.ts'

type PasskeyButtonProps = PropsWithChildren<{
  does: 'sign in' | 'register'
  /** The page that it leads to; null to stay on this one. */
  next: string | null
  /** False where nobody has said which address the passkeys are for. */
  isSet: boolean
  isPrimary?: boolean
}>

/** A button that asks the device for a passkey, with the script that only these pages load. */
export const PasskeyButton = ({ does, next, isSet, isPrimary = false, children }: PasskeyButtonProps) =>
  isSet ? (
    <div class="passkey">
      <div class="actions">
        <button
          type="button"
          class={isPrimary ? 'button primary needs-script' : 'button needs-script'}
          data-passkey={does}
          data-next={next}
        >
          {children}
        </button>
        <noscript>{t('Passkeys need JavaScript.')}</noscript>
      </div>
      <p class="fault" role="alert"></p>
      <p role="status"></p>
      <script type="module" src={assets.passkeys}></script>
    </div>
  ) : (
    <p class="aside">
      {parts('Passkeys are off until whoever runs this Yardstick sets its address, with {command}.', {
        command: <code>npx wrangler secret put ORIGIN</code>,
      })}
    </p>
  )
