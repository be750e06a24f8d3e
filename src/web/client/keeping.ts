import { notify } from './notice.ts'

/**
 * Registers the service worker where the reader keeps the last snapshot on this device; it leaves by itself. It says when
 * the page that it showed at once was the last one before the line was cut, or is another's or an older build's.
 */
export function keeping(): void {
  // undefined in some private windows
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
  if (document.documentElement.dataset.keep === undefined || !serviceWorker) return
  serviceWorker.addEventListener('message', ({ data }) =>
    data === null ? location.reload() : notify(data as string),
  )
  serviceWorker.register('/service-worker.js').catch(() => {})
}
