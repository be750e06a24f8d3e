import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'

// oxlint-disable-next-line import/no-unassigned-import -- the page's words must be known before any is said
import './locale.ts'
import { t, translated, type Label } from '../words/words.ts'

// Loaded only by pages with a button for a passkey.

const ceremonies = {
  'sign in': {
    address: '/sign-in/passkey',
    run: async (options: unknown) =>
      startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }),
  },
  register: {
    address: '/account/passkeys',
    run: async (options: unknown) =>
      startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }),
  },
}

/** What the browser calls it when nothing was signed. */
const sentences: Record<string, Label> = {
  NotAllowedError: 'Nothing was done: it was canceled, or took too long.',
  AbortError: 'Nothing was done: it was canceled.',
  InvalidStateError: 'This device has a passkey for your account already.',
  SecurityError: 'Passkeys do not work at this address. Open Yardstick at the address that was set for it.',
  NotSupportedError: 'This device cannot make such a passkey.',
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-passkey]')) {
  const { address, run } = ceremonies[button.dataset.passkey as keyof typeof ceremonies]
  const part = button.closest('.passkey')!
  const [fault, done] = [part.querySelector('.fault')!, part.querySelector('[role=status]')!]
  if (!browserSupportsWebAuthn()) {
    button.disabled = true
    fault.textContent = t('This browser has no passkeys.')
  }
  button.addEventListener('click', async () => {
    button.disabled = true
    fault.textContent = ''
    try {
      const options = await post(`${address}/options.json`)
      await post(`${address}.json`, await run(options))
      const { next } = button.dataset
      if (next !== undefined) location.assign(next)
      else done.textContent = t('Your passkey is added.')
    } catch (error) {
      button.disabled = false
      fault.textContent = sentenceOf(error)
    }
  })
}

class Refusal extends Error {}

async function post(address: string, body: unknown = {}): Promise<unknown> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said = (await answer.json()) as { detail?: string }
  if (!answer.ok) throw new Refusal(said.detail)
  return said
}

function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return translated(error.message)
  return t(sentences[(error as Error).name] ?? 'That did not work. Look at your connection, and try again.')
}
