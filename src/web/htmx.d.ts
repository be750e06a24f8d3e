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
