import type { Cell, Column, ListWriter } from './cells.ts'
import type { OutFile } from './out-file.ts'
import { type ZipOptions, ZipWriter } from './zip.ts'

/** Excel's own limits (Microsoft, «Excel specifications and limits»). */
const MAX_ROWS = 1_048_576
const MAX_CELL = 32_767
/** A sheet is ended before its part of the archive needs the fields that some versions of Excel refuse. */
const MAX_SHEET = 3_500_000_000

const STYLES = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Tahoma"/></font><font><b/><sz val="11"/><name val="Tahoma"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`
/** Places in cellXfs above. */
const TEXT = 1
const HEADER = 2
const NUMBER = 3

export interface SheetOptions {
  /** Of the sheets; a second one gets a number. At most 31 characters in all, without []:*?/\ */
  name: string
  rtl: boolean
  zip: Omit<ZipOptions, 'large'>
  /** A test's own limit of rows. */
  maxRows?: number
}

/**
 * A workbook (ECMA-376) of one list, row by row: texts stand in their cells instead of a common table, so nothing grows with the rows. Every
 * text is typed as a text, so nothing in it is ever calculated. What does not fit on a sheet goes on on the next, under the same headers.
 */
export function xlsxWriter(out: OutFile, columns: readonly Column[], options: SheetOptions): ListWriter {
  const zip = new ZipWriter(out, { ...options.zip, large: false })
  const maxRows = options.maxRows ?? MAX_ROWS
  const letters = columns.map((_, i) => letter(i))
  let sheets = 0
  let rows = 0
  let cut = 0

  const put = (cells: readonly Cell[], style: number | null) => {
    rows++
    let line = `<row r="${rows}">`
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]
      if (cell === null || cell === undefined || cell === '') continue
      const at = `${letters[i]}${rows}`
      if (typeof cell === 'number') line += `<c r="${at}" s="${NUMBER}"><v>${cell}</v></c>`
      else {
        const fits = cell.length <= MAX_CELL
        if (!fits) cut++
        line += `<c r="${at}" s="${style ?? TEXT}" t="inlineStr"><is><t xml:space="preserve">${xmlText(fits ? cell : shortened(cell))}</t></is></c>`
      }
    }
    zip.text(`${line}</row>`)
  }
  const begin = () => {
    sheets++
    rows = 0
    zip.begin(`xl/worksheets/sheet${sheets}.xml`)
    const widths = columns.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.width}" customWidth="1"/>`)
    zip.text(
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView ${options.rtl ? 'rightToLeft="1" ' : ''}${sheets === 1 ? 'tabSelected="1" ' : ''}workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`,
    )
    put(
      columns.map((c) => c.header),
      HEADER,
    )
  }
  const end = () => {
    zip.text(`</sheetData><autoFilter ref="A1:${letters.at(-1)}${rows}"/></worksheet>`)
    zip.end()
  }

  begin()
  return {
    get cut() {
      return cut
    },
    row(cells) {
      if (rows >= maxRows || zip.size > MAX_SHEET) {
        end()
        begin()
      }
      put(cells, null)
    },
    finish() {
      end()
      for (const [name, text] of parts(options.name, sheets)) {
        zip.begin(name)
        zip.text(text)
        zip.end()
      }
      zip.finish()
    },
  }
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What a workbook has besides its sheets. */
function parts(name: string, sheets: number): Array<[name: string, text: string]> {
  const numbers = Array.from({ length: sheets }, (_, i) => i + 1)
  const each = (make: (n: number) => string) => numbers.map(make).join('')
  const title = (n: number) => xmlText(n === 1 ? name : `${name} ${n}`)
  return [
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${each((n) => `<sheet name="${title(n)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    ],
    ['xl/styles.xml', STYLES],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`,
    ],
  ]
}

/** 0 is A, 26 is AA. */
function letter(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? letter(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}

/** Not in the middle of a character of two units. */
function shortened(text: string): string {
  const end = text.slice(0, MAX_CELL - 1)
  return `${/[\ud800-\udbff]$/.test(end) ? end.slice(0, -1) : end}…`
}

const SPECIAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold
  /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML; what XML cannot hold as _xHHHH_, as ECMA-376 22.9.2.19 (ST_Xstring) writes it, and what only looks so with its own underscore so. */
export function xmlText(text: string): string {
  return text.replace(SPECIAL, (found) => {
    const named = NAMED[found]
    if (named) return named
    if (found.length > 1) return `_x005F${found}`
    return `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
}
