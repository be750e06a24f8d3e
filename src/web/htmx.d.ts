// makes this file a module, so that what follows adds to hono's own declarations
import type {} from 'hono/jsx'

declare module 'hono/jsx' {
  namespace JSX {
    interface HTMLAttributes {
      [attr: `hx-${string}`]: string | undefined
    }
    interface IntrinsicElements {
      'hx-partial': JSX.HTMLAttributes
    }
  }
}
