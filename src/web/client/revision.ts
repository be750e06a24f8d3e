import { t } from '../words/words.ts'

// This file keeps the newest revision that the page knows of. Requests send it, so that the server does not answer from
// an older copy in KV.

/** Records a revision, unless it is older than the recorded one: messages may arrive late. */
export function recordRevision(revision: number): void {
  const { dataset } = document.body
  if (revision > Number(dataset.revision ?? -1)) dataset.revision = String(revision)
}

export function revisionHeaders(): Record<string, string> {
  const { revision } = document.body.dataset
  return revision === undefined ? {} : { 'Yardstick-Revision': revision }
}

/** Fetches JSON from one of our addresses, no older than this page. */
export async function fetched<T>(source: string): Promise<T> {
  const response = await fetch(source, { headers: { Accept: 'application/json', ...revisionHeaders() } })
  if (!response.ok) throw new Error(t('the server answered {status}', { status: response.status }))
  return (await response.json()) as T
}
