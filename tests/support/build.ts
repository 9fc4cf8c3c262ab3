import { build } from '../../scripts/build.mjs'

/** Before any test: what hosts and browsers are given is built from the sources as they are now. */
export default function buildAll(): void {
  if (!build('renderer') || !build('hosts')) throw new Error('the build failed')
}
