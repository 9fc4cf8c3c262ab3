import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Parts of electron-builder, reached through it: they are not dependencies of ours.
const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const { load } = createRequire(ofBuilder.resolve('app-builder-lib'))('js-yaml') as { load(text: string): Config }
const { validateConfiguration } = ofBuilder('app-builder-lib/out/util/config/config') as {
  validateConfiguration(
    config: object,
    log: { isEnabled: boolean; add(key: string, value: unknown): void },
  ): Promise<void>
}
type Config = Record<string, unknown> & {
  electronVersion: string
  electronFuses: Record<string, boolean>
  win: Icon
  linux: Icon
  mac: Icon
}
type Icon = { icon: string }

const read = () => load(readFileSync(`${root}electron-builder.yml`, 'utf8'))
const validate = (config: object) => validateConfiguration(config, { isEnabled: false, add() {} })

describe('electron-builder.yml', () => {
  it('passes the schema of the builder itself', async () => {
    await validate(read())
  })

  it('would not pass with a mistake in a name', async () => {
    const config = read()
    await expect(validate({ ...config, electronFuses: { ...config.electronFuses, runAsNod: false } })).rejects.toThrow(
      /electronFuses/,
    )
    await expect(validate({ ...config, nsis: { perMachien: false } })).rejects.toThrow(/perMachien|nsis/)
  })

  it('packs the Electron the lock file names, and icons that are there', () => {
    const config = read()
    const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(config.electronVersion).toBe(devDependencies['electron'])
    for (const system of ['win', 'linux', 'mac'] as const)
      expect(existsSync(`${root}${config[system].icon}`), system).toBe(true)
  })

  it('shuts the doors Electron leaves open', () => {
    const fuses = read().electronFuses
    expect(
      Object.entries(fuses)
        .filter(([, on]) => on)
        .map(([name]) => name)
        .sort(),
    ).toEqual(['enableCookieEncryption', 'enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar'])
    expect(Object.keys(fuses)).toHaveLength(7)
  })
})
