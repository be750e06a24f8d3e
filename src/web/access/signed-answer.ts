import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode'
import type { Passkey } from '../../storage/passkeys.ts'
import type { RelyingParty } from './relying-party.ts'

// The library is loaded when somebody uses a passkey: what it brings takes time to start, and every request would wait.
// What it throws has the challenge in it, and is not logged.

/** With which passkeys sign: ES256, RS256 and Ed25519, by their numbers in COSE. */
export const ALGORITHMS = [-7, -257, -8]

type Asked = { party: RelyingParty; challenge: string }

/**
 * Verifies what an authenticator has signed for a passkey; the person must have been verified by it. Returns its count
 * of signatures, which the caller compares; null when anything is not as it was asked for.
 */
export async function authenticated(
  answer: AuthenticationResponseJSON,
  { party, challenge, passkey }: Asked & { passkey: Passkey },
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  try {
    const { userHandle } = answer.response
    if (userHandle && text(userHandle) !== passkey.accountId) return null
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      // the library compares before it has verified the signature, so that anybody could have a passkey doubted
      credential: { id: passkey.id, publicKey: decodeBase64Url(passkey.publicKey), counter: 0 },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}

/** Verifies a new passkey. Null when anything is not as it was asked for. */
export async function registered(
  answer: RegistrationResponseJSON,
  { party, challenge }: Asked,
): Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'> | null> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!verified) return null
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential
    return {
      id,
      publicKey: encodeBase64Url(publicKey.slice().buffer),
      counter,
      transports: transports.filter((each) => /^[a-z-]{1,20}$/.test(each)).join(','),
    }
  } catch {
    return null
  }
}

function text(base64Url: string): string {
  return new TextDecoder().decode(decodeBase64Url(base64Url))
}
