import { createPrivateKey, X509Certificate } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { generate } from "selfsigned"
import { isAbsent, Problem } from "./Problem.js"

/** Both as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

const day = 86_400_000

/** Apple's devices refuse certificates that are valid for longer than 398 days (support.apple.com/103769). */
const lifetime = 397 * day

/** True for a certificate of these addresses that is valid for another day, together with its key. */
const isUsable = ({ cert, key }: Certificate, addresses: ReadonlyArray<string>): boolean => {
  try {
    const certificate = new X509Certificate(cert)
    return (
      addresses.every((address) => certificate.checkIP(address) !== undefined) &&
      Date.parse(certificate.validTo) > Date.now() + day &&
      certificate.checkPrivateKey(createPrivateKey(key))
    )
  } catch {
    // Half written or missing: another one is made.
    return false
  }
}

const read = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: unknown) => {
    if (isAbsent(cause)) return ""
    throw new Problem(`${file} cannot be read: ${String(cause)}. Delete it, and a new one is made.`)
  })

const make = async (addresses: ReadonlyArray<string>): Promise<Certificate> => {
  const now = Date.now()
  const { cert, private: key } = await generate([{ name: "commonName", value: "CF Video Conference" }], {
    keyType: "ec",
    algorithm: "sha256",
    // In the past, because a phone's clock may be slow.
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now - day + lifetime),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          ...["127.0.0.1", ...addresses].map((ip) => ({ type: 7 as const, ip }))
        ]
      }
    ]
  })
  return { cert, key }
}

/**
 * This machine's own certificate for these addresses and `localhost`. It is kept, so that a phone that trusts it does
 * not warn again, and replaced when an address has changed or it is about to expire.
 */
export const certificateFor = async (addresses: ReadonlyArray<string>, directory: string): Promise<Certificate> => {
  const files = { cert: join(directory, "certificate.pem"), key: join(directory, "key.pem") }
  const kept = { cert: await read(files.cert), key: await read(files.key) }
  if (isUsable(kept, addresses)) return kept
  const made = await make(addresses)
  await mkdir(directory, { recursive: true })
  await writeFile(files.key, made.key, { mode: 0o600 })
  await writeFile(files.cert, made.cert)
  return made
}
