/**
 * vCard 2.1, 3.0 and 4.0 as phones really write them (RFC 2426, RFC 6350, and the 2.1 of Android with quoted-printable). One card
 * at a time from lines; pictures, sounds and keys are passed over without ever being held.
 */
export interface VcardProperty {
  /** Upper case, without the group: TEL, X-ABSHOWAS. */
  name: string
  /** `item1` of Apple, lower case, or ''. */
  group: string
  /** Lower-cased TYPE values, bare parameters of 2.1 among them: cell, work, pref. */
  types: string[]
  params: Map<string, string>
  /** Split at unescaped semicolons, decoded and unescaped. */
  parts: string[]
  /** The whole value, decoded and unescaped. */
  value: string
}
export interface Vcard {
  /** 1-based number of the card in the file. */
  row: number
  properties: VcardProperty[]
  /** Pictures, logos, sounds and keys that were passed over. */
  skipped: number
  /** BEGIN without END, or nothing that can be read between them. */
  broken: boolean
}

const BULKY = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY', 'X-IMAGE'])
const HEAD = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s
const QUOTED_PRINTABLE = /;(?:ENCODING=)?QUOTED-PRINTABLE(?=[;:])/i

export function* parseVcards(lines: Iterable<string>): Generator<Vcard> {
  let card: Vcard | null = null
  let count = 0
  for (const logical of unfold(lines)) {
    const trimmed = logical.text.trim()
    if (/^BEGIN:VCARD$/i.test(trimmed)) {
      if (card) yield { ...card, broken: true }
      card = { row: ++count, properties: [], skipped: 0, broken: false }
    } else if (/^END:VCARD$/i.test(trimmed)) {
      if (card) yield card.properties.length === 0 ? { ...card, broken: true } : card
      card = null
    } else if (card && logical.bulky) card.skipped++
    else if (card) {
      const property = parseProperty(logical.text)
      if (property) card.properties.push(property)
    }
  }
  if (card) yield { ...card, broken: true }
}

/** Joins folded lines (a leading space or tab) and the soft breaks of quoted-printable (a trailing =). */
function* unfold(lines: Iterable<string>): Generator<{ text: string; bulky: boolean }> {
  let parts: string[] | null = null
  let bulky = false
  let printable = false
  let soft = false
  for (const line of lines) {
    if (parts && soft) {
      // Some phones indent the continuation of a quoted-printable line, some do not.
      const next = line.replace(/^[ \t]+/, '')
      soft = next.endsWith('=')
      parts.push(soft ? next.slice(0, -1) : next)
      continue
    }
    if (parts && /^[ \t]/.test(line)) {
      if (!bulky) parts.push(line.slice(1))
      continue
    }
    // Old Nokia and Samsung files wrap base64 without a leading space; such a line holds no colon.
    if (parts && bulky && line !== '' && !line.includes(':')) continue
    if (parts) yield { text: parts.join(''), bulky }
    const start: string = line.replace(/^\ufeff/, '')
    bulky = isBulky(start)
    printable = !bulky && QUOTED_PRINTABLE.test(start.slice(0, start.indexOf(':') + 1))
    soft = printable && start.endsWith('=')
    parts = [bulky ? '' : soft ? start.slice(0, -1) : start]
  }
  if (parts) yield { text: parts.join(''), bulky }
}

function isBulky(line: string): boolean {
  const name = /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)[;:]/.exec(line)?.[1]
  return name !== undefined && BULKY.has(name.toUpperCase())
}

function parseProperty(text: string): VcardProperty | null {
  const found = HEAD.exec(text)
  if (!found) return null
  const [, group = '', name = '', rawParams = '', raw = ''] = found
  const params = new Map<string, string>()
  const types: string[] = []
  for (const param of rawParams.match(/(?:"[^"]*"|[^;"])+/g) ?? []) {
    const at = param.indexOf('=')
    const key = at < 0 ? 'TYPE' : param.slice(0, at).trim().toUpperCase()
    const value = (at < 0 ? param : param.slice(at + 1)).replaceAll('"', '').trim()
    if (key === 'TYPE') types.push(...value.toLowerCase().split(','))
    else params.set(key, value)
  }
  const bare = types.includes('quoted-printable')
  const printable = bare || params.get('ENCODING')?.toUpperCase() === 'QUOTED-PRINTABLE'
  const charset = params.get('CHARSET') ?? 'utf-8'
  const read = (s: string) => unescaped(printable ? decodeQuotedPrintable(s, charset) : s)
  return {
    name: name.toUpperCase(),
    group: group.toLowerCase(),
    types,
    params,
    parts: splitUnescaped(raw, ';').map(read),
    value: read(raw),
  }
}

/** Splits at `mark` where no backslash stands before it. */
export function splitUnescaped(text: string, mark: string): string[] {
  const out: string[] = []
  let part = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && i + 1 < text.length) part += c + text[++i]
    else if (c === mark) {
      out.push(part)
      part = ''
    } else part += c
  }
  out.push(part)
  return out
}

function unescaped(s: string): string {
  return s.replace(/\\([nN,;:\\])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c)).trim()
}

function decodeQuotedPrintable(s: string, charset: string): string {
  const bytes: number[] = []
  const encoder = new TextEncoder()
  for (let i = 0; i < s.length; i++) {
    const hex = s[i] === '=' ? /^[0-9A-Fa-f]{2}/.exec(s.slice(i + 1, i + 3))?.[0] : undefined
    if (hex) {
      bytes.push(Number.parseInt(hex, 16))
      i += 2
    } else bytes.push(...encoder.encode(s[i]!))
  }
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(bytes))
  } catch {
    return new TextDecoder().decode(Uint8Array.from(bytes))
  }
}
