import * as XLSX from '@e965/xlsx'
import { MAX_COLUMNS, MAX_UNPACKED_BYTES } from './limits.ts'
import { numberText } from './number-text.ts'
import { ParseError } from './parse-error.ts'
import type { BookSheet } from './sheets.ts'
import { unpack, zipEntries } from './zip-guard.ts'

/**
 * The sheets of an ordinary .xlsx (ECMA-376, SpreadsheetML) row by row from their XML: the library holds every cell as an object, which
 * takes ten times the memory and three times as long. null for whatever is unusual (prefixed names, CDATA, parts elsewhere): the library
 * reads that.
 */
export function leanSheets(zip: Buffer): BookSheet[] | null {
  const parts = new Map(zipEntries(zip).map((entry) => [entry.name.replace(/^\//, '').toLowerCase(), entry]))
  let left = MAX_UNPACKED_BYTES
  const part = (path: string): Buffer | null => {
    const entry = parts.get(path.toLowerCase())
    const bytes = entry ? unpack(zip, entry, left) : null
    left -= bytes?.length ?? 0
    return bytes
  }
  const workbook = part('xl/workbook.xml')?.toString('utf8')
  const links = part('xl/_rels/workbook.xml.rels')?.toString('utf8')
  if (!workbook?.includes('<sheets') || !links?.includes('<Relationship ')) return null
  const targets = new Map<string, { path: string; type: string }>()
  for (const [tag] of links.matchAll(/<Relationship\s[^>]*>/g)) {
    const target = attribute(tag, 'Target') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
    targets.set(attribute(tag, 'Id') ?? '', { path, type: attribute(tag, 'Type') ?? '' })
  }
  const linked = (type: string) => [...targets.values()].find((t) => t.type.endsWith(type))?.path
  const strings = sharedStrings(part(linked('/sharedStrings') ?? 'xl/sharedStrings.xml'))
  if (!strings) return null
  const context: Context = {
    strings,
    formats: formatsOf(part(linked('/styles') ?? 'xl/styles.xml')?.toString('utf8') ?? ''),
    epoch: { date1904: /<workbookPr\s[^>]*date1904="(1|true)"/.test(workbook) },
  }
  const sheets: BookSheet[] = []
  for (const [tag] of workbook.matchAll(/<sheet\s[^>]*>/g)) {
    const target = targets.get(attribute(tag, 'r:id') ?? '')
    if (!target) return null
    if (!target.type.endsWith('/worksheet')) continue
    const xml = part(target.path)
    if (!xml?.includes('<sheetData') || UNUSUAL.some((mark) => xml.includes(mark))) return null
    sheets.push({
      name: text(attribute(tag, 'name') ?? ''),
      hidden: /hidden/i.test(attribute(tag, 'state') ?? ''),
      merges: mergesOf(xml),
      rows: () => rowsOf(xml, context),
    })
  }
  return sheets.length > 0 ? sheets : null
}

/** In a sheet: what no program writes that keeps to double quotes and plain text. */
const UNUSUAL = ['<![CDATA[', "<c r='", "<row r='"]

interface Context {
  strings: string[]
  /** Of each style of a cell: the format of its numbers. */
  formats: Array<string | undefined>
  epoch: { date1904: boolean }
}

function attribute(tag: string, name: string): string | undefined {
  const at = tag.indexOf(` ${name}="`)
  if (at < 0) return /[\n\r\t]/.test(tag) ? attribute(tag.replace(/[\n\r\t]/g, ' '), name) : undefined
  const start = at + name.length + 3
  return tag.slice(start, tag.indexOf('"', start))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML's entities, and Excel's own way of writing what XML may not hold: _x000D_. */
function text(raw: string): string {
  let out = raw
  if (raw.includes('&')) {
    out = out.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
      if (name) return ENTITIES[name] ?? whole
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
  }
  if (!out.includes('_x')) return out
  return out.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The runs of a rich text, without the reading aids of East Asian scripts. */
function richText(xml: string): string {
  const plain = xml.includes('<rPh') ? xml.replace(/<rPh[\s\S]*?<\/rPh>/g, '') : xml
  let out = ''
  for (const found of plain.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)) out += text(found[1]!)
  return out
}

function sharedStrings(xml: Buffer | null): string[] | null {
  if (!xml) return []
  if (!xml.includes('<sst') || xml.includes('<![CDATA[')) return null
  const out: string[] = []
  for (const item of elements(xml, 'si')) out.push(richText(item))
  return out
}

function formatsOf(xml: string): Array<string | undefined> {
  const custom = new Map<number, string>()
  for (const [tag] of xml.matchAll(/<numFmt\s[^>]*>/g))
    custom.set(Number(attribute(tag, 'numFmtId')), text(attribute(tag, 'formatCode') ?? ''))
  const known = XLSX.SSF.get_table() as Record<number, string>
  const cells = /<cellXfs[\s\S]*?<\/cellXfs>/.exec(xml)?.[0] ?? ''
  return Array.from(cells.matchAll(/<xf\s[^>]*>/g), ([tag]) => {
    const id = Number(attribute(tag, 'numFmtId') ?? 0)
    return custom.get(id) ?? known[id]
  })
}

function mergesOf(xml: Buffer): XLSX.Range[] {
  const at = xml.lastIndexOf('<mergeCells')
  if (at < 0) return []
  return Array.from(xml.toString('latin1', at).matchAll(/<mergeCell\s[^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"/g), (m) =>
    XLSX.utils.decode_range(m[1]!),
  )
}

/** Elements of one name, one at a time: text from `<name` to its end. They do not hold others of their name. */
function* elements(xml: Buffer, name: string): Generator<string> {
  const decoder = new TextDecoder()
  const open = `<${name}`
  const close = `</${name}>`
  let held = ''
  for (let at = 0; at < xml.length; at += PIECE) {
    held += decoder.decode(xml.subarray(at, at + PIECE), { stream: true })
    let from = 0
    for (;;) {
      const start = held.indexOf(open, from)
      if (start < 0) {
        from = Math.max(from, held.length - open.length)
        break
      }
      const after = held.charCodeAt(start + open.length)
      const tag = held.indexOf('>', start)
      if (tag < 0) {
        from = start
        break
      }
      // «<rowBreaks» is no row.
      if (after !== 62 && after !== 47 && after !== 32 && after !== 10 && after !== 13 && after !== 9) {
        from = start + open.length
        continue
      }
      if (held.charCodeAt(tag - 1) === 47) {
        yield held.slice(start, tag + 1)
        from = tag + 1
        continue
      }
      const end = held.indexOf(close, tag)
      if (end < 0) {
        from = start
        break
      }
      yield held.slice(start, end)
      from = end + close.length
    }
    held = held.slice(from)
    if (held.length > MAX_ELEMENT) throw new ParseError('BROKEN_FILE')
  }
}

const PIECE = 1 << 20
/** Of a row or a string, UTF-16 units: more than Excel lets anyone put there and a person would. */
const MAX_ELEMENT = 32 << 20

function* rowsOf(xml: Buffer, context: Context): Generator<{ row: number; cells: string[] }> {
  let row = 0
  for (const element of elements(xml, 'row')) {
    const head = element.slice(0, element.indexOf('>') + 1)
    row = Number(attribute(head, 'r') ?? row + 1)
    const cells: string[] = []
    let column = -1
    for (const found of element.matchAll(/<c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const head = found[1] ?? ''
      const place = attribute(head, 'r')
      column = place === undefined ? column + 1 : columnOf(place)
      if (found[2] === undefined || column > MAX_COLUMNS) continue
      const value = cellText(head, found[2], context)
      if (value === '') continue
      while (cells.length < column) cells.push('')
      cells[column] = value
    }
    yield { row, cells }
  }
}

function columnOf(place: string): number {
  let column = 0
  for (let i = 0; i < place.length; i++) {
    const c = place.charCodeAt(i) & 0xdf
    if (c < 65 || c > 90) break
    column = column * 26 + c - 64
  }
  return column - 1
}

function cellText(head: string, inner: string, { strings, formats, epoch }: Context): string {
  const type = attribute(head, 't')
  if (type === 'inlineStr') return richText(inner).trim()
  const start = inner.indexOf('<v')
  if (start < 0 || type === 'e') return ''
  const from = inner.indexOf('>', start) + 1
  const raw = inner.slice(from, inner.indexOf('<', from))
  switch (type) {
    case 's':
      return (strings[Number(raw)] ?? '').trim()
    case 'str':
      return text(raw).trim()
    case 'b':
      return raw === '1' || raw === 'true' ? 'true' : 'false'
    case 'd':
      return raw.slice(0, 10)
    default:
      return raw === '' ? '' : numberText(Number(raw), formats[Number(attribute(head, 's') ?? 0)], epoch)
  }
}
