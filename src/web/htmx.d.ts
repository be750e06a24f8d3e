// the import makes this file a module, so that the declarations below are added to hono's own
// oxlint-disable-next-line import/no-unassigned-import
import 'hono/jsx'

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
