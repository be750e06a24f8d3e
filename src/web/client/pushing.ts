import type * as words from '../words/words.ts'

// Loaded only by the page of notifications.

/** Lets this browser subscribe at its button, and ends a subscription that nobody sends to any more. */
export function pushing(part: HTMLElement, t: typeof words.t): void {
  const { push } = part.dataset
  const button = part.querySelector('button')
  const fault = part.querySelector('.fault')!
  // undefined in some private windows
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
  if (push !== 'on') void serviceWorker?.getRegistration().then((it) => it && ended(it))
  if (!button) return
  if (!serviceWorker || !('PushManager' in window) || !('Notification' in window)) {
    button.disabled = true
    fault.textContent = t('This browser cannot show notifications.')
    return
  }
  button.addEventListener('click', async () => {
    button.disabled = true
    fault.textContent = ''
    try {
      await subscribed(serviceWorker)
      location.assign('/account/notices')
    } catch (error) {
      button.disabled = false
      fault.textContent = error instanceof Refusal ? error.message : t(sentenceOf(error))
    }
  })
}

class Refusal extends Error {}

async function subscribed(workers: ServiceWorkerContainer): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new DOMException('', 'NotAllowedError')
  await workers.register('/service-worker.js')
  const { pushManager } = await workers.ready
  // one that was made with other keys is in the way of a new one
  await (await pushManager.getSubscription())?.unsubscribe()
  const { key } = (await post('push/options.json')) as { key: string }
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const { endpoint, keys } = subscription.toJSON()
  try {
    await post('push.json', { endpoint, ...keys })
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
}

async function post(name: string, body: unknown = {}): Promise<unknown> {
  const answer = await fetch(`/account/notices/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said: unknown = await answer.json()
  if (!answer.ok) throw new Refusal((said as { detail: string }).detail)
  return said
}

async function ended(registration: ServiceWorkerRegistration): Promise<void> {
  await (await registration.pushManager?.getSubscription())?.unsubscribe()
  // who keeps the last snapshot needs it still
  if (document.documentElement.dataset.keep === undefined) await registration.unregister()
}

function sentenceOf(error: unknown): words.Label {
  return (error as Error).name === 'NotAllowedError'
    ? 'Notifications are blocked for this site. Allow them in the browser’s settings, then try again.'
    : 'The browser’s push service could not be reached. Try again later.'
}
