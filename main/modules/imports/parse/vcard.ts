/**
 * vCard 2.1, 3.0 and 4.0 as phones really write them (RFC 2426, RFC 6350, and the 2.1 of Android with quoted-printable). One card
 * at a time from lines; pictures, sounds and keys are passed over without ever being held.
 */
export interface VcardProperty {
  /** Upper case, without the group: TEL, X-ABSHOWAS. */
  name: string
  /** `item1` of Apple, lower case, or ''. */
  group: string
  /** Lower-cased TYPE values, bare parameters of 2.1 among them: cell, work, pref; what Apple's X-ABLabel of the group says too. */
  types: string[]
  params: Map<string, string>
  /** Of N, ADR, ORG and Android's own: split at unescaped semicolons; else the value alone. Decoded and unescaped. */
  parts: string[]
  /** All parts, joined by semicolons. */
  value: string
}
export interface Vcard {
  /** 1-based number of the card in the file. */
  row: number
  properties: VcardProperty[]
  /** Pictures, logos, sounds and keys that were passed over. */
  skipped: number
  /** The file ends inside it, or nothing in it can be read. */
  broken: boolean
}

/** Turns a line as it stands in the file into text; bytes are put together before they are decoded, as lines are folded inside letters. */
export type Decode = (line: string) => string

const BULKY = new Set([
  'PHOTO',
  'LOGO',
  'SOUND',
  'KEY',
  'X-IMAGE',
  'X-MS-CARDPICTURE',
  'X-MS-TNEF',
  'X-PHOTO',
  'X-WALLPAPER',
])
/** No person has more; what is beyond is let go and the card is marked as broken. */
const MAX_PROPERTIES = 2000
/** Of a property over all its folded lines, UTF-16 units. */
const MAX_PROPERTY = 1 << 20

export function* parseVcards(lines: Iterable<string>, decode: Decode = (line) => line): Generator<Vcard> {
  let card: Vcard | null = null
  let count = 0
  /** Cards inside the card: an AGENT of 2.1. They are somebody else, and no card of their own. */
  let inner = 0
  let agent = false
  for (const logical of unfold(lines)) {
    const mark = markOf(logical.text)
    if (mark === 'begin') {
      if (card && agent) inner++
      else {
        // A card that lacks its end has still said all it had to.
        if (card) yield finished(card)
        card = { row: ++count, properties: [], skipped: 0, broken: false }
        inner = 0
      }
    } else if (mark === 'end') {
      if (inner > 0) inner--
      else {
        if (card) yield finished(card)
        card = null
      }
    } else if (inner > 0) {
      agent = /^AGENT\b/i.test(logical.text)
      continue
    } else if (card) {
      if (logical.bulky) card.skipped++
      else {
        const property = parseProperty(logical.text, decode)
        if (!property) continue
        agent = property.name === 'AGENT' && (property.value === '' || /^BEGIN:VCARD/i.test(property.value))
        if (agent && property.value !== '') continue
        if (card.properties.length < MAX_PROPERTIES) card.properties.push(property)
        else card.broken = true
        continue
      }
    }
    agent = false
  }
  if (card) yield { ...labelled(card), broken: true }
}

const markOf = (text: string) =>
  text.length > 40
    ? null
    : /^\s*BEGIN\s*:\s*VCARD\s*$/i.test(text)
      ? 'begin'
      : /^\s*END\s*:\s*VCARD\s*$/i.test(text)
        ? 'end'
        : null

const finished = (card: Vcard): Vcard => (card.properties.length === 0 ? { ...card, broken: true } : labelled(card))

/** item1.X-ABLabel names what item1.TEL is for: «_$!<HomeFAX>!$_», or in the person's own words. */
function labelled(card: Vcard): Vcard {
  const labels = new Map<string, string>()
  for (const p of card.properties)
    if (p.name === 'X-ABLABEL' && p.group) labels.set(p.group, p.value.replace(/^_\$!<|>!\$_$/g, '').toLowerCase())
  if (labels.size > 0)
    for (const p of card.properties) {
      const label = labels.get(p.group)
      if (label && p.name !== 'X-ABLABEL') p.types.push(label)
    }
  return card
}

/** Known properties at the start of a line: where a soft break was left open by mistake, they begin anew. */
const PROPERTY =
  /^(?:[A-Za-z0-9-]+\.)?(?:BEGIN|END|VERSION|N|FN|TEL|EMAIL|ADR|LABEL|ORG|TITLE|ROLE|NOTE|URL|BDAY|PHOTO|REV|UID|CATEGORIES|NICKNAME|X-[A-Z0-9-]+)[;:]/

