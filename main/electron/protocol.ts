import { protocol } from 'electron'
import { GUARDS, screenFile } from '../web/screen.ts'

export const SCHEME = 'app'
export const ORIGIN = 'app://daftar'

/** Before the app is ready: a scheme with an origin of its own, treated as secure, so that the policy and storage work as on the web. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built screen at app://daftar/. Calls go over a MessagePort, so the page may connect to nothing. */
export function serveScreen(root: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    if (url.host !== 'daftar' || request.method !== 'GET') return new Response(null, { status: 404, headers: GUARDS })
    const file = await screenFile(root, url.pathname, "'none'")
    const body = typeof file.body === 'string' ? file.body : new Uint8Array(file.body)
    return new Response(body, { status: file.status, headers: file.headers })
  })
}
