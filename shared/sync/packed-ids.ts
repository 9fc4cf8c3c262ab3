/** UUIDs on the wire: 16 bytes each, in one base64 text (RFC 4648 with padding). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: unknown): text is string => typeof text === 'string' && UUID.test(text)

const SIX: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, c) => {
  const six = ALPHABET.indexOf(String.fromCharCode(c))
  return six < 0 ? undefined : six
})
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

export function packIds(ids: readonly string[]): string {
  const bytes = new Uint8Array(ids.length * 16)
  let at = 0
  for (const id of ids) {
    for (let i = 0; i < 36; ) {
      if (i === 8 || i === 13 || i === 18 || i === 23) i++
      bytes[at++] = (nibble(id.charCodeAt(i)) << 4) | nibble(id.charCodeAt(i + 1))
      i += 2
    }
  }
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    out += ALPHABET[three >> 18]! + ALPHABET[(three >> 12) & 63]!
    out += left > 1 ? ALPHABET[(three >> 6) & 63]! : '='
    out += left > 2 ? ALPHABET[three & 63]! : '='
  }
  return out
}

/** Null when the text is not whole ids. */
export function unpackIds(text: string): string[] | null {
  const pad = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const size = (text.length / 4) * 3 - pad
  if (text.length % 4 !== 0 || size % 16 !== 0) return null
  const bytes = new Uint8Array(size)
  let at = 0
  for (let i = 0; i < text.length; i += 4) {
    let four = 0
    for (let j = 0; j < 4; j++) {
      const padding = i + j >= text.length - pad
      const six = padding ? 0 : SIX[text.charCodeAt(i + j)]
      if (six === undefined) return null
      four = (four << 6) | six
    }
    for (let j = 16; j >= 0 && at < size; j -= 8) bytes[at++] = (four >> j) & 255
  }
  const out: string[] = []
  for (let i = 0; i < size; i += 16) {
    let hex = ''
    for (let j = 0; j < 16; j++) {
      if (j === 4 || j === 6 || j === 8 || j === 10) hex += '-'
      hex += HEX[bytes[i + j]!]!
    }
    out.push(hex)
  }
  return out
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87
}
