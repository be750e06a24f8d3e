// The newest content that this page has heard of. Sent along, so that a cache somewhere on the way which has not
// heard of it yet is not believed.

/** Never goes back: messages may arrive late. */
export function recordRevision(revision: number): void {
  const { dataset } = document.body
  if (revision > Number(dataset.revision ?? -1)) dataset.revision = String(revision)
}

export function revisionHeaders(): Record<string, string> {
  const { revision } = document.body.dataset
  return revision === undefined ? {} : { 'Yardstick-Revision': revision }
}
