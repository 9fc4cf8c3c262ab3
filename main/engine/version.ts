import { readFileSync } from 'node:fs'

/** Of package.json: two folders up both from here and from the bundles in dist/main. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
