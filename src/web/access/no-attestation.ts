/**
 * Stands in for the packages with which the passkeys' library reads the certificates of authenticators (`[alias]` in
 * wrangler.toml): @peculiar's x509 and asn1-…, and the reflect-metadata that the first needs. They are 65 kB of the
 * Worker's compressed size. We ask for no attestation, so that browsers send no certificate, and a new passkey that comes
 * with one that would have to be read is refused.
 *
 * What is left is the form in which an authenticator writes an ECDSA signature, `SEQUENCE { r INTEGER, s INTEGER }` in DER
 * (RFC 3279, section 2.2.3). Nothing is believed by it: whatever two numbers come out, WebCrypto verifies them.
 */
export const AsnParser = {
  parse(der: Uint8Array, as: unknown): { r: ArrayBuffer; s: ArrayBuffer } {
    if (as !== ECDSASigValue) throw new Error('certificates of authenticators are not read')
    const bytes = Uint8Array.from(der)
    const r = contents(bytes, 2)
    const s = contents(bytes, r.end)
    if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2 || s.end !== bytes.length)
      throw new Error('this is no ECDSA signature')
    return { r: r.integer, s: s.integer }
  },
}

/** An INTEGER at a place, of fewer than 128 bytes: those of P-256 have 33 at most. */
function contents(bytes: Uint8Array<ArrayBuffer>, at: number): { integer: ArrayBuffer; end: number } {
  const length = bytes[at + 1] ?? 0
  const end = at + 2 + length
  if (bytes[at] !== 0x02 || length === 0 || length >= 0x80 || end > bytes.length)
    throw new Error('this is no ECDSA signature')
  return { integer: bytes.slice(at + 2, end).buffer, end }
}

export const ECDSASigValue = Symbol('an ECDSA signature')

function Unread(): never {
  throw new Error('certificates of authenticators are not read')
}

export {
  Unread as AuthorityKeyIdentifierExtension,
  Unread as BasicConstraints,
  Unread as Certificate,
  Unread as CRLDistributionPointsExtension,
  Unread as ECParameters,
  Unread as ExtendedKeyUsage,
  Unread as KeyDescription,
  Unread as OctetString,
  Unread as RSAPublicKey,
  Unread as SubjectAlternativeName,
  Unread as SubjectKeyIdentifierExtension,
  Unread as X509Certificate,
  Unread as X509ChainBuilder,
  Unread as X509Crl,
}

/** What names a part of a certificate; no certificate gets so far. */
const none = ''
export {
  none as id_ce_basicConstraints,
  none as id_ce_extKeyUsage,
  none as id_ce_keyDescription,
  none as id_ce_subjectAltName,
  none as id_ecdsaWithSHA256,
  none as id_ecdsaWithSHA384,
  none as id_ecdsaWithSHA512,
  none as id_ecPublicKey,
  none as id_ml_dsa_44,
  none as id_ml_dsa_65,
  none as id_ml_dsa_87,
  none as id_rsaEncryption,
  none as id_secp256r1,
  none as id_secp384r1,
  none as id_sha1WithRSAEncryption,
  none as id_sha256WithRSAEncryption,
  none as id_sha384WithRSAEncryption,
  none as id_sha512WithRSAEncryption,
}
