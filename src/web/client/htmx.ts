import htmx from 'htmx.org/dist/htmx.esm.js'

// The only file that knows htmx's event names and the shapes of their details.

/** The content that will replace `target` or be morphed into it; `source` is the element that requested it. */
type Swap = { fragment: DocumentFragment; target: Element; source: Element }

export function beforeRequest(listener: (headers: Record<string, string>) => void): void {
  on('htmx:config:request', ({ ctx }) => listener(ctx.request.headers))
}

/** Sends no edit that the listener refuses: not only forms send them, but also buttons with an address of their own. */
export function refuseEdits(isRefused: () => boolean): void {
  document.addEventListener('htmx:config:request', (event) => {
    if ((event as CustomEvent<Detail>).detail.ctx.request.method !== 'GET' && isRefused())
      event.preventDefault()
  })
}

/** Requests parts of the page; each response says where it belongs. Resolves when they are in place, and never throws. */
export async function request(address: string): Promise<void> {
  await htmx.ajax('GET', address, { swap: 'none' })
}

export function beforeSwap(listener: (swap: Swap) => void): void {
  on('htmx:before:swap', ({ ctx, tasks }) => {
    for (const { fragment, target } of tasks ?? [])
      if (target instanceof Element) listener({ fragment, target, source: ctx.sourceElement })
  })
}

export function afterSwap(listener: () => void): void {
  on('htmx:after:swap', listener)
}

/** Calls back with the status of a failed request, or with null when there was no response. */
export function onFailure(listener: (status: number | null) => void): void {
  on('htmx:response:error', ({ ctx }) => listener(ctx.response?.status ?? null))
  on('htmx:error', () => listener(null))
}

type Detail = {
  ctx: {
    sourceElement: Element
    request: { method: string; headers: Record<string, string> }
    response?: { status: number }
  }
  tasks?: { fragment: DocumentFragment; target: unknown }[]
}

function on(event: string, listener: (detail: Detail) => void): void {
  document.addEventListener(event, (e) => listener((e as CustomEvent<Detail>).detail))
}