/** Joins folded lines (a leading space or tab) and the soft breaks of quoted-printable (a trailing =). */
function* unfold(lines: Iterable<string>): Generator<{ text: string; bulky: boolean }> {
  let parts: string[] | null = null
  let length = 0
  let bulky = false
  let soft = false
  for (const line of lines) {
    if (parts && soft && !PROPERTY.test(line)) {
      // Some phones indent the continuation of a quoted-printable line, some do not.
      const next = /^[ \t]/.test(line) ? line.replace(/^[ \t]+/, '') : line
      soft = next.endsWith('=')
      length += next.length
      if (length <= MAX_PROPERTY) parts.push(soft ? next.slice(0, -1) : next)
      continue
    }
    const c = line.charCodeAt(0)
    if (parts && (c === 32 || c === 9)) {
      length += line.length
      if (!bulky && length <= MAX_PROPERTY) parts.push(line.slice(1))
      continue
    }
    if (line === '') {
      if (parts && !bulky) {
        yield { text: parts.length === 1 ? parts[0]! : parts.join(''), bulky }
        parts = null
      }
      continue
    }
    // Old Nokia and Samsung files wrap base64 without a leading space; such a line holds no colon.
    if (parts && bulky && !line.includes(':')) continue
    if (parts) yield { text: parts.length === 1 ? parts[0]! : parts.join(''), bulky }
    const start: string = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line
    bulky = isBulky(start)
    soft = !bulky && start.endsWith('=') && QUOTED_PRINTABLE.test(start.slice(0, start.indexOf(':') + 1))
    parts = [bulky ? '' : soft ? start.slice(0, -1) : start]
    length = start.length
  }
  if (parts) yield { text: parts.join(''), bulky }
}

const QUOTED_PRINTABLE = /;(?:ENCODING=)?QUOTED-PRINTABLE(?=[;:])/i

function isBulky(line: string): boolean {
  // Nearly every line ends here: Photo, Logo, Sound, Key, X-…, or a group in front of one.
  if (!/^[plskxi]/i.test(line)) return false
  const name = /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)[;:]/.exec(line.slice(0, 80))?.[1]
  return name !== undefined && BULKY.has(name.toUpperCase())
}

/** The colon that ends the parameters: the first one that is not between quotes. */
function colonOf(text: string): number {
  const first = text.indexOf(':')
  const quote = text.indexOf('"')
  if (quote < 0 || quote > first) return first
  let inQuotes = false
  for (let i = quote; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 34) inQuotes = !inQuotes
    else if (c === 58 && !inQuotes) return i
  }
  return first
}

const NAME = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)$/

function parseProperty(line: string, decodeLine: Decode): VcardProperty | null {
  const colon = colonOf(line)
  if (colon < 0) return null
  const head = line.slice(0, colon)
  const [rawName = '', ...rawParams] = head.includes(';') ? (head.match(/(?:"[^"]*"|[^;"])+/g) ?? []) : [head]
  const found = NAME.exec(rawName.trim())
  if (!found) return null
  const [, group = '', name = ''] = found
  const params = new Map<string, string>()
  const types: string[] = []
  let encoding = ''
  for (const param of rawParams) {
    const at = param.indexOf('=')
    const key = at < 0 ? 'TYPE' : param.slice(0, at).trim().toUpperCase()
    const value = (at < 0 ? param : param.slice(at + 1)).replaceAll('"', '').trim()
    if (key === 'TYPE') types.push(...value.toLowerCase().split(','))
    else params.set(key, value)
    if (key === 'ENCODING' || (at < 0 && /^(quoted-printable|base64)$/i.test(value))) encoding = value.toUpperCase()
  }
  const charset = params.get('CHARSET')
  const raw = line.slice(colon + 1)
  const decode =
    encoding === 'QUOTED-PRINTABLE'
      ? (s: string) => decodeQuotedPrintable(s, charset, decodeLine)
      : encoding === 'BASE64' || encoding === 'B'
        ? (s: string) => decodeBytes(Buffer.from(s, 'base64'), charset)
        : decodeLine
  const read = (s: string) => unescaped(decode(s))
  const upper = name.toUpperCase()
  const parts = STRUCTURED.has(upper) ? splitUnescaped(raw, ';').map(read) : [read(raw)]
  return { name: upper, group: group.toLowerCase(), types, params, parts, value: parts.join(';') }
}

/** Those whose values are lists; in others a semicolon is only a semicolon, though 2.1 does not escape it. */
const STRUCTURED = new Set(['N', 'ADR', 'ORG', 'X-ANDROID-CUSTOM'])

/** Splits at `mark` where no backslash stands before it. */
export function splitUnescaped(text: string, mark: string): string[] {
  if (!text.includes('\\')) return text.split(mark)
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
  if (!s.includes('\\')) return s.trim()
  return s.replace(/\\([nN,;:\\])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c)).trim()
}

function decodeQuotedPrintable(s: string, charset: string | undefined, decodeLine: Decode): string {
  if (!s.includes('=')) return decodeLine(s)
  // What is not encoded is text of the file; it is decoded as such, so that all ends up in one set of bytes.
  const bytes: Buffer[] = []
  for (const run of s.match(/(?:=[0-9A-Fa-f]{2})+|=|[^=]+/g) ?? []) {
    if (run.length > 2 && run[0] === '=') bytes.push(Buffer.from(run.replaceAll('=', ''), 'hex'))
    else bytes.push(Buffer.from(decodeLine(run), 'utf8'))
  }
  return decodeBytes(Buffer.concat(bytes), charset)
}

function decodeBytes(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
