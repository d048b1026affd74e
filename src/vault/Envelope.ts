import { Option } from "effect"

/** What a stored secret consists of: version 1, length of the key's id, the id, nonce, sealed text, tag. */
export interface Envelope {
  readonly keyId: string
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
  readonly tag: Uint8Array
}

const version = 1
export const nonceLength = 12
export const tagLength = 16

export const write = ({ keyId, nonce, sealed, tag }: Envelope): Uint8Array =>
  Buffer.concat([Uint8Array.of(version, keyId.length), Buffer.from(keyId, "ascii"), nonce, sealed, tag])

export const read = (bytes: Uint8Array): Option.Option<Envelope> => {
  const idLength = bytes[1] ?? 0
  const nonceAt = 2 + idLength
  const sealedAt = nonceAt + nonceLength
  const tagAt = bytes.length - tagLength
  if (bytes[0] !== version || tagAt < sealedAt) return Option.none()
  return Option.some({
    keyId: Buffer.from(bytes.subarray(2, nonceAt)).toString("latin1"),
    nonce: bytes.subarray(nonceAt, sealedAt),
    sealed: bytes.subarray(sealedAt, tagAt),
    tag: bytes.subarray(tagAt)
  })
}
