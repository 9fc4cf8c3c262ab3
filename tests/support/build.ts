import { fileURLToPath } from 'node:url'
import { build } from '../../scripts/build.mjs'

/** Before any test: what hosts and browsers are given is built from the sources as they are now. */
export default function buildAll(): void {
  // Every process that a test starts compiles the same sources.
  process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../../.cache/node', import.meta.url))
  if (!build('renderer') || !build('hosts')) throw new Error('the build failed')
}
