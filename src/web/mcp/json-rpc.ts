/** A message of JSON-RPC 2.0: a request, or without an id a notification. */
export type Message = { id: string | number | null; method: string; params: Record<string, unknown> }

/** The codes of JSON-RPC 2.0, section 5.1. */
export const codes = {
  unreadable: -32700,
  invalid: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
} as const

export type Failure = { code: (typeof codes)[keyof typeof codes]; message: string }

/** Reads one message; null for the answer to a request, of which we make none, and the failure for what is no message. */
export function messageIn(value: unknown): Message | Failure | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { code: codes.invalid, message: 'A message is a JSON object.' }
  const { jsonrpc, id, method, params } = value as Record<string, unknown>
  if (jsonrpc !== '2.0') return { code: codes.invalid, message: 'A message has "jsonrpc": "2.0".' }
  if (method === undefined && ('result' in value || 'error' in value)) return null
  if (typeof method !== 'string') return { code: codes.invalid, message: 'A request names its `method`.' }
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number')
    return { code: codes.invalid, message: 'The `id` of a request is text or a number.' }
  if (params !== undefined && (typeof params !== 'object' || params === null || Array.isArray(params)))
    return { code: codes.invalidParams, message: '`params` must be a JSON object.' }
  return { id: id ?? null, method, params: (params ?? {}) as Record<string, unknown> }
}

export function succeeded(id: Message['id'], result: object): object {
  return { jsonrpc: '2.0', id, result }
}

/** An answer without an id belongs to what could not be read. */
export function failed(id: Message['id'], { code, message }: Failure): object {
  return { jsonrpc: '2.0', ...(id !== null && { id }), error: { code, message } }
}
