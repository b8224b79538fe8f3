/**
 * Which blocks of a WebM file are complete, read from the headers of its elements: RFC 8794 (EBML) and RFC 9559
 * (Matroska).
 */

/** The header of an element, before its content. */
export interface ElementHeader {
  readonly id: number
  /** In bytes: of the id, and of the id and size together. */
  readonly idLength: number
  readonly length: number
  /** Bytes of content. Null: unknown, it lasts until an element that cannot be in it. */
  readonly size: number | null
}

const ids = { ebml: 0x1a45dfa3, segment: 0x18538067, cluster: 0x1f43b675, simpleBlock: 0xa3, blockGroup: 0xa0 }

const maxIdLength = 4
const maxSizeLength = 8
const maxHeaderLength = maxIdLength + maxSizeLength

/** The length of a number, 1 to 8, from the leading zeros of its first byte. 9: no number begins there. */
const lengthOf = (first: number) => Math.clz32(first) - 23

const lengthBit = (length: number) => 0x80 >> (length - 1)

const numberOf = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum * 256 + byte, 0)

/** The header at the start of these bytes; null if it is incomplete, or there is none. */
export const readHeader = (bytes: Uint8Array): ElementHeader | null => {
  const idLength = lengthOf(bytes[0] ?? 0)
  const sizeLength = lengthOf(bytes[idLength] ?? 0)
  const length = idLength + sizeLength
  if (idLength > maxIdLength || sizeLength > maxSizeLength || bytes.length < length) return null
  // Without the bit that ends the zeros: eight bytes with it are more than a number holds exactly.
  const size = numberOf(
    bytes.slice(idLength, length).map((byte, at) => (at === 0 ? byte ^ lengthBit(sizeLength) : byte))
  )
  const unknown = 2 ** (7 * sizeLength) - 1
  return { id: numberOf(bytes.subarray(0, idLength)), idLength, length, size: size >= unknown ? null : size }
}

/** A size in this many bytes: 1 to 8. */
export const writeSize = (size: number, length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  for (let rest = size, at = length - 1; at >= 0; at--) {
    bytes[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes.map((byte, at) => (at === 0 ? byte | lengthBit(length) : byte))
}

/** A complete block, and its position. */
interface Block {
  readonly end: number
  /** Where the header of its cluster begins. */
  readonly clusterAt: number
  readonly cluster: ElementHeader
}

interface Walked {
  /** The last complete block of those that were read. */
  readonly last: Block | null
  /** `cut`: the file ends in the middle of an element. `strange`: something else follows, or it is no WebM file. */
  readonly ends: "inOrder" | "cut" | "strange"
}

/** Returns a function that reads the bytes at a position, enough for a header if the file has them. */
const reader = (file: Blob, atOnce: number) => {
  let from = 0
  let bytes = new Uint8Array()
  return async (at: number): Promise<Uint8Array> => {
    if (Math.min(at + maxHeaderLength, file.size) > from + bytes.length) {
      from = at
      bytes = new Uint8Array(await file.slice(at, at + atOnce).arrayBuffer())
    }
    return bytes.subarray(at - from, at - from + maxHeaderLength)
  }
}

/** Reads the headers of this many blocks, or of all. Reads `atOnce` bytes at a time, 12 or more. */
const walk = async (file: Blob, atOnce: number, maxBlocks = Number.POSITIVE_INFINITY): Promise<Walked> => {
  const read = reader(file, atOnce)
  let at = 0
  let clusterEnd = 0
  let cluster: Pick<Block, "cluster" | "clusterAt"> | null = null
  let last: Block | null = null
  for (let blocks = 0; at < file.size && blocks < maxBlocks; ) {
    const header = readHeader(await read(at))
    if (header === null) return { last, ends: file.size - at < maxHeaderLength ? "cut" : "strange" }
    if (at === 0 && header.id !== ids.ebml) return { last, ends: "strange" }
    const content = at + header.length
    if (header.id === ids.cluster) {
      cluster = { cluster: header, clusterAt: at }
      clusterEnd = content + (header.size ?? 0)
    }
    if (header.id === ids.segment || header.id === ids.cluster) {
      at = content
      continue
    }
    if (header.size === null) return { last, ends: "strange" }
    at = content + header.size
    if (at > file.size) return { last, ends: "cut" }
    if (cluster === null || (header.id !== ids.simpleBlock && header.id !== ids.blockGroup)) continue
    last = { ...cluster, end: at }
    blocks++
  }
  return { last, ends: clusterEnd > file.size ? "cut" : "inOrder" }
}

/** The headers before the first block are shorter, in bytes. */
const headerBytes = 4096

/** Whether no block is complete: nothing of this file can be seen or heard. False if it is no WebM file. */
export const hasNoBlock = async (file: Blob): Promise<boolean> => {
  const { ends, last } = await walk(file, headerBytes, 1)
  return last === null && ends !== "strange"
}

const megabyte = 1 << 20

/**
 * A file that a crash cut in the middle of an element, up to its last complete block: a reader that finds an incomplete
 * one gives up the whole cluster, which may hold seconds. Other files as they are.
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
