/** Which blocks of a WebM file are whole, read from the heads of its elements: RFC 8794 (EBML) and RFC 9559 (Matroska). */

/** What stands before the content of an element. */
export interface Head {
  readonly id: number
  /** In bytes: of the id, and of id and size together. */
  readonly idLength: number
  readonly length: number
  /** Bytes of content. Null: not known, it lasts until an element comes that cannot be in it. */
  readonly size: number | null
}

const ids = { ebml: 0x1a45dfa3, segment: 0x18538067, cluster: 0x1f43b675, simpleBlock: 0xa3, blockGroup: 0xa0 }

const longestId = 4
const longestSize = 8
const longestHead = longestId + longestSize

/** The length of a number says its first byte, by the zeros that it begins with: 1 to 8. It is 9 where no number begins. */
const lengthOf = (first: number) => Math.clz32(first) - 23

const lengthBit = (length: number) => 0x80 >> (length - 1)

const numberOf = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum * 256 + byte, 0)

/** The head that these bytes begin with; null where they end before it does, or are none. */
export const readHead = (bytes: Uint8Array): Head | null => {
  const idLength = lengthOf(bytes[0] ?? 0)
  const sizeLength = lengthOf(bytes[idLength] ?? 0)
  const length = idLength + sizeLength
  if (idLength > longestId || sizeLength > longestSize || bytes.length < length) return null
  // Without the bit that ends the zeros: eight bytes with it are more than a number holds exactly.
  const size = numberOf(
    bytes.slice(idLength, length).map((byte, at) => (at === 0 ? byte ^ lengthBit(sizeLength) : byte))
  )
  const unknown = 2 ** (7 * sizeLength) - 1
  return { id: numberOf(bytes.subarray(0, idLength)), idLength, length, size: size >= unknown ? null : size }
}

/** A size in so many bytes: 1 to 8. */
export const writeSize = (size: number, length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  for (let rest = size, at = length - 1; at >= 0; at--) {
    bytes[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes.map((byte, at) => (at === 0 ? byte | lengthBit(length) : byte))
}

/** A whole block, and where it is. */
interface Block {
  readonly end: number
  /** Where the head of its cluster begins. */
  readonly clusterAt: number
  readonly cluster: Head
}

interface Walked {
  /** The last block that is whole, of those that were walked over. */
  readonly last: Block | null
  /** `cut`: the file ends in the middle of an element. `strange`: what follows is none, or this is no WebM file at all. */
  readonly ends: "inOrder" | "cut" | "strange"
}

/** Gives the bytes from a place on, enough for a head where the file has them. */
const reader = (file: Blob, atOnce: number) => {
  let from = 0
  let bytes = new Uint8Array()
  return async (at: number): Promise<Uint8Array> => {
    if (Math.min(at + longestHead, file.size) > from + bytes.length) {
      from = at
      bytes = new Uint8Array(await file.slice(at, at + atOnce).arrayBuffer())
    }
    return bytes.subarray(at - from, at - from + longestHead)
  }
}

/** Walks over so many blocks, or over all. Reads `atOnce` bytes at a time, 12 or more. */
const walk = async (file: Blob, atOnce: number, most = Number.POSITIVE_INFINITY): Promise<Walked> => {
  const read = reader(file, atOnce)
  let at = 0
  let clusterEnd = 0
  let cluster: Pick<Block, "cluster" | "clusterAt"> | null = null
  let last: Block | null = null
  for (let blocks = 0; at < file.size && blocks < most; ) {
    const head = readHead(await read(at))
    if (head === null) return { last, ends: file.size - at < longestHead ? "cut" : "strange" }
    if (at === 0 && head.id !== ids.ebml) return { last, ends: "strange" }
    const content = at + head.length
    if (head.id === ids.cluster) {
      cluster = { cluster: head, clusterAt: at }
      clusterEnd = content + (head.size ?? 0)
    }
    if (head.id === ids.segment || head.id === ids.cluster) {
      at = content
      continue
    }
    if (head.size === null) return { last, ends: "strange" }
    at = content + head.size
    if (at > file.size) return { last, ends: "cut" }
    if (cluster === null || (head.id !== ids.simpleBlock && head.id !== ids.blockGroup)) continue
    last = { ...cluster, end: at }
    blocks++
  }
  return { last, ends: clusterEnd > file.size ? "cut" : "inOrder" }
}

/** What stands before the first block is shorter. */
const headerBytes = 4096

/** Whether not one block is whole: nobody can see or hear anything of this file. False for what is no WebM file. */
export const hasNoBlock = async (file: Blob): Promise<boolean> => {
  const { ends, last } = await walk(file, headerBytes, 1)
  return last === null && ends !== "strange"
}

const megabyte = 1 << 20

/**
 * A file that a crash cut in the middle of an element, up to its last whole block: a reader that meets one gives up the
 * whole cluster, which may hold seconds. All others as they are.
 */
export const untilLastBlock = async (file: Blob): Promise<Blob> => {
  const { ends, last } = await walk(file, megabyte)
  if (ends !== "cut" || last === null) return file
  const { cluster, clusterAt, end } = last
  if (cluster.size === null) return file.slice(0, end)
  const [sizeAt, content] = [clusterAt + cluster.idLength, clusterAt + cluster.length]
  const size = writeSize(end - content, cluster.length - cluster.idLength)
  return new Blob([file.slice(0, sizeAt), size, file.slice(content, end)])
}
