import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../main/cli/run.ts'
import { unzip } from '../support/unzip.ts'

let base = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'daftar-export-cli-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

async function daftar(...args: string[]) {
  let out = ''
  let err = ''
  const code = await runCli([...args, '--data', join(base, 'data'), '--json'], {
    env: { DAFTAR_LANG: 'en' },
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, err, json: JSON.parse(out) as Record<string, unknown> }
}
const at = (name: string) => join(base, name)

describe('export from the command line', () => {
  it('writes what the target is called: a list, a zip or a folder; and imports its own list again', async () => {
    await daftar('add', '--name', 'علی رضایی', '--phone', '09123456789')
    for (const ending of ['csv', 'xlsx', 'vcf']) {
      const path = at(`list.${ending}`)
      expect(await daftar('export', path)).toMatchObject({ code: 0, json: { ok: true, path, rows: 1, files: [path] } })
    }
    expect(readFileSync(at('list.csv'), 'utf8')).toContain('شخص,علی,رضایی,09123456789,مشتری,')
    expect(await daftar('import', at('list.csv'), '--dry-run')).toMatchObject({ json: { ok: true, total: 1 } })
    expect(await daftar('export', at('all.zip'))).toMatchObject({ code: 0, json: { format: 'zip' } })
    const whole = await daftar('export', at('all'))
    expect(whole).toMatchObject({ code: 0, json: { format: 'folder' } })
    expect(readdirSync(at('all')).sort()).toEqual([...unzip(readFileSync(at('all.zip'))).keys()].sort())
    expect(readdirSync(at('data/exports'))).toEqual([])
  })

  it('leaves alone what is there already, unless it is told otherwise', async () => {
    await daftar('add', '--name', 'علی رضایی')
    writeFileSync(at('list.csv'), 'mine')
    mkdirSync(at('full'))
    writeFileSync(at('full/letter.txt'), 'mine')
    for (const [target, code] of [
      ['list.csv', 'exists'],
      ['full', 'notEmpty'],
      ['list.pdf', 'exportEnding'],
      ['nowhere/list.csv', 'folderMissing'],
      ['', 'needsTarget'],
    ] as const) {
      const ended = await daftar('export', ...(target ? [at(target)] : []))
      expect(ended).toMatchObject({ code: 1, json: { ok: false, error: { code } } })
      expect(ended.err.trim().split('\n')).toHaveLength(1)
    }
    expect([readFileSync(at('list.csv'), 'utf8'), readdirSync(at('full'))]).toEqual(['mine', ['letter.txt']])
    expect(await daftar('export', at('list.csv'), '--force')).toMatchObject({ code: 0 })
    expect(readFileSync(at('list.csv'), 'utf8')).toContain('رضایی')
    expect(await daftar('export', at('full'), '--force')).toMatchObject({ code: 0 })
    expect(readdirSync(at('full'))).toContain('README.txt')
    expect(existsSync(at('full/letter.txt'))).toBe(true)
  })

  it('makes no book where there is none', async () => {
    expect(await daftar('export', at('list.csv'))).toMatchObject({
      code: 2,
      json: { error: { code: 'FOLDER_MISSING' } },
    })
    expect(readdirSync(base)).toEqual([])
  })
})
