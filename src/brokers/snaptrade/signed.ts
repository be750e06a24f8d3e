/**
 * Signs a GET request as SnapTrade asks for it: HMAC-SHA256, by the consumer key, of a JSON text without spaces whose names are
 * in the order of the alphabet, in base64. `path` begins with /api/v1 and `query` is as sent, without its question mark.
 *
 *     {"content":null,"path":"/api/v1/accounts","query":"clientId=PERS-ACME&timestamp=1635790389"}
 *
 * Source: https://docs.snaptrade.com/docs/request-signatures
 */
export async function signatureOf(path: string, query: string, consumerKey: string): Promise<string> {
  const bytes = new TextEncoder()
  // SnapTrade's own clients encode the key in this way as well
  const secret = bytes.encode(encodeURI(consumerKey))
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signed = bytes.encode(JSON.stringify({ content: null, path, query }))
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))
  return btoa(String.fromCharCode(...signature))
}
